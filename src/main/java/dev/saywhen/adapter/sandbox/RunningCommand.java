package dev.saywhen.adapter.sandbox;

import java.util.List;

/** A command that was started. All methods are for any thread. */
public interface RunningCommand {
    /** The process, as the host counts, with which all others of the command die. */
    long pid();

    /** Waits for the end: by itself, by a limit, by {@link #kill} or by the lease. */
    CommandResult await() throws InterruptedException;

    /**
     * Kills every process of the command and looks whether any is left, for 2 s at most. Idempotent: whoever comes later, or
     * at the same time, gets the report of the first; after the command's own end it reports nothing killed.
     */
    KillReport kill();

    /** Those of its processes that are alive now, as "comm, pid N". */
    List<String> alive();
}
