package dev.saywhen.flow;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Does what can wait, in its order, once a burst is over: a STOP behind it is read first, and whoever reads has the machine
 * for himself meanwhile. After a moment it is done all the same, so that a flood keeps nothing waiting.
 *
 * <p>What waits is bounded by number and by bytes, because a platform's events may be as long as a megabyte. At the bound
 * nothing is dropped: whoever reads asks {@link #hasRoom} first and, where there is none, takes the event in himself before
 * he reads the next one. He reads more slowly by that, and what he has not read waits at the platform, by the connection's
 * own back-pressure. A STOP is heard when it is read, and waits for nothing but what was read before it.
 */
public final class Unhurried implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(50);
    private static final int ROOM = 20_000;
    private static final long ROOM_IN_BYTES = 32L << 20;

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private volatile long newest; // when the newest came, by System.nanoTime; written by whoever adds
    private volatile boolean idle; // written by the thread: whether it has to be woken
    private volatile boolean ending; // set once

    private record Waiting(int bytes, Runnable work) {}

    /** @param broken told of what something threw; what comes next is done all the same */
    public Unhurried(String threadName, Consumer<Throwable> broken) {
        this.broken = broken;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name(threadName)
                .priority(Thread.MIN_PRIORITY)
                .start(this::work);
    }

    /** Whether something of that length may be left to wait; where not, whoever brings it takes it in himself. */
    public boolean hasRoom(int more) {
        return size.get() < ROOM && bytes.get() + more <= ROOM_IN_BYTES;
    }

    /**
     * Returns at once.
     *
     * @param held about how many bytes are kept for it meanwhile
     */
    public void later(int held, Runnable work) {
        newest = System.nanoTime();
        size.incrementAndGet();
        bytes.addAndGet(held);
        waiting.add(new Waiting(held, work));
        if (idle) { // to wake it costs more than all else here, and in a burst it is awake
            LockSupport.unpark(thread);
        }
    }

    /** The same for what follows on something that was taken in, of which next to nothing is kept. */
    public void later(Runnable work) {
        later(0, work);
    }

    private void work() {
        while (!ending) {
            awaitWork();
            awaitQuiet();
            for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
                try {
                    next.work().run();
                } catch (RuntimeException | Error failure) { // the thread is the only one
                    broken.accept(failure);
                }
                size.decrementAndGet();
                bytes.addAndGet(-next.bytes());
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
