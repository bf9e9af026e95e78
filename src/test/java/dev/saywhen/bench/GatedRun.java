package dev.saywhen.bench;

import dev.saywhen.boot.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A description on its way through the built service, as a person would take it there: by words in the local chat. */
final class GatedRun {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private GatedRun() {}

    /** What came of it: a clone of the branch, or why there is none. */
    sealed interface Outcome {
        record Completed(Path checkout) implements Outcome {}

        record Ceased(String why) implements Outcome {}
    }

    /**
     * Asks, answers, says yes and waits for the end; for a second request the first one's branch is merged, as a person would.
     *
     * @param folder where the service's home and the clone go
     */
    static Outcome of(BlueprintsBenchmark.Description description, Path folder) throws Exception {
        Path home = folder.resolve("home");
        String branch = "";
        try (ServiceProcess service = started(home)) {
            for (List<String> request : description.requests()) {
                if (!branch.isEmpty()) {
                    git(home, "--git-dir=" + origin(home), "update-ref", "refs/heads/main", branch);
                }
                String thread = asked(service, request);
                if (!service.awaitRest(thread, LONGEST).equals("awaiting-authorization")) {
                    return new Outcome.Ceased(service.texts(thread).getLast());
                }
                service.post(thread, "proceed");
                if (!service.awaitRest(thread, LONGEST).equals("completed")) {
                    return new Outcome.Ceased(service.texts(thread).getLast());
                }
                branch = service.branch(thread);
            }
            Path clone = folder.resolve("clone");
            git(home, "clone", "--quiet", "--branch", branch, origin(home).toString(), clone.toString());
            return new Outcome.Completed(clone);
        }
    }

    /** What is answered to something that is no wish for a service; empty if it was not refused. */
    static Optional<String> refusal(String nonsense, Path folder) throws Exception {
        try (ServiceProcess service = started(folder.resolve("home"))) {
            String thread = service.post(null, "@saywhen demo: " + nonsense);
            return service.awaitRest(thread, LONGEST).equals("failed")
                    ? Optional.of(service.texts(thread).getLast())
                    : Optional.empty();
        }
    }

    private static String asked(ServiceProcess service, List<String> request) {
        String thread = service.post(null, "@saywhen demo: " + request.getFirst());
        for (String answer : request.subList(1, request.size())) {
            if (service.awaitRest(thread, LONGEST).equals("asking")) {
                service.post(thread, answer);
            }
        }
        return thread;
    }

    private static Path origin(Path home) {
        return home.resolve("repositories").resolve("origin").resolve("demo.git");
    }

    private static ServiceProcess started(Path home) throws IOException {
        if (!Files.exists(APPLICATION)) {
            throw new IllegalStateException(
                    "There is no " + APPLICATION + ": build it first, by ./saywhen or ./mvnw package");
        }
        return ServiceProcess.startAsUsersDo(home, APPLICATION, List.of());
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ends with " + exit);
        }
    }
}
