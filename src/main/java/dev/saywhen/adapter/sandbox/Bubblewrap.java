package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Isolation by bubblewrap, root or not: namespaces of every sort, a root built from {@link SandboxRoot}, no capabilities, no
 * further user namespaces, {@link SystemCallFilter}. Wants bubblewrap 0.8.
 */
public final class Bubblewrap implements Isolation {
    static final List<String> PROGRAMS = List.of("bwrap");

    private static final List<String> NAMESPACES = List.of(
            "--unshare-all",
            "--unshare-user",
            "--disable-userns",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--uid",
            "1000",
            "--gid",
            "1000",
            "--hostname",
            "sandbox",
            "--info-fd",
            "4");

    private final Toolchain tools;
    private final SandboxFolder folder;
    private final Supervisor supervisor;

    /**
     * @param folder for a few files of our own; it belongs to one service
     */
    public Bubblewrap(Toolchain tools, Path folder, Lease lease) throws IOException {
        this.tools = tools;
        this.folder = new SandboxFolder(folder);
        this.supervisor = new Supervisor(lease);
    }

    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public RunningCommand start(SandboxCommand command) throws IOException {
        return supervisor.start(command, launcher(command), "", NamespaceTree::new);
    }

    private List<String> launcher(SandboxCommand command) throws IOException {
        SandboxRoot root = SandboxRoot.of(tools, folder, command);
        List<String> argv = new ArrayList<>();
        argv.add("bwrap");
        argv.addAll(NAMESPACES);
        if (command.sharesNetwork()) {
            argv.add("--share-net");
        }
        root.mounts().stream().flatMap(Bubblewrap::options).forEach(argv::add);
        root.environment().forEach((name, value) -> argv.addAll(List.of("--setenv", name, value)));
        argv.addAll(List.of("--chdir", SandboxRoot.WORK));
        folder.systemCallFilter().ifPresent(filter -> argv.addAll(List.of("--seccomp", "5")));
        argv.add("--");
        argv.addAll(ProcessLimit.on(command.argv()));
        return folder.withFilter(argv);
    }

    private static Stream<String> options(SandboxRoot.Mount mount) {
        return switch (mount) {
            case SandboxRoot.Mount.ReadOnly(Path source, String target) ->
                Stream.of("--ro-bind", source.toString(), target);
            case SandboxRoot.Mount.Writable(Path source, String target) ->
                Stream.of("--bind", source.toString(), target);
            case SandboxRoot.Mount.Scratch(String target, long bytes) ->
                Stream.of("--size", Long.toString(bytes), "--tmpfs", target);
            case SandboxRoot.Mount.Link(String to, String target) -> Stream.of("--symlink", to, target);
            case SandboxRoot.Mount.Processes(String target) -> Stream.of("--proc", target);
            case SandboxRoot.Mount.Devices(String target) -> Stream.of("--dev", target);
            case SandboxRoot.Mount.Sealed(String target) -> Stream.of("--remount-ro", target);
        };
    }
}
