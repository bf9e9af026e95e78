package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that misbehave, and a repository that vanishes: a clear answer, a held run, and nothing left running. */
final class BadBuildIT {
    private static final long OUTPUT_LIMIT = 50L << 20;

    @TempDir
    private Path folder;

    @Test
    void a_build_that_never_ends_is_ended_at_its_limit() throws Exception {
        Path endless = ScriptedMaven.of(folder.resolve("maven"), "sleep 100000\n");
        try (ServiceProcess service = start(endless, "saywhen.command.time-limit=1s")) {
            String thread = service.planned();
            service.post(thread, "proceed");

            assertTrue(
                    held(service, thread).contains("1 s"),
                    () -> service.texts(thread).toString());
        }
    }

    @Test
    void a_build_that_prints_two_gigabytes_is_ended_at_its_limit() throws Exception {
        Path loud = ScriptedMaven.of(folder.resolve("maven"), "yes 'a line of output' | head -c 2147483648\n");
        try (ServiceProcess service = start(loud)) {
            String thread = service.planned();
            service.post(thread, "proceed");

            assertTrue(
                    held(service, thread).contains("output"),
                    () -> service.texts(thread).toString());
            try (Stream<Path> kept = Files.walk(folder.resolve("home/output"))) {
                long bytes =
                        kept.mapToLong(path -> path.toFile().length()).max().orElseThrow();
                assertTrue(bytes <= OUTPUT_LIMIT + 8192, () -> bytes + " bytes were kept");
            }
        }
    }

    @Test
    void a_repository_that_vanishes_before_the_yes_or_in_a_step_is_told_and_comes_back() throws Exception {
        Path slow = ScriptedMaven.of(folder.resolve("maven"), """
                [ -e pom.xml ] || { echo "there is no POM in this directory"; exit 1; }
                until [ -e go-on ]; do sleep 0.01; done
                """);
        Path repository = folder.resolve("home/repositories/origin/demo.git");
        Path aside = folder.resolve("aside.git");
        try (ServiceProcess service = start(slow)) {
            String thread = service.planned();
            Files.move(repository, aside);
            service.post(thread, "proceed");
            service.awaitText(
                    thread,
                    text -> text.equals("I could not look at the repository, so that yes does not count yet."
                            + " Say it again when it can be read."));
            assertEquals(
                    "awaiting-authorization",
                    service.run(thread).orElseThrow().get("state").asText());

            Files.move(aside, repository);
            service.post(thread, "proceed");
            service.awaitCommand();
            Path tree = service.awaitFile("go-on's folder", "pom.xml").getParent();
            Files.move(repository, aside);
            Files.writeString(tree.resolve("go-on"), "");

            assertTrue(
                    held(service, thread).contains("is not there"),
                    () -> service.texts(thread).toString());
            Files.move(aside, repository);
            service.post(thread, "resume");
            service.awaitState(thread, "awaiting-authorization");
        }
    }

    private ServiceProcess start(Path maven, String... settings) throws Exception {
        return ServiceProcess.start(folder.resolve("home"), maven, settings);
    }

    private static String held(ServiceProcess service, String thread) {
        service.awaitState(thread, "held");
        String text = service.awaitText(thread, said -> said.startsWith("Held in "));
        ServiceProcess.until(
                "the end of its processes",
                () -> service.processesBesideTheDatabase().isEmpty() ? Optional.of(true) : Optional.empty(),
                () -> service.processesBesideTheDatabase().toString());
        assertEquals(List.of(), service.processesBesideTheDatabase());
        return text;
    }
}
