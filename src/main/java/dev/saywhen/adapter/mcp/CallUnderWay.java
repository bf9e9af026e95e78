package dev.saywhen.adapter.mcp;

import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CutOff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A call while the thread that made it waits. A STOP or the clock interrupts that thread, and never what it does
 * afterwards; what was told to change something and did not answer has an outcome that nobody here knows.
 */
final class CallUnderWay implements CutOff {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("server time-outs").factory());

    private final ToolScope tool;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean isOver; // guarded by this
    private volatile boolean isCut;
    private volatile boolean isLate;
    private volatile boolean isSent;
    private volatile boolean isAnswered;

    CallUnderWay(ToolScope tool) {
        this.tool = tool;
    }

    /** Does it, once, on the thread that made this. */
    <T> T within(Duration most, Supplier<T> work) {
        var alarm = CLOCK.schedule(this::late, most.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            alarm.cancel(false);
            over();
        }
    }

    /** The server may do it from now on. */
    void sent() {
        isSent = true;
    }

    /** The server has said what came of it. */
    void answered() {
        isAnswered = true;
    }

    /** The server has certainly not done it, though it was sent. */
    void untaken() {
        isSent = false;
    }

    ToolScope tool() {
        return tool;
    }

    /** Whether the server may have done it, or has. */
    boolean isTaken() {
        return isSent;
    }

    boolean wasCut() {
        return isCut;
    }

    boolean wasLate() {
        return isLate;
    }

    /** Whether it may have changed something without anybody here knowing. */
    boolean isUnknown() {
        return isSent && !isAnswered && !tool.onlyReads();
    }

    @Override
    public Report cut() {
        synchronized (this) {
            if (!isOver) {
                isCut = true;
                thread.interrupt();
            }
        }
        boolean isOver = thread == Thread.currentThread() || CutOff.isOver(over, PATIENCE);
        List<String> survivors = isOver ? List.of() : List.of("a call of " + tool.name());
        return new Report(0, survivors);
    }

    private synchronized void late() {
        if (!isOver) {
            isLate = true;
            thread.interrupt();
        }
    }

    private synchronized void over() {
        isOver = true;
        Thread.interrupted(); // one that came late was meant for this
        over.countDown();
    }
}
