package dev.saywhen.adapter.sandbox;

import java.util.List;

/**
 * What a kill did.
 *
 * @param killed the processes of the command that were alive just before, the sandbox's own first process not counted
 * @param survivors those that could still be seen 2 s after, as "comm, pid N"
 */
public record KillReport(int killed, List<String> survivors) {
    public KillReport {
        survivors = List.copyOf(survivors);
    }
}
