package dev.saywhen.plan;

import java.util.List;

/**
 * A command that a plan may run: its exact argument list, the program first.
 *
 * @param sharesNetwork whether it may use the host's network; every other command has none
 */
public record CommandScope(List<String> arguments, boolean sharesNetwork) {
    public CommandScope {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty() || arguments.getFirst().isBlank()) {
            throw new IllegalArgumentException("a command has at least a program");
        }
    }

    /** A command without network. */
    public static CommandScope offline(String... arguments) {
        return new CommandScope(List.of(arguments), false);
    }

    /** The arguments as a person would type them; one that holds white space, quotes or control characters is quoted. */
    public static String typed(List<String> arguments) {
        return String.join(" ", arguments.stream().map(CommandScope::quoted).toList());
    }

    @Override
    public String toString() {
        return typed(arguments) + (sharesNetwork ? "   (uses the network)" : "");
    }

    static String quoted(String argument) {
        if (argument.matches("[A-Za-z0-9_@%+=:,./*!#-]+")) {
            return argument;
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
