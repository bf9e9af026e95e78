package dev.saywhen.flow;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.PassingInbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The core and a platform's adapter over real sockets while many runs act, to measure how soon a STOP is heard among much
 * talk.
 */
public abstract class StopsUnderLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WiredCore core;
    private final Timed inbox;
    private final Deque<String> acting = new ArrayDeque<>();

    protected StopsUnderLoad(WiredCore core) {
        this.core = core;
        this.inbox = new Timed(core.inbox);
    }

    /** Where what arrives has to come in. */
    protected final Inbox inbox() {
        return inbox;
    }

    /** Makes a plan and says yes to it; its thread. */
    protected abstract String authorized();

    /** Hands so many ordinary events to the network, in as few writes as can be. */
    protected abstract void burst(int events);

    /** The platform's way of a STOP. */
    protected abstract StopWarmUp.Way warmUp(Inbox inbox);

    /** Makes a STOP in a thread ready; what hands it to the network. */
    protected abstract Runnable stop(String thread);

    /** @param runs each has a command under way until it is stopped */
    protected final void begin(int runs) {
        core.effects.commandsLast();
        core.effects.whenCutOff(inbox::cutOff);
        core.looksNoMore();
        new StopWarmUp(core.inbox.forWarmUp(), List.of(this::warmUp), broken -> {
                    throw broken;
                })
                .run(); // as the service does, for one platform
        for (int i = 0; i < runs; i++) {
            beginOne();
        }
    }

    private void beginOne() {
        String thread = authorized();
        core.awaitState(thread, "acting EXECUTE");
        acting.add(thread);
    }

    /**
     * Sends so many ordinary events at once, and right behind them a STOP in the thread of one of the runs; then another
     * run takes its place.
     *
     * @return how long it took from when the STOP was handed to the network until what its run does was being ended, by then
     *     its permit was dead
     */
    public final Duration stopBehind(int events) throws InterruptedException {
        String thread = acting.remove();
        Runnable stop = stop(thread);
        int before = inbox.talk.get();
        burst(events);
        CountDownLatch cut = inbox.next();
        long begun = System.nanoTime();
        stop.run();
        if (!cut.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("a STOP ended nothing");
        }
        Duration took = Duration.ofNanos(inbox.cutAt - begun);
        core.awaitState(thread, "held EXECUTE");
        core.await("the end of the burst", () -> inbox.talk.get() >= before + events);
        beginOne();
        return took;
    }

    @Override
    public abstract void close() throws IOException;

    /** Notes when a STOP ended something, and counts the talk. */
    private static final class Timed extends PassingInbox {
        private final AtomicInteger talk = new AtomicInteger(); // what was looked at that concerns nobody
        private volatile CountDownLatch awaited = new CountDownLatch(0); // replaced before each STOP
        private volatile long cutAt; // read behind the latch

        Timed(Inbox inbox) {
            super(inbox);
        }

        CountDownLatch next() {
            CountDownLatch latch = new CountDownLatch(1);
            awaited = latch;
            return latch;
        }

        /** Called by what ends a run's command. */
        void cutOff() {
            cutAt = System.nanoTime();
            awaited.countDown();
        }

        @Override
        public boolean passes(InboundEvent event) {
            boolean passes = super.passes(event);
            if (passes) {
                talk.incrementAndGet();
            }
            return passes;
        }
    }
}
