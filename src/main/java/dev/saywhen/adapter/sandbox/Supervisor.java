package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Starts commands under a supervisor: a small process of the command's own, outside the service, that is the parent of the
 * sandbox and ends it when the lease is not renewed.
 *
 * <p>That the parent is a process with a single thread also removes a trap: a sandbox told to die with its parent dies, as
 * the kernel sees it, with the thread that started it, which in a service may be a short one.
 */
final class Supervisor {
    private static final String SCRIPT = SandboxFolder.script("supervise.sh");

    /** Where launchers find their programs, whatever PATH the service was started with. */
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

    private final Lease lease;

    Supervisor(Lease lease) {
        this.lease = lease;
    }

    /**
     * @param launcher what puts the command into its sandbox and says "{PID}" on descriptor 4
     * @param mark what the processes carry in their environment where no namespace holds them; else empty
     * @param tree how the processes are killed, from the process that was announced; it is gone where the
     *     command was quick
     */
    RunningCommand start(
            SandboxCommand command,
            List<String> launcher,
            String mark,
            Function<Optional<ProcessHandle>, ProcessTree> tree)
            throws IOException {
        List<String> argv = new ArrayList<>();
        // In a session of its own: a Ctrl-C is for the service, which decides what becomes of its commands.
        argv.addAll(List.of("setsid", "bash", "-c", SCRIPT, "saywhen-command", limit(), mark));
        argv.addAll(launcher);
        ProcessBuilder builder = new ProcessBuilder(argv).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        OutputStream output = Files.newOutputStream(command.outputFile()); // without it nothing is begun
        SupervisedCommand running = new SupervisedCommand(started(builder, output), output, command, lease, tree);
        running.awaitStart();
        return running;
    }

    private static Process started(ProcessBuilder builder, OutputStream output) throws IOException {
        try {
            return builder.start();
        } catch (IOException broken) {
            output.close();
            throw broken;
        }
    }

    static Optional<String> firstMissing(List<String> programs) {
        return Stream.concat(Stream.of("setsid", "bash", "nice", "sh", "env"), programs.stream())
                .filter(program ->
                        Stream.of(PATH.split(":")).noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .findFirst();
    }

    private String limit() {
        return "%d.%03d"
                .formatted(
                        lease.hearingLimit().toSeconds(), lease.hearingLimit().toMillisPart());
    }
}
