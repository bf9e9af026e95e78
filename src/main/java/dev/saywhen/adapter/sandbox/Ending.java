package dev.saywhen.adapter.sandbox;

/** How a command came to its end. */
public enum Ending {
    /** By itself; the exit code is its own. */
    EXITED,
    /** Killed at its time limit. */
    TIMED_OUT,
    /** Killed because it wrote more than is kept. */
    OUTPUT_LIMIT,
    /** Killed because what it wrote could not be kept: what left no record has not been seen. */
    OUTPUT_LOST,
    /** Killed by {@link RunningCommand#kill}. */
    KILLED,
    /** Killed by its supervisor, which did not hear the service, or because the supervisor was not heard. */
    LEASE_LOST
}
