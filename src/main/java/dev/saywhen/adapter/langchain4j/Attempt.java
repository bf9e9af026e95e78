package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Something that the thread which made it waits for. A STOP or the clock interrupts it, and never what it does afterwards. */
final class Attempt implements CutOff {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("model time-outs").factory());

    private final String what;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean done; // guarded by this
    private volatile boolean cut;
    private volatile boolean late;
    private boolean begun; // by the thread that made it alone

    /** @param what it is, for the receipt of a STOP that could not end it */
    Attempt(String what) {
        this.what = what;
    }

    /** Does it, once, unless there was a STOP; throws {@link ThoughtCut} then. */
    <T> T within(StopSwitch stops, StopSwitch.Epoch began, Duration most, Supplier<T> work) {
        try (var _ = stops.onPull(began, this)) {
            return within(most, () -> {
                if (!stops.isLive(began)) {
                    throw new ThoughtCut();
                }
                begun = true;
                return work.get();
            });
        }
    }

    /** Does it, once, by the clock alone. */
    <T> T within(Duration most, Supplier<T> work) {
        var alarm = CLOCK.schedule(this::late, most.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            alarm.cancel(false);
            done();
        }
    }

    /** Whether it was begun at all, by a STOP or not. */
    boolean wasBegun() {
        return begun;
    }

    boolean wasCut() {
        return cut;
    }

    boolean wasLate() {
        return late;
    }

    @Override
    public Report cut() {
        synchronized (this) {
            if (!done) {
                cut = true;
                thread.interrupt();
            }
        }
        try {
            return thread == Thread.currentThread() || over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    ? Report.NOTHING
                    : new Report(0, List.of(what));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Report(0, List.of(what));
        }
    }

    private synchronized void late() {
        if (!done) {
            late = true;
            thread.interrupt();
        }
    }

    private synchronized void done() {
        done = true;
        Thread.interrupted(); // one that came late was meant for this
        over.countDown();
    }
}
