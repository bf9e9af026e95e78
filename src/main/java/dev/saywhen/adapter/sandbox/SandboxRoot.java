package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The file system that a command sees, in the order in which it is built. What is not here does not exist inside.
 *
 * <p>The folders of the system are those that hold programs. Of {@code /etc} only what programs cannot do without: keys
 * under {@code /etc/ssl/private} or passwords in Maven's global settings would be readable inside when the service is root.
 */
final class SandboxRoot {
    static final String WORK = "/work";

    private static final String HOME = "/home/saywhen";
    private static final String REPOSITORY = HOME + "/.m2/repository";
    private static final String CACHE = HOME + "/.cache";
    private static final long MEBIBYTE = 1L << 20;

    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> SETTINGS = List.of(
            "/etc/alternatives",
            "/etc/ca-certificates",
            "/etc/fonts",
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/localtime",
            "/etc/mime.types",
            "/etc/pki/ca-trust",
            "/etc/pki/java",
            "/etc/pki/tls/certs",
            "/etc/protocols",
            "/etc/services",
            "/etc/ssl/certs",
            "/etc/ssl/openssl.cnf",
            "/etc/timezone");

    /**
     * A command of a root service owns, as far as the kernel sees, what root owns: it could write the kernel's settings, and
     * with {@code core_pattern} among them run a program outside.
     */
    private static final List<String> KERNEL_SETTINGS = List.of("/proc/sys", "/proc/bus", "/proc/fs", "/proc/irq");

    private static final List<String> KERNEL_SECRETS = List.of(
            "/proc/kallsyms",
            "/proc/kcore",
            "/proc/key-users",
            "/proc/keys",
            "/proc/kmsg",
            "/proc/kpagecgroup",
            "/proc/kpagecount",
            "/proc/kpageflags",
            "/proc/mtrr",
            "/proc/pagetypeinfo",
            "/proc/sched_debug",
            "/proc/slabinfo",
            "/proc/sysrq-trigger",
            "/proc/timer_list",
            "/proc/vmallocinfo");

    /** One thing in the root. Paths inside are texts, paths of the host are paths. */
    sealed interface Mount {
        record ReadOnly(Path source, String target) implements Mount {}

        record Writable(Path source, String target) implements Mount {}

        /** A file system in memory, empty, gone with the command. */
        record Scratch(String target, long bytes) implements Mount {}

        record Link(String to, String target) implements Mount {}

        /** The processes of the sandbox, as {@code /proc}. */
        record Processes(String target) implements Mount {}

        record Devices(String target) implements Mount {}

        /** From here on nobody can write there; what is mounted below stays as it is. */
        record Sealed(String target) implements Mount {}
    }

    private final List<Mount> mounts = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * @throws IOException if something of the host's that belongs there is missing or cannot be read
     */
    static SandboxRoot of(Toolchain tools, SandboxFolder folder, SandboxCommand command) throws IOException {
        try {
            return new SandboxRoot(tools, folder, command);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
    }

    private SandboxRoot(Toolchain tools, SandboxFolder folder, SandboxCommand command) {
        system();
        settings(folder, command.sharesNetwork());
        mounts.add(new Mount.Scratch("/tmp", 4096 * MEBIBYTE));
        mounts.add(new Mount.Scratch("/var/tmp", 64 * MEBIBYTE));
        mounts.add(new Mount.Scratch("/run", 64 * MEBIBYTE));
        mounts.add(new Mount.Scratch(HOME, 1024 * MEBIBYTE));
        tools(tools, folder.settings(command.sharesNetwork()));
        environment.putAll(LanguageSettings.of(CACHE, command.sharesNetwork()));
        kernel();
        mounts.add(new Mount.Writable(real(command.workTree()), WORK));
        if (command.cache() != null) {
            cache(command.cache(), command);
        }
        mounts.add(new Mount.Sealed("/"));
        environment.putAll(command.environment());
    }

    List<Mount> mounts() {
        return List.copyOf(mounts);
    }

    /** The whole environment of the command. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    private void system() {
        SYSTEM.forEach(name -> {
            Path path = Path.of(name);
            if (Files.isSymbolicLink(path)) {
                mounts.add(new Mount.Link(linkTarget(path), name));
            } else if (Files.isDirectory(path)) {
                mounts.add(new Mount.ReadOnly(path, name));
            }
        });
    }

    private void settings(SandboxFolder folder, boolean sharesNetwork) {
        for (String name : List.of("passwd", "group", "hosts", "nsswitch.conf")) {
            mounts.add(new Mount.ReadOnly(folder.etc(name), "/etc/" + name));
        }
        SETTINGS.forEach(this::readOnlyWhereItExists);
        if (sharesNetwork) {
            readOnlyWhereItExists("/etc/resolv.conf");
        }
        settingsOfInstalledJdks();
    }

    /** Debian keeps the configuration of a JDK under /etc, with links to it in the JDK. */
    private void settingsOfInstalledJdks() {
        try (Stream<Path> entries = Files.list(Path.of("/etc"))) {
            entries.map(Path::toString)
                    .filter(name -> name.startsWith("/etc/java"))
                    .sorted()
                    .forEach(this::readOnlyWhereItExists);
        } catch (IOException e) {
            throw new UncheckedIOException("Looking for the settings of JDKs under /etc", e);
        }
    }

    private void tools(Toolchain tools, Path mavenSettings) {
        String java = tool(tools.javaHome(), "/opt/java");
        String maven = tool(tools.mavenHome(), "/opt/maven");
        Path conf = real(tools.mavenHome().resolve("conf"));
        boolean confIsApart = !conf.startsWith(real(tools.mavenHome()));
        if (confIsApart) {
            mounts.add(new Mount.ReadOnly(conf, conf.toString()));
        }
        if (Files.exists(conf.resolve("settings.xml"))) {
            mounts.add(new Mount.ReadOnly(mavenSettings, (confIsApart ? conf : maven + "/conf") + "/settings.xml"));
        }
        mounts.add(new Mount.ReadOnly(mavenSettings, HOME + "/.m2/settings.xml"));
        mounts.add(new Mount.ReadOnly(real(tools.mavenRepository()), REPOSITORY));
        environment.put("PATH", java + "/bin:" + maven + "/bin" + languages(tools) + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("JAVA_HOME", java);
        environment.put("HOME", HOME);
        environment.put("USER", "saywhen");
        environment.put("LANG", "C.UTF-8");
        environment.put("MAVEN_OPTS", "-Duser.home=" + HOME);
    }

    /**
     * Each where it is on the host: a Python looks for its library, and scripts for their Python, where they were installed.
     *
     * @return what they add to the search path
     */
    private String languages(Toolchain tools) {
        StringBuilder path = new StringBuilder();
        for (Path language : tools.languages()) {
            Path home = real(language);
            if (!home.startsWith("/usr")) {
                mounts.add(new Mount.ReadOnly(home, home.toString()));
            }
            path.append(':').append(home).append("/bin");
        }
        return path.toString();
    }

    /** What was fetched for Maven comes before, never into, the repository that all runs read. */
    private void cache(RunCache cache, SandboxCommand command) {
        mounts.add(new Mount.Writable(real(cache.tools()), CACHE));
        try {
            cache.modulesFor(command.workTree())
                    .ifPresent(modules -> mounts.add(new Mount.Writable(real(modules), WORK + "/node_modules")));
        } catch (IOException e) {
            throw new UncheckedIOException("Looking for node_modules in " + command.workTree(), e);
        }
        if (command.sharesNetwork() || cache.holdsMavenRepository()) {
            environment.merge(
                    "MAVEN_OPTS",
                    "-Dmaven.repo.local=" + CACHE + "/m2 -Dmaven.repo.local.tail=" + REPOSITORY,
                    (before, more) -> before + " " + more);
        }
    }

    /** A tool of the system stays where it is: its links are relative to that. */
    private String tool(Path home, String elsewhere) {
        Path real = real(home);
        if (real.startsWith("/usr")) {
            return real.toString();
        }
        mounts.add(new Mount.ReadOnly(real, elsewhere));
        return elsewhere;
    }

    private void kernel() {
        mounts.add(new Mount.Processes("/proc"));
        KERNEL_SETTINGS.forEach(this::readOnlyWhereItExists);
        KERNEL_SECRETS.stream()
                .filter(name -> Files.exists(Path.of(name)))
                .forEach(name -> mounts.add(new Mount.ReadOnly(Path.of("/dev/null"), name)));
        mounts.add(new Mount.Devices("/dev"));
        mounts.add(new Mount.Scratch("/dev/shm", 1024 * MEBIBYTE));
        mounts.add(new Mount.Sealed("/dev"));
    }

    private void readOnlyWhereItExists(String name) {
        Path path = Path.of(name);
        if (Files.exists(path)) {
            mounts.add(new Mount.ReadOnly(real(path), name));
        }
    }

    private static String linkTarget(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading where " + link + " points to", e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Looking for " + path + ", which a command needs inside its sandbox", e);
        }
    }
}
