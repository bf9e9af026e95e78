package dev.saywhen.tool;

import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.safety.CommandResult;

/** How the end of a command is told to a model. */
final class Running {
    private Running() {}

    /** Throws if the command was cut off: what it left behind says nothing, and nobody wants the next one. */
    static String ended(CommandResult result) {
        double seconds = result.took().toMillis() / 1_000.0;
        return switch (result.ending()) {
            case EXITED -> "Exit %d after %.1f s.".formatted(result.exitCode(), seconds);
            case TIMED_OUT -> "Ended after %.1f s, its time limit.".formatted(seconds);
            case TOO_MUCH_OUTPUT -> "Ended after %.1f s: it printed more than a command may.".formatted(seconds);
            case KILLED, LEASE_LOST -> throw new EffectBroke("a command was cut off");
        };
    }
}
