package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.boot.postgres.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service, killed and frozen in the middle of its work. */
final class KilledServiceIT {
    @TempDir
    private Path folder;

    private Path home;
    private Path maven;

    @BeforeEach
    void laid_out() {
        home = folder.resolve("home");
        maven = ScriptedMaven.working(folder.resolve("maven"));
    }

    @AfterEach
    void ended() throws Exception {
        ServiceProcess.end(home);
    }

    @Test
    void killed_in_a_step_the_run_is_held_says_so_and_an_authorization_brings_it_home() throws Exception {
        String thread;
        long command;
        List<String> before;
        long database;
        try (ServiceProcess service = ServiceProcess.start(home, maven)) {
            thread = service.planned();
            assertNothingMovesBeforeTheYes(service, thread);
            service.post(thread, "proceed");
            service.awaitRun(
                    thread, "a first commit", run -> !run.get("commits").isEmpty());
            command = service.awaitCommand();
            before = service.texts(thread);
            database = postmaster();
            service.kill();

            assertTrue(ProcessHandle.of(database).isPresent(), "the database outlives a killed service");
            awaitGone(command);
            try (ServiceProcess again = ServiceProcess.start(home, maven)) {
                assertTrue(ProcessHandle.of(database).isEmpty(), "never two servers on one folder");
                JsonNode run = again.awaitState(thread, "held");
                again.awaitText(
                        thread,
                        text -> text.startsWith("Held in EXECUTE: the service ended while it worked")
                                && text.contains("\nNothing of this run goes on by itself."));
                assertEquals(before, again.texts(thread).subList(0, before.size()), "no message is lost");
                assertNothingMoves(again, thread);
                assertEquals(run.get("commits"), again.run(thread).orElseThrow().get("commits"));

                again.post(thread, "proceed");
                again.awaitText(thread, text -> text.equals("Nothing waits for a yes here now."));
                again.post(thread, "resume");
                again.awaitState(thread, "awaiting-authorization");
                again.post(thread, "proceed");
                again.awaitState(thread, "completed");
                assertEquals(
                        0,
                        ServiceProcess.ended(home, maven, List.of("verify-audit"))
                                .exitCode());
            }
        }
    }

    @Test
    void with_the_service_frozen_no_process_of_a_run_outlives_the_hearing_limit() throws Exception {
        Path slow = ScriptedMaven.of(
                folder.resolve("slow"), "(setsid bash -c 'while :; do sleep 0.01; done' &)\nsleep 600\n");
        try (ServiceProcess service = ServiceProcess.start(home, slow, "saywhen.hearing.limit=1s")) {
            String thread = service.planned();
            service.post(thread, "proceed");
            long command = service.awaitCommand();

            service.freeze();

            awaitGone(command);
            service.thaw();
            service.awaitText(thread, text -> text.startsWith("I was frozen while a command ran, so it was ended."));
            service.post(thread, "stop");
            service.awaitState(thread, "held");
            awaitNoProcess(service);
        }
    }

    /** After a stop git keeps the unfinished work, for at most 10 s. */
    private static void awaitNoProcess(ServiceProcess service) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> left = service.processesBesideTheDatabase();
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
            left = service.processesBesideTheDatabase();
        }
        assertEquals(List.of(), left);
    }

    @Test
    void killed_while_it_made_its_schema_it_starts_again() throws Exception {
        ServiceProcess.start(home, maven).kill();
        try (Connection connection =
                        EmbeddedServer.running(home, "saywhen").orElseThrow().login();
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'who was killed'");
        }

        ServiceProcess.start(home, maven).kill();
    }

    private void assertNothingMovesBeforeTheYes(ServiceProcess service, String thread) throws Exception {
        for (String talk : List.of("looks good to me", "yes?", "LGTM", "👍", "> yes", "Okay, wait, don't run that.")) {
            service.post(thread, talk);
        }
        assertNothingMoves(service, thread);
        assertEquals(
                "awaiting-authorization",
                service.run(thread).orElseThrow().get("state").asText());
    }

    /** Watches for a second: no file changes but those of database, logs and witness, and no process runs but the database's. */
    private void assertNothingMoves(ServiceProcess service, String thread) throws IOException {
        service.get("/api/local/messages?thread=" + thread);
        Map<String, String> files = files();
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            assertEquals(List.of(), service.processesBesideTheDatabase());
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(files, files());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new Traces(home).files();
        assertFalse(files.isEmpty());
        return files;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void awaitGone(long pid) {
        long begun = System.nanoTime();
        ServiceProcess.until(
                "the end of the command",
                () -> ProcessHandle.of(pid).isEmpty() ? Optional.of(true) : Optional.empty(),
                () -> "pid " + pid);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, () -> "dead only after " + took);
    }
}
