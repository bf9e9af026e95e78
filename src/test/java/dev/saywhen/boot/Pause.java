package dev.saywhen.boot;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Between two looks: the longer something takes, the longer, since looking takes processors from what is waited for. */
public final class Pause {
    private static final Duration LONGEST = Duration.ofMillis(250);
    private static final int LATER_BY = 20; // what came is seen late by this part of the time that it took

    private final long begun = System.nanoTime();
    private final Duration shortest;

    public Pause(Duration shortest) {
        this.shortest = shortest;
    }

    public void make() {
        long fitting = (System.nanoTime() - begun) / LATER_BY;
        LockSupport.parkNanos(Math.clamp(fitting, shortest.toNanos(), LONGEST.toNanos()));
    }
}
