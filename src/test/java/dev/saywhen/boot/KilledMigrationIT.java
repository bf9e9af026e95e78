package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
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

/** The built service, killed in the middle of a change of a database. */
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

        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
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
