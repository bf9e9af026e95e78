package dev.saywhen.flow;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Says stop some thousand times at a start, where nothing hangs on it. A JVM compiles what has run often, and whole once it has
 * run very often: without this the first STOP takes many times as long as a late one, and the first behind each collection of
 * garbage, which looks at every piece of compiled code anew, several times as long.
 */
public final class StopWarmUp implements Runnable {
    private static final int TIMES = 20_000; // HotSpot compiles for good after 15,000

    private final List<Way> ways;

    /** A way by which a STOP comes in. */
    @FunctionalInterface
    public interface Way {
        /** Says stop by it, in a message of that number. */
        void stop(int number);
    }

    /** @param inbox hears, and nothing hangs on it: {@link StopFirstInbox#forWarmUp} */
    public StopWarmUp(Inbox inbox, List<Function<Inbox, Way>> ways) {
        this.ways = ways.stream().map(way -> way.apply(inbox)).toList();
    }

    @Override
    public void run() {
        IntStream.range(0, TIMES).forEach(number -> ways.forEach(way -> way.stop(number)));
    }
}
