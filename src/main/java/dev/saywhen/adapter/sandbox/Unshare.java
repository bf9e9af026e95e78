package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Isolation by util-linux alone, for machines without bubblewrap: the same root, namespaces and filter, built by
 * {@code enter.sh} as the first process of the sandbox.
 *
 * <p>The namespaces alone would not do: without a root of its own a command reaches every socket file of the host, and a
 * database through one of them. The command runs in a second user namespace, so that it has no right over the first one's
 * mounts; the filter is loaded by perl, which every Debian has.
 */
public final class Unshare implements Isolation {
    static final List<String> PROGRAMS =
            List.of("unshare", "mount", "umount", "pivot_root", "setpriv", "mkdir", "ln", "rmdir", "perl");

    private static final String ENTER = SandboxFolder.script("enter.sh");
    private static final String LOAD_FILTER = SandboxFolder.script("filter.pl");

    /** The first process takes note of every orphan's end, and with its own, which is the command's, all others die. */
    private static final String FIRST = "\"$@\" & exec 5<&-; wait $!";

    private static final List<String> NAMESPACES = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--ipc",
            "--uts",
            "--cgroup");

    private final Toolchain tools;
    private final SandboxFolder folder;
    private final Supervisor supervisor;

    /**
     * @param folder for a few files of our own; it belongs to one service
     */
    public Unshare(Toolchain tools, Path folder, Lease lease) throws IOException {
        this.tools = tools;
        this.folder = new SandboxFolder(folder);
        this.supervisor = new Supervisor(lease);
    }

    @Override
    public String name() {
        return "unshare";
    }

    @Override
    public RunningCommand start(SandboxCommand command) throws IOException {
        return supervisor.start(command, launcher(command), "", NamespaceTree::new);
    }

    private List<String> launcher(SandboxCommand command) throws IOException {
        SandboxRoot root = SandboxRoot.of(tools, folder, command);
        List<String> argv = new ArrayList<>(NAMESPACES);
        if (!command.sharesNetwork()) {
            argv.add("--net");
        }
        argv.addAll(List.of("--", "bash", "-c", ENTER, "enter", folder.root().toString()));
        root.mounts().stream().flatMap(Unshare::kindSourceTarget).forEach(argv::add);
        argv.add("--");
        argv.addAll(List.of("env", "-i", "bash", "-c", FIRST, "sandbox"));
        argv.addAll(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"));
        argv.addAll(List.of("setsid", "setpriv", "--no-new-privs", "--"));
        folder.filterPrctl().ifPresent(prctl -> argv.addAll(List.of("perl", "-e", LOAD_FILTER, prctl)));
        argv.addAll(List.of("/usr/bin/env", "-i"));
        root.environment().forEach((name, value) -> argv.add(name + "=" + value));
        argv.addAll(ProcessLimit.on(command.argv()));
        return folder.withFilter(argv);
    }

    private static Stream<String> kindSourceTarget(SandboxRoot.Mount mount) {
        return switch (mount) {
            case SandboxRoot.Mount.ReadOnly(Path source, String target) -> Stream.of("read", source.toString(), target);
            case SandboxRoot.Mount.Writable(Path source, String target) ->
                Stream.of("write", source.toString(), target);
            case SandboxRoot.Mount.Scratch(String target, long bytes) ->
                Stream.of("scratch", Long.toString(bytes), target);
            case SandboxRoot.Mount.Link(String to, String target) -> Stream.of("link", to, target);
            case SandboxRoot.Mount.Processes(String target) -> Stream.of("processes", "", target);
            case SandboxRoot.Mount.Devices(String target) -> Stream.of("devices", "", target);
            case SandboxRoot.Mount.Sealed(String target) -> Stream.of("seal", "", target);
        };
    }
}
