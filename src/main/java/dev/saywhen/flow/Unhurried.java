package dev.saywhen.flow;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Does what can wait, in its order, once a burst is over: a STOP behind it is read first, and whoever reads has the machine
 * for himself meanwhile. After a moment it is done all the same, so that a flood keeps nothing waiting.
 */
public final class Unhurried implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(50);
    private static final int ROOM = 20_000;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private volatile long newest; // when the newest came, by System.nanoTime; written by whoever adds
    private volatile boolean idle; // written by the thread: whether it has to be woken
    private volatile boolean ending; // set once

    /** @param broken told of what something threw; what comes next is done all the same */
    public Unhurried(String threadName, Consumer<Throwable> broken) {
        this.broken = broken;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name(threadName)
                .priority(Thread.MIN_PRIORITY)
                .start(this::work);
    }

    /** Whether more may be left to wait; where not, whoever brings it has to be slower. */
    public boolean hasRoom() {
        return size.get() < ROOM;
    }

    /** Returns at once. */
    public void later(Runnable work) {
        newest = System.nanoTime();
        size.incrementAndGet();
        waiting.add(work);
        if (idle) { // to wake it costs more than all else here, and in a burst it is awake
            LockSupport.unpark(thread);
        }
    }

    private void work() {
        while (!ending) {
            awaitWork();
            awaitQuiet();
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                size.decrementAndGet();
                try {
                    next.run();
                } catch (RuntimeException | Error failure) { // the thread is the only one
                    broken.accept(failure);
                }
            }
        }
    }

    private void awaitWork() {
        idle = true;
        while (waiting.isEmpty() && !ending) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void awaitQuiet() {
        long latest = System.nanoTime() + LONGEST.toNanos();
        for (long now = System.nanoTime(); now < latest && now - newest < QUIET.toNanos(); now = System.nanoTime()) {
            LockSupport.parkNanos(this, QUIET.toNanos());
        }
    }

    /** Ends it; what still waits may not be done. */
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
    }
}
