package dev.saywhen.adapter.slack;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Does what can wait, in its order, once a burst is over: a STOP behind it is read first, and the sockets have the machine
 * for themselves meanwhile. Slack waits for an acknowledgement for three seconds; what is never done here comes again.
 */
final class Unhurried implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Unhurried.class);
    private static final Duration QUIET = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(50);
    private static final int ROOM = 20_000;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Thread thread;
    private volatile long newest; // when the newest came, by System.nanoTime; written by whoever adds
    private volatile boolean ending; // set once, by whoever ends the service

    Unhurried() {
        this.thread = Thread.ofPlatform().daemon().name("slack-unhurried").start(this::work);
    }

    /** Whether more may be left to wait; where not, the network has to be read slower. */
    boolean hasRoom() {
        return size.get() < ROOM;
    }

    /** Returns at once. */
    void later(Runnable work) {
        newest = System.nanoTime();
        size.incrementAndGet();
        waiting.add(work);
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
                size.decrementAndGet();
                try {
                    next.run();
                } catch (RuntimeException | Error broken) { // the thread is the only one
                    LOG.errorf(broken, "Slack: an event could not be taken in; it is not acknowledged and comes again");
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
