package dev.saywhen.adapter.slack;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Acknowledges what concerns nobody here, when a burst of it is over: a STOP behind it is read first, and the sockets have
 * the machine for themselves meanwhile. Slack waits for three seconds.
 */
final class Acknowledgements implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Acknowledgements.class);
    private static final Duration QUIET = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(50);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile long newest; // when the newest came, by System.nanoTime; written by whoever adds
    private volatile boolean ending; // set once, by whoever ends the service

    Acknowledgements() {
        this.thread =
                Thread.ofPlatform().daemon().name("slack-acknowledgements").start(this::work);
    }

    /** Returns at once. */
    void later(Runnable acknowledgement) {
        newest = System.nanoTime();
        waiting.add(acknowledgement);
        LockSupport.unpark(thread);
    }

    private void work() {
        while (!ending) {
            if (waiting.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            awaitQuiet();
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                try {
                    next.run();
                } catch (RuntimeException gone) {
                    LOG.debugf("Slack: an event was not acknowledged and will come again (%s)", gone);
                }
            }
        }
    }

    private void awaitQuiet() {
        long latest = System.nanoTime() + LONGEST.toNanos();
        for (long now = System.nanoTime(); now < latest && now - newest < QUIET.toNanos(); now = System.nanoTime()) {
            LockSupport.parkNanos(this, QUIET.toNanos());
        }
    }

    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
    }
}
