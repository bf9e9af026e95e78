package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What commands live on: a heartbeat that the service sends to the supervisor of each. With the service frozen or gone the
 * beats cease, and the supervisor ends the command after the hearing limit.
 *
 * <p>One permanent thread renews all leases. Nothing it does can block: a beat is written only while the supervisor answers
 * the earlier ones, so that its pipe is never full.
 */
public final class Lease implements AutoCloseable {
    private static final Duration SLOWEST_BEAT = Duration.ofSeconds(3);
    private static final int BEATS_PER_LIMIT = 5;
    private static final int UNHEARD = 2 * BEATS_PER_LIMIT;

    private final Duration hearingLimit;
    private final Duration interval;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final Thread heart;
    private volatile boolean closed;

    /**
     * @param hearingLimit how long a command outlives the last beat
     */
    public Lease(Duration hearingLimit) {
        if (!hearingLimit.isPositive()) {
            throw new IllegalArgumentException("The hearing limit is more than nothing, not " + hearingLimit + ".");
        }
        this.hearingLimit = hearingLimit;
        Duration share = hearingLimit.dividedBy(BEATS_PER_LIMIT);
        this.interval = share.compareTo(SLOWEST_BEAT) < 0 ? share : SLOWEST_BEAT;
        this.heart = Thread.ofPlatform().daemon().name("command-lease").start(this::beat);
    }

    Duration hearingLimit() {
        return hearingLimit;
    }

    /** Ends the heartbeat; every command that still lives dies within the hearing limit. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(heart);
    }

    /**
     * @param supervisor where a beat is one empty line
     * @param unheard called once, on a thread of its own, when the supervisor has stopped answering
     */
    Held hold(OutputStream supervisor, Runnable unheard) {
        Held one = new Held(supervisor, unheard);
        held.add(one);
        return one;
    }

    private void beat() {
        while (!closed) {
            held.forEach(Held::beat);
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    /** The lease of one command. */
    final class Held {
        private final OutputStream supervisor;
        private final Runnable deaf;
        private final AtomicInteger unanswered = new AtomicInteger();

        private Held(OutputStream supervisor, Runnable deaf) {
            this.supervisor = supervisor;
            this.deaf = deaf;
        }

        /** The supervisor answered: whatever was sent before has been heard. */
        void heard() {
            unanswered.set(0);
        }

        void release() {
            held.remove(this);
        }

        private void beat() {
            if (unanswered.incrementAndGet() > UNHEARD) {
                release();
                Thread.ofVirtual().name("command-unheard").start(deaf);
                return;
            }
            try {
                supervisor.write('\n');
                supervisor.flush();
            } catch (IOException gone) {
                // The supervisor has ended, and says so, or its end is seen, where it is listened to.
                release();
            }
        }
    }
}
