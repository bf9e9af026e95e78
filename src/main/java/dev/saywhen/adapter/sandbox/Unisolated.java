package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No isolation: the command reaches whatever the service's user reaches. Its processes are told by a mark in their
 * environment, on Linux; one that leaves its parents and drops the mark stays alive after a kill. A STOP here can never be
 * confirmed.
 */
public final class Unisolated implements Isolation {
    private static final String ANNOUNCE = "echo \"{$$}\" >&4; exec 4>&-; cd -- \"$1\" || exit 126; shift; exec \"$@\"";

    private final Toolchain tools;
    private final Supervisor supervisor;

    public Unisolated(Toolchain tools, Lease lease) {
        this.tools = tools;
        this.supervisor = new Supervisor(lease);
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public RunningCommand start(SandboxCommand command) throws IOException {
        String mark = "SAYWHEN_COMMAND=" + UUID.randomUUID();
        List<String> launcher = new ArrayList<>(List.of("env", "-i", mark));
        environment(command).forEach((name, value) -> launcher.add(name + "=" + value));
        launcher.addAll(
                List.of("bash", "-c", ANNOUNCE, "command", command.workTree().toString()));
        launcher.addAll(command.argv());
        return supervisor.start(command, launcher, mark, first -> new MarkedTree(first, mark));
    }

    private Map<String, String> environment(SandboxCommand command) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", searchPath());
        environment.put("JAVA_HOME", tools.javaHome().toString());
        environment.put("HOME", command.workTree().toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + tools.mavenRepository());
        if (command.cache() != null) {
            environment.putAll(LanguageSettings.of(command.cache().tools().toString(), command.sharesNetwork()));
        }
        environment.putAll(command.environment());
        return environment;
    }

    private String searchPath() {
        Stream<Path> homes = Stream.concat(Stream.of(tools.javaHome(), tools.mavenHome()), tools.languages().stream());
        return homes.map(home -> home + "/bin:").collect(Collectors.joining()) + "/usr/local/bin:/usr/bin:/bin";
    }
}
