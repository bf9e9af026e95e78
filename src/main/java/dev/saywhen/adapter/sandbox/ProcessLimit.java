package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many processes and threads a command may have: a fork bomb ends at the limit instead of at the machine's.
 *
 * <p>The kernel does not hold root's processes to it, in no namespace: there the time limit and STOP end the bomb.
 */
final class ProcessLimit {
    private static final long PROCESSES = 4096;
    private static final Path PROGRAM = Path.of("/usr/bin/prlimit");

    private ProcessLimit() {}

    /** A command that sets the limit inside the sandbox, where its own processes alone are counted, and becomes the other. */
    static List<String> on(List<String> argv) {
        if (!Files.isExecutable(PROGRAM)) {
            return argv;
        }
        String limit = "--nproc=" + Math.min(PROCESSES, hardLimitOfThisProcess());
        return Stream.concat(Stream.of(PROGRAM.toString(), limit, "--"), argv.stream())
                .toList();
    }

    private static long hardLimitOfThisProcess() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max processes"))
                    .map(line -> line.split("\\s+", 5)[3])
                    .filter(hard -> !hard.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(PROCESSES);
        } catch (IOException unreadable) {
            return PROCESSES;
        }
    }
}
