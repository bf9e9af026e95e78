package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A work tree and what commands in it need, all in one temporary folder. */
public final class Workshop implements AutoCloseable {
    static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    public final Path folder;
    public final Path workTree;
    public final Path output;
    public final Lease lease;

    public Workshop(Path folder, Duration hearingLimit) throws IOException {
        this.folder = folder;
        this.workTree = Files.createDirectories(folder.resolve("tree"));
        this.output = folder.resolve("output");
        this.lease = new Lease(hearingLimit);
    }

    /** The JDK and the Maven that run this test. */
    public static Toolchain tools() {
        Path home = Path.of(System.getProperty("user.home"));
        return new Toolchain(
                Path.of(System.getProperty("java.home")),
                Path.of(System.getProperty("maven.home", "/usr/share/maven")),
                Path.of(System.getProperty(
                        "maven.repo.local", home.resolve(".m2/repository").toString())));
    }

    public Isolation bubblewrap() throws IOException {
        return new Bubblewrap(tools(), folder.resolve("bubblewrap"), lease);
    }

    public Isolation unshare() throws IOException {
        return new Unshare(tools(), folder.resolve("unshare"), lease);
    }

    public Isolation unisolated() {
        return new Unisolated(tools(), lease);
    }

    public SandboxCommand command(List<String> argv) {
        return command(argv, LONG_ENOUGH);
    }

    public SandboxCommand command(List<String> argv, Path workTree) {
        return new SandboxCommand(argv, workTree, Map.of(), LONG_ENOUGH, 50L << 20, output, false);
    }

    SandboxCommand command(List<String> argv, Duration timeLimit) {
        return new SandboxCommand(argv, workTree, Map.of(), timeLimit, 50L << 20, output, false);
    }

    SandboxCommand bash(String script, Object... arguments) {
        List<String> argv = new ArrayList<>(List.of("bash", "-c", script, "test"));
        List.of(arguments).forEach(argument -> argv.add(argument.toString()));
        return command(argv);
    }

    @Override
    public void close() {
        lease.close();
    }
}
