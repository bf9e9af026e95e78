package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.local.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run leaves below the service's home: files, leases of commands that run, commits in the project's repository. */
public final class Traces {
    private final Path home;

    public Traces(Path home) {
        this.home = home;
    }

    /** Every file by its path, but what is written beside a run: database, logs, marks of the trails. */
    public Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(path).toString();
                if (Stream.of("postgres/", "logs/", "audit/").noneMatch(name::startsWith)) {
                    files.put(name, Files.size(path) + " " + Files.getLastModifiedTime(path));
                }
            }
        }
        return files;
    }

    public boolean isCommandRunning() throws IOException {
        Path leases = home.resolve("leases");
        if (!Files.isDirectory(leases)) {
            return false;
        }
        try (Stream<Path> files = Files.list(leases)) {
            return files.findAny().isPresent();
        }
    }

    /** Every commit of the run says who allowed it, where, and which record of the trail tells of it. */
    public void assertCommitsAreSigned(String run) throws Exception {
        String log = git("log", "--format=%s%n%(trailers)%x00", "main..saywhen/run-" + run);
        List<String> commits = Stream.of(log.split("\0"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        assertEquals(Talk.run(run).getList("commits").size(), commits.size());
        for (String commit : commits) {
            for (String trailer : List.of(
                    "Saywhen-Run: " + run,
                    "Saywhen-Plan: r",
                    "Authorized-By: local:local:ana",
                    "Saywhen-Audit: ",
                    "Saywhen-Thread: local:local:general:")) {
                assertTrue(commit.contains(trailer), () -> trailer + " is missing in\n" + commit);
            }
        }
    }

    public void assertNothingDiffersFromMain(String run) throws Exception {
        assertEquals("", git("diff", "--name-only", "main", "saywhen/run-" + run));
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        Path origin = home.resolve("repositories/origin/demo.git");
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", origin.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), output);
        return output;
    }
}
