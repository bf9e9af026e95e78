package dev.saywhen.engineer;

import dev.saywhen.safety.CommandResult;

/** All that commands printed (port). */
@FunctionalInterface
public interface CommandOutputs {
    /**
     * What a command printed, from beginning to end; of more than 10 MB the first and the last 5. Where it is no longer kept,
     * what the result itself shows of it.
     */
    String whole(CommandResult result);
}
