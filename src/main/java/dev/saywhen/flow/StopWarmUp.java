package dev.saywhen.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Says stop some thousand times at a start, where nothing hangs on it. A JVM compiles what has run often: without this most of
 * the way of the first STOP is interpreted, and each STOP behind a collection of garbage, which looks at every piece of compiled
 * code anew, finds many small ones.
 */
public final class StopWarmUp implements Runnable {
    private static final int TIMES = 20_000; // by then all of it that HotSpot compiles is

    private final List<Way> ways;
    private final Consumer<RuntimeException> broken;

    /** A way by which a STOP comes in. */
    @FunctionalInterface
    public interface Way {
        /** Says stop by it, in a message of that number. */
        void stop(int number);
    }

    /**
     * @param inbox hears, and nothing hangs on it: {@link StopFirstInbox#forWarmUp}
     * @param broken told of a way that cannot be gone; the others are
     */
    public StopWarmUp(Inbox inbox, List<Function<Inbox, Way>> ways, Consumer<RuntimeException> broken) {
        this.ways = ways.stream().map(way -> way.apply(inbox)).toList();
        this.broken = broken;
    }

    @Override
    public void run() {
        List<Way> open = new ArrayList<>(ways);
        for (int i = 0; i < TIMES; i++) {
            int number = i;
            open.removeIf(way -> !isGone(way, number));
        }
    }

    private boolean isGone(Way way, int number) {
        try {
            way.stop(number);
            return true;
        } catch (RuntimeException failure) {
            broken.accept(failure);
            return false;
        }
    }
}
