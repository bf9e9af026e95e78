package dev.saywhen.safety;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param exitCode meaningless unless {@code ending} is EXITED
 * @param excerpt the head and the tail of its output, for showing
 * @param output a name for the file that holds all of it
 */
public record CommandResult(Ending ending, int exitCode, Duration took, String excerpt, String output) {
    /** Why the command is over. */
    public enum Ending {
        EXITED,
        TIMED_OUT,
        TOO_MUCH_OUTPUT,
        KILLED,
        LEASE_LOST
    }

    public boolean succeeded() {
        return ending == Ending.EXITED && exitCode == 0;
    }
}
