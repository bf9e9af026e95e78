package dev.saywhen.adapter.sandbox;

import dev.saywhen.adapter.sandbox.SelfTest.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@code self-test.sh} inside, beside a file, a folder, a socket and a port outside that it is told of, and looks at
 * both sides what became of it.
 */
final class Probe {
    private static final String ESCAPE = SandboxFolder.script("self-test.sh");
    private static final String BEAT = SandboxFolder.script("self-test-beat.sh");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final Duration FIRST_BEATS = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMillis(60);
    private static final long OUTPUT_LIMIT = 100_000;

    /** What a shell or we ourselves set inside; the service's own are not told by these names. */
    private static final Set<String> OURS = Stream.concat(
                    Stream.of("PATH", "JAVA_HOME", "HOME", "USER", "LANG", "MAVEN_OPTS", "PWD", "OLDPWD", "SHLVL", "_"),
                    LanguageSettings.of("", false).keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Isolation isolation;
    private final Path folder;
    private final Path workTree;
    private final Path output;
    private final List<Finding> findings = new ArrayList<>();

    private Probe(Isolation isolation, Path folder) throws IOException {
        this.isolation = isolation;
        this.folder = folder;
        this.workTree = Files.createDirectory(folder.resolve("work"));
        this.output = folder.resolve("output");
    }

    static List<Finding> of(Isolation isolation, Path parent) {
        try {
            Files.createDirectories(parent);
            Path folder = Files.createTempDirectory(parent, "self-test");
            try {
                Probe probe = new Probe(isolation, folder);
                probe.escape();
                probe.kill();
                return probe.findings;
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            return List.of(new Finding(false, "The self-test could not be run: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new Finding(false, "The self-test was interrupted."));
        }
    }

    private void escape() throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
        Files.createSymbolicLink(workTree.resolve("way-out"), file);
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel port = ServerSocketChannel.open();
                ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            local.bind(UnixDomainSocketAddress.of(socket));
            int number = port.socket().getLocalPort();
            Set<String> said = run(ESCAPE, file, folder, socket, number);
            find(said.contains("done"), "Commands run.", "A command does not run to its end: " + said + ".");
            find(
                    said.contains("work written") && Files.exists(workTree.resolve("inside")),
                    "A command can write in its work tree.",
                    "A command cannot write in its work tree.");
            find(
                    said.stream().noneMatch(line -> line.contains(secret)),
                    "A file outside the work tree cannot be read.",
                    "A file outside the work tree can be read.");
            find(
                    Files.notExists(folder.resolve("written")),
                    "Nothing outside the work tree can be written.",
                    "A folder outside the work tree can be written.");
            find(
                    !said.contains("kernel written"),
                    "The kernel's settings cannot be written.",
                    "The kernel's settings can be written.");
            find(
                    said.stream().noneMatch(line -> line.startsWith("socket ")),
                    "A socket file of the host cannot be reached.",
                    "A socket file of the host can be reached.");
            find(
                    !said.contains("port " + number) && port.accept() == null,
                    "A port of the host's loopback cannot be reached.",
                    "A port of the host's loopback can be reached.");
            processes(said);
            rights(said);
            environment(said);
        }
    }

    private Set<String> run(String script, Object... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("bash", "-c", script, "self-test"));
        Stream.of(arguments).map(Object::toString).forEach(argv::add);
        CommandResult result = isolation.start(command(argv)).await();
        return new HashSet<>(result.head().lines().toList());
    }

    private void processes(Set<String> said) throws IOException {
        String host = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        find(
                said.stream().anyMatch(line -> seesItselfAlone(line, host)),
                "No process of the host can be seen.",
                "Processes of the host can be seen.");
    }

    /** The process knows itself by the number that its /proc has for it, and that is not the host's namespace. */
    private static boolean seesItselfAlone(String line, String host) {
        String[] words = line.split(" ", 5);
        return words.length == 4 && words[0].equals("process") && words[1].equals(words[2]) && !words[3].equals(host);
    }

    private void rights(Set<String> said) {
        find(
                said.contains("CapEff: 0000000000000000") && said.contains("NoNewPrivs: 1"),
                "A command has no capabilities and can gain none.",
                "A command has capabilities, or can gain some.");
        find(
                said.contains("Seccomp: 2"),
                "System calls are filtered.",
                "System calls are not filtered: virtual sockets and key rings of the host can be reached.");
    }

    private void environment(Set<String> said) {
        find(
                System.getenv().keySet().stream()
                        .filter(name -> !OURS.contains(name))
                        .noneMatch(name -> said.contains("variable " + name)),
                "The environment of the service cannot be seen.",
                "The environment of the service can be seen.");
    }

    private void kill() throws IOException, InterruptedException {
        Path beats = workTree.resolve("beats");
        RunningCommand beating = isolation.start(command(List.of("bash", "-c", BEAT)));
        boolean bothBeat = awaitBeats(beats, "session", "orphan");
        KillReport report = beating.kill();
        beating.await();
        long then = size(beats);
        LockSupport.parkNanos(SILENCE.toNanos());
        find(
                bothBeat && report.survivors().isEmpty() && size(beats) == then,
                "A kill takes every process, also one that left its session or its parents.",
                "A kill does not take every process: "
                        + (bothBeat ? "left are " + report.survivors() : "the test's own did not start")
                        + ".");
    }

    private static boolean awaitBeats(Path beats, String... names) throws IOException {
        long deadline = System.nanoTime() + FIRST_BEATS.toNanos();
        while (System.nanoTime() < deadline) {
            if (Files.exists(beats) && Files.readAllLines(beats).containsAll(List.of(names))) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private SandboxCommand command(List<String> argv) {
        return new SandboxCommand(argv, workTree, Map.of(), TIME_LIMIT, OUTPUT_LIMIT, output, false);
    }

    private void find(boolean holds, String good, String bad) {
        findings.add(new Finding(holds, holds ? good : bad));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Probe::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Removing what the self-test made", e);
        }
    }
}
