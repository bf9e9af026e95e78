package dev.saywhen.boot.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the programs of the server as its user, in a clean environment, with all they say in one log. */
final class ServerPrograms {
    private static final long LOG_LIMIT = 5_000_000;

    private final ServerBinaries binaries;
    private final ServerUser user;
    private final Path log;

    ServerPrograms(ServerBinaries binaries, ServerUser user, Path log) throws IOException {
        this.binaries = binaries;
        this.user = user;
        this.log = log;
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Path log() {
        return log;
    }

    ServerUser user() {
        return user;
    }

    boolean canRun() {
        return run("postgres", List.of("--version"));
    }

    /** Code point order everywhere: with the host's locale, indexes would break when its library changes. */
    boolean initialise(Path data, Path password) {
        return run(
                "initdb",
                List.of(
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--data-checksums",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
    }

    /**
     * Starts the server in a session of its own, so that a Ctrl-C in the terminal reaches the service only and not the
     * database under it, and returns when it takes logins. It goes behind the service, which listens for a stop, and before
     * the work of runs, where processors are short.
     */
    boolean start(Path data) {
        return run(
                List.of("nice", "-n", "5"),
                "pg_ctl",
                List.of("start", "--wait", "--timeout=120", "--silent", "--pgdata=" + data));
    }

    boolean stop(Path data, String mode, int seconds) {
        return run(
                "pg_ctl",
                List.of("stop", "--wait", "--timeout=" + seconds, "--silent", "--mode=" + mode, "--pgdata=" + data));
    }

    long logSize() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    String loggedSince(long position) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(position, channel.size() - 20_000));
            ByteBuffer text = ByteBuffer.allocate((int) (channel.size() - channel.position()));
            while (text.hasRemaining() && channel.read(text) >= 0) {
                // read on
            }
            return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        }
    }

    private boolean run(String program, List<String> arguments) {
        return run(List.of(), program, arguments);
    }

    private boolean run(List<String> launcher, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(user.command(command))
                .directory(binaries.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        environment.put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
