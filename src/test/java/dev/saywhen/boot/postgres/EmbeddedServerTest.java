package dev.saywhen.boot.postgres;

import static dev.saywhen.boot.postgres.Sql.execute;
import static dev.saywhen.boot.postgres.Sql.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.home.Home;
import dev.saywhen.boot.home.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, on folders of its own. */
final class EmbeddedServerTest {
    /** Unpacked once for all tests, as for all starts of one home. */
    @TempDir
    private static Path programs;

    /** The postgres folder after a first start: copied, as most tests are about what comes later. */
    @TempDir
    private static Path used;

    @TempDir
    private Path folder;

    private Path home;

    @BeforeAll
    static void started_once() throws IOException {
        Files.createSymbolicLink(used.resolve("cache"), programs);
        startOnce(used);
        Files.delete(used.resolve("cache"));
    }

    @BeforeEach
    void home_with_a_space_in_its_name() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("a home"));
        Files.createSymbolicLink(home.resolve("cache"), programs);
    }

    @AfterEach
    void without_the_link() throws IOException {
        Files.delete(home.resolve("cache"));
    }

    @Test
    void a_first_start_makes_a_database_that_takes_records() throws SQLException {
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            DatabaseAccess access = server.database("saywhen");

            assertEquals(
                    "saywhen@jdbc:postgresql://127.0.0.1:" + server.port() + "/saywhen?sslmode=disable", "" + access);
            execute(access, "CREATE TABLE kept (word text)");
            execute(access, "INSERT INTO kept VALUES ('grüße 🙂')");
            assertEquals("grüße 🙂", value(access, "SELECT word FROM kept"));
        }
    }

    @Test
    void a_restart_keeps_the_records_the_port_and_the_password() throws SQLException {
        DatabaseAccess first;
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            first = server.database("saywhen");
            execute(first, "CREATE TABLE kept AS SELECT 42 AS number");
        }
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            DatabaseAccess second = server.database("saywhen");

            assertEquals(first, second);
            assertEquals("42", value(second, "SELECT number FROM kept"));
        }
    }

    @Test
    void closing_leaves_no_process() throws IOException {
        as_after_a_first_start();
        ProcessHandle process;
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            process = serverProcess();
            assertTrue(process.isAlive(), "alive on port " + server.port());
        }

        assertTrue(ends(process));
        assertEquals(Optional.empty(), EmbeddedServer.running(home, "saywhen"));
    }

    @Test
    void a_taken_port_is_replaced_by_a_free_one() throws IOException, SQLException {
        as_after_a_first_start();
        int remembered;
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            remembered = server.port();
            execute(server.database("saywhen"), "CREATE TABLE kept AS SELECT 42 AS number");
        }
        try (ServerSocket other = new ServerSocket(remembered, 1, InetAddress.ofLiteral("127.0.0.1"));
                Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            assertEquals(remembered, other.getLocalPort());
            assertNotEquals(remembered, server.port());
            assertEquals("42", value(server.database("saywhen"), "SELECT number FROM kept"));
        }
    }

    @Test
    void what_was_committed_survives_the_killing_of_the_service_and_its_orphaned_server_is_ended() throws Exception {
        as_after_a_first_start();
        HoldingProcess service = HoldingProcess.on(home);
        DatabaseAccess access = EmbeddedServer.running(home, "saywhen").orElseThrow();
        execute(access, "CREATE TABLE kept AS SELECT 42 AS number");
        ProcessHandle orphan = serverProcess();
        service.kill();
        assertTrue(orphan.isAlive(), "the server outlives the service");

        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            assertTrue(ends(orphan));
            assertNotEquals(orphan.pid(), serverProcess().pid());
            assertEquals("42", value(server.database("saywhen"), "SELECT number FROM kept"));
        }
    }

    @Test
    void a_statement_of_a_killed_service_is_over_when_the_next_one_starts() throws Exception {
        as_after_a_first_start();
        HoldingProcess service = HoldingProcess.on(home);
        DatabaseAccess access = EmbeddedServer.running(home, "saywhen").orElseThrow();
        execute(access, "CREATE TABLE kept (number int)");
        try (Connection connection = access.login();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO kept VALUES (1)");
            service.kill();

            try (Home claimed = Home.claim(home);
                    EmbeddedServer server = EmbeddedServer.start(claimed)) {
                assertThrows(SQLException.class, () -> statement.execute("INSERT INTO kept VALUES (2)"));
                assertEquals("0", value(server.database("saywhen"), "SELECT count(*) FROM kept"));
            }
        }
    }

    @Test
    void records_survive_the_killing_of_the_server_itself() throws Exception {
        as_after_a_first_start();
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            execute(server.database("saywhen"), "CREATE TABLE kept AS SELECT 42 AS number");
            ProcessHandle process = serverProcess();
            process.destroyForcibly();
            process.onExit().join();
        }
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            assertEquals("42", value(server.database("saywhen"), "SELECT number FROM kept"));
        }
    }

    @Test
    void a_process_of_a_killed_server_that_lives_on_keeps_a_second_server_off_its_folder() throws Exception {
        as_after_a_first_start();
        HoldingProcess service = HoldingProcess.on(home);
        ProcessHandle server = serverProcess();
        ProcessHandle child = server.children().findFirst().orElseThrow();
        signal("STOP", child);
        service.kill();
        server.destroyForcibly();
        assertTrue(ends(server));

        assertEquals(
                "Processes of an earlier PostgreSQL still hold " + data()
                        + ". End them (ps shows them as postgres), then start again.",
                refusalOfStart());

        child.destroyForcibly();
        assertTrue(ends(child));
        try (Home claimed = Home.claim(home);
                EmbeddedServer next = EmbeddedServer.start(claimed)) {
            assertEquals("1", value(next.database("saywhen"), "SELECT 1"));
        }
    }

    @Test
    void a_note_of_a_server_whose_number_belongs_to_somebody_else_harms_nobody() throws Exception {
        as_after_a_first_start();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    data().resolve("postmaster.pid"),
                    bystander.pid() + "\n" + data() + "\n1\n1\n\n127.0.0.1\n0 0\nready\n");

            try (Home claimed = Home.claim(home);
                    EmbeddedServer server = EmbeddedServer.start(claimed)) {
                assertEquals("1", value(server.database("saywhen"), "SELECT 1"));
                assertTrue(bystander.isAlive());
            }
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void a_first_start_that_was_cut_off_begins_anew() throws Exception {
        Path unfinished = Files.createDirectories(home.resolve("postgres/data.unfinished"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "17\n");

        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            assertEquals("1", value(server.database("saywhen"), "SELECT 1"));
            assertFalse(Files.exists(unfinished));
        }
    }

    @Test
    void a_second_service_finds_the_first_ones_server_but_gets_no_home() throws Exception {
        as_after_a_first_start();
        try (HoldingProcess service = HoldingProcess.on(home)) {
            StartRefused refused = assertThrows(StartRefused.class, () -> Home.claim(home));

            assertEquals(
                    "Another Saywhen (process " + service.pid() + ") already uses saywhen.home=" + home
                            + ". End that one, or give this one a folder of its own: ./saywhen -- saywhen.home=FOLDER",
                    refused.getMessage());
            DatabaseAccess access = EmbeddedServer.running(home, "saywhen").orElseThrow();
            assertEquals("saywhen", value(access, "SELECT current_user"));
        }
    }

    @Test
    void records_of_another_version_are_left_alone() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("PG_VERSION"), "16\n");

        assertEquals(
                "The records in " + data() + " were written by PostgreSQL 16, and this Saywhen brings 17. Start the"
                        + " Saywhen they are from, or choose another folder: ./saywhen -- saywhen.home=FOLDER",
                refusalOfStart());
    }

    @Test
    void a_folder_of_other_files_is_left_alone() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("holiday.txt"), "mine");

        assertEquals(
                data() + " holds files, but none of a PostgreSQL. Move them away, or choose another folder:"
                        + " ./saywhen -- saywhen.home=FOLDER",
                refusalOfStart());
        assertEquals("mine", Files.readString(data().resolve("holiday.txt")));
    }

    @Test
    void a_damaged_folder_is_told_and_left_alone() throws IOException {
        as_after_a_first_start();
        Files.delete(data().resolve("global/pg_control"));

        assertEquals(
                "PostgreSQL did not start on " + data() + " (could not find the database system). Put back a copy of"
                        + " that folder, or move it away to begin anew. Its log: " + home.resolve("logs/postgres.log"),
                refusalOfStart());
    }

    @Test
    void a_lost_password_is_told() throws IOException {
        as_after_a_first_start();
        Files.delete(home.resolve("postgres/postgres.password"));

        assertEquals(
                "The PostgreSQL on " + data() + " does not take the password in "
                        + home.resolve("postgres/postgres.password")
                        + ". Put back the file that belongs to it, or move both away to begin anew.",
                refusalOfStart());
        assertEquals(Optional.empty(), EmbeddedServer.running(home, "saywhen"));
    }

    @Test
    void a_lost_password_of_the_records_is_made_anew() throws Exception {
        as_after_a_first_start();
        Files.delete(home.resolve("postgres/saywhen.password"));

        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            assertEquals("saywhen", value(server.database("saywhen"), "SELECT current_user"));
        }
    }

    /** The server has let go of its folder by now; the process itself is gone a moment later. */
    private static boolean ends(ProcessHandle process) {
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        return !process.isAlive();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertEquals(0, code);
    }

    private Path data() {
        return home.resolve("postgres/data");
    }

    private void as_after_a_first_start() throws IOException {
        Path from = used.resolve("postgres");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        home.resolve("postgres").resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void startOnce(Path home) {
        try (Home claimed = Home.claim(home);
                EmbeddedServer server = EmbeddedServer.start(claimed)) {
            server.database("saywhen");
        }
    }

    private String refusalOfStart() {
        try (Home claimed = Home.claim(home)) {
            return ""
                    + assertThrows(StartRefused.class, () -> EmbeddedServer.start(claimed))
                            .getMessage();
        }
    }

    private ProcessHandle serverProcess() throws IOException {
        return ProcessHandle.of(new DataFolder(data()).owner().orElseThrow().pid())
                .orElseThrow();
    }
}
