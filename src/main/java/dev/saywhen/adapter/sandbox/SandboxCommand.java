package dev.saywhen.adapter.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One command to be run in isolation.
 *
 * @param argv the program, found on the sandbox's own PATH, and its arguments; no shell reads them
 * @param workTree the only folder the command can write outside its own memory; inside it is {@code /work}, and the
 *     command starts there
 * @param environment added to, and winning over, the few variables that {@link Toolchain} gives; nothing else is there
 * @param timeLimit after it the command is killed
 * @param outputLimit how many bytes of output are kept; the command that writes more is killed
 * @param outputFile where standard output and error go, merged in the order of writing; overwritten
 * @param cache what the run keeps from command to command; without it what tools fetch is gone with the command
 * @param sharesNetwork whether it has the network of the host, loopback and abstract sockets included, instead of none
 */
public record SandboxCommand(
        List<String> argv,
        Path workTree,
        Map<String, String> environment,
        Duration timeLimit,
        long outputLimit,
        Path outputFile,
        @Nullable RunCache cache,
        boolean sharesNetwork) {

    public SandboxCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new IllegalArgumentException("A command needs a program to run.");
        }
        if (!timeLimit.isPositive() || outputLimit <= 0) {
            throw new IllegalArgumentException("The limits of a command are more than nothing: " + argv);
        }
        argv.forEach(SandboxCommand::withoutNul);
        environment.forEach((name, value) -> {
            withoutNul(name);
            withoutNul(value);
            if (name.isEmpty() || name.contains("=")) {
                throw new IllegalArgumentException("No name of an environment variable: \"" + name + "\"");
            }
        });
    }

    /** A command that keeps nothing. */
    public SandboxCommand(
            List<String> argv,
            Path workTree,
            Map<String, String> environment,
            Duration timeLimit,
            long outputLimit,
            Path outputFile,
            boolean sharesNetwork) {
        this(argv, workTree, environment, timeLimit, outputLimit, outputFile, null, sharesNetwork);
    }

    private static void withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A command holds a NUL character: " + text.replace('\0', '?'));
        }
    }
}
