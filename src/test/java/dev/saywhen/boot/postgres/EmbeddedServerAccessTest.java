package dev.saywhen.boot.postgres;

import static dev.saywhen.boot.postgres.Sql.execute;
import static dev.saywhen.boot.postgres.Sql.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.boot.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in and what they may do, on one server for all tests. */
final class EmbeddedServerAccessTest {
    @TempDir
    private static Path home;

    private static Home claimed;
    private static EmbeddedServer server;

    @BeforeAll
    static void started() {
        claimed = Home.claim(home);
        server = EmbeddedServer.start(claimed);
    }

    @AfterAll
    static void closed() {
        server.close();
        claimed.close();
    }

    @Test
    void every_setting_that_keeps_records_is_on_and_nobody_can_turn_it_off() throws SQLException {
        DatabaseAccess access = server.database("saywhen");

        assertEquals("on", value(access, "SHOW fsync"));
        assertEquals("on", value(access, "SHOW synchronous_commit"));
        assertEquals("on", value(access, "SHOW full_page_writes"));
        assertEquals("on", value(access, "SHOW data_checksums"));
        assertEquals("scram-sha-256", value(access, "SHOW password_encryption"));
        assertEquals("127.0.0.1", value(access, "SHOW listen_addresses"));
        assertEquals("", value(superuser(), "SHOW unix_socket_directories"));
        SQLException refused =
                assertThrows(SQLException.class, () -> execute(superuser(), "ALTER SYSTEM SET fsync = 'off'"));
        assertEquals("ERROR: ALTER SYSTEM is not allowed in this environment", refused.getMessage());
    }

    @Test
    void nobody_logs_in_without_the_password() {
        server.database("saywhen");

        for (String role : List.of("saywhen", "postgres")) {
            for (String password : List.of("", role, "postgres")) {
                DatabaseAccess guess = DatabaseAccess.local(server.port(), role, role, password);
                SQLException refused = assertThrows(SQLException.class, guess::login);
                // 08004: the driver has no password to send; 28P01: the server refuses the one it got.
                assertEquals(password.isEmpty() ? "08004" : "28P01", refused.getSQLState());
            }
        }
    }

    @Test
    void the_owner_of_the_records_is_no_superuser_and_reaches_no_other_database() throws SQLException {
        DatabaseAccess records = server.database("saywhen");
        DatabaseAccess demo = server.database("demo");

        assertNotEquals(records.password(), demo.password());
        assertEquals("off", value(records, "SHOW is_superuser"));
        assertEquals("42501", refusal(records, "COPY (SELECT 1) TO PROGRAM 'true'"));
        assertEquals("42501", refusal(records, "CREATE ROLE other"));
        for (String other : List.of("demo", "postgres", "template1")) {
            DatabaseAccess across = DatabaseAccess.local(server.port(), other, records.username(), records.password());
            assertEquals(
                    "42501", assertThrows(SQLException.class, across::login).getSQLState());
        }
    }

    @Test
    void passwords_are_for_their_owner_only() throws IOException {
        DatabaseAccess access = server.database("saywhen");

        for (String file : List.of("postgres.password", "saywhen.password")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            home.resolve("postgres").resolve(file))));
        }
        assertEquals(64, access.password().length());
        assertFalse(Files.readString(home.resolve("logs/postgres.log")).contains(access.password()));
        assertFalse(Files.exists(home.resolve("postgres/handed.password")));
    }

    @Test
    void a_name_that_is_more_than_a_name_makes_no_database() {
        assertThrows(IllegalArgumentException.class, () -> server.database("x; DROP DATABASE saywhen"));
        assertThrows(IllegalArgumentException.class, () -> server.database("../x"));
    }

    private static DatabaseAccess superuser() {
        try {
            String password =
                    Files.readString(home.resolve("postgres/postgres.password")).strip();
            return DatabaseAccess.local(server.port(), "postgres", "postgres", password);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(DatabaseAccess access, String sql) {
        return "" + assertThrows(SQLException.class, () -> execute(access, sql)).getSQLState();
    }
}
