package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service, killed in the middle of a change of a database, and stopped in the middle of trying one. */
final class KilledMigrationIT {
    /** On the copy it is quick. */
    private static final String SLOW = """
            @saywhen
            ```sql
            --liquibase formatted sql
            --changeset ana:shelf
            CREATE TABLE shelf (id int PRIMARY KEY);
            --rollback DROP TABLE shelf;
            --changeset ana:slow
            SELECT pg_sleep(CASE current_database() WHEN 'demo' THEN 60 ELSE 0 END);
            --rollback SELECT 1;
            ```
            """;

    private static final String OTHERS =
            " FROM pg_stat_activity WHERE usename = current_user AND application_name = 'saywhen'";

    @TempDir
    private Path folder;

    @AfterEach
    void ended() throws Exception {
        ServiceProcess.end(folder.resolve("home"));
    }

    @Test
    void killed_in_a_change_the_database_is_as_before_within_two_seconds_and_the_run_is_held() throws Exception {
        Path home = folder.resolve("home");
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        String thread;
        String before;
        try (ServiceProcess service = ServiceProcess.startBesideItsDatabase(home, maven)) {
            thread = service.post(null, SLOW);
            service.awaitState(thread, "awaiting-authorization");
            before = tables(home);
            service.post(thread, "proceed");
            ServiceProcess.until(
                    "the change under way",
                    () -> one(home, "SELECT count(*)" + OTHERS + " AND query LIKE 'SELECT pg_sleep%'")
                                    .equals("1")
                            ? Optional.of(true)
                            : Optional.empty(),
                    () -> String.valueOf(service.texts(thread)));
            service.kill();
        }

        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!one(home, "SELECT count(*)" + OTHERS).equals("0") && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertEquals("0", one(home, "SELECT count(*)" + OTHERS));
        assertEquals(
                "0",
                one(
                        home,
                        "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())"));
        assertEquals(before, tables(home));

        try (ServiceProcess again = ServiceProcess.start(home, maven)) {
            JsonNode run = again.awaitState(thread, "held");
            assertTrue(run.get("commits").isEmpty());
            again.awaitText(thread, text -> text.startsWith("Held in EXECUTE: the service ended while it worked"));
            assertEquals(before, tables(home));
        }
    }

    @Test
    void a_stop_in_a_rehearsal_is_confirmed_when_its_server_is_gone() throws Exception {
        Path home = folder.resolve("home");
        try (ServiceProcess service = ServiceProcess.start(home, ScriptedMaven.working(folder.resolve("maven")))) {
            String thread = service.post(null, SLOW.replace("THEN 60 ELSE 0", "THEN 0 ELSE 60"));
            ServiceProcess.until(
                    "the rehearsal under way",
                    () -> rehearsing(service) ? Optional.of(true) : Optional.empty(),
                    () -> String.valueOf(service.texts(thread)));

            service.post(thread, "stop");

            String receipt = service.awaitText(thread, text -> text.contains("CONFIRMED"));
            assertTrue(receipt.startsWith("STOPPED, CONFIRMED."), receipt);
            assertTrue(receipt.contains("Of a rehearsal ") && receipt.contains(" killed, 0 left."), receipt);
            assertFalse(rehearsing(service));
            assertEquals("0", one(home, "SELECT count(*)" + OTHERS));
            service.awaitState(thread, "held");
        }
    }

    /** Whether the process of a statement on a copy is there, as it calls itself. */
    private static boolean rehearsing(ServiceProcess service) {
        return service.descendants().anyMatch(process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                        .startsWith("postgres: demo copy_1 [local] SELECT");
            } catch (IOException ended) {
                return false;
            }
        });
    }

    private static String tables(Path home) {
        return one(
                home,
                "SELECT coalesce(string_agg(relname, ',' ORDER BY relname), 'none') FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace");
    }

    private static String one(Path home, String query) {
        DatabaseAccess access = EmbeddedServer.running(home, "demo").orElseThrow();
        try (Connection connection = access.login();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
