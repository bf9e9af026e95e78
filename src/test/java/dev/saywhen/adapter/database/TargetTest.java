package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @TempDir
    static Path folder;

    static DemoDatabase demo;

    @BeforeAll
    static void start() throws IOException, SQLException {
        demo = new DemoDatabase(folder);
        asSuperuser("CREATE ROLE chief SUPERUSER");
    }

    @AfterAll
    static void end() {
        demo.close();
    }

    @AfterEach
    void gone() throws SQLException {
        asSuperuser("DO $$ BEGIN IF to_regrole('guest') IS NOT NULL THEN"
                + " REVOKE ALL ON DATABASE demo FROM guest; DROP ROLE guest; END IF; END $$");
    }

    @ParameterizedTest
    @CsvSource({
        "SUPERUSER,                              is a superuser",
        "CREATEROLE,                             makes roles",
        "CREATEDB,                               makes databases",
        "REPLICATION,                            replicates",
        "IN ROLE chief,                          is a superuser",
        "NOINHERIT IN ROLE chief,                is a superuser",
        "IN ROLE pg_execute_server_program,      pg_execute_server_program",
        "IN ROLE pg_read_server_files,           pg_read_server_files",
        "IN ROLE pg_write_server_files,          pg_write_server_files",
        "IN ROLE pg_signal_backend,              pg_signal_backend",
        "IN ROLE pg_write_all_data,              pg_write_all_data",
        "IN ROLE pg_create_subscription,         pg_create_subscription"
    })
    void a_role_that_reaches_beyond_its_database_is_not_let_in(String rights, String named) throws SQLException {
        asSuperuser("CREATE ROLE guest LOGIN PASSWORD 'guest' " + rights + "; GRANT CONNECT ON DATABASE demo TO guest");
        Target target = new Target(demo.target.url(), "guest", "guest");

        SQLException refusal = assertThrows(SQLException.class, target::check);

        assertEquals(
                "the role guest, or one that it is a member of, may do too much (" + named
                        + "); give me one that owns the project's schema and nothing else",
                refusal.getMessage());
    }

    @Test
    void a_role_with_a_schema_of_its_own_is_let_in() throws SQLException {
        demo.target.check();
    }

    @Test
    void where_it_is_names_neither_user_nor_password() {
        assertEquals(
                "postgresql://host/db", new Target("jdbc:postgresql://host/db?password=secret", "a", "b").toString());
    }

    @Test
    void a_database_that_commits_by_itself_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Target("jdbc:mysql://host/db", "a", "b"));
    }

    @Test
    void a_connection_whose_other_side_is_gone_is_noticed_within_half_a_minute() throws IOException {
        try (Socket socket = new KeptAliveSockets().createSocket()) {
            assertEquals(true, socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(10, socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
            assertEquals(5, socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
            assertEquals(4, socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
        }
    }

    @Test
    void sessions_are_told_apart_by_when_they_began() throws SQLException {
        Session one = Session.open(demo.target, java.time.Duration.ofSeconds(10));
        try (Session other = Session.open(demo.target, java.time.Duration.ofSeconds(10));
                Connection looking = demo.target.login()) {
            one.close();

            assertEquals(true, one.isGone(looking));
            assertEquals(true, other.connection().isValid(5));
        }
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection connection = demo.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void an_address_of_several_servers_is_refused() {
        for (String url : List.of(
                "jdbc:postgresql://one,two/demo",
                "jdbc:postgresql://one:5432,two:5432/demo?ssl=true",
                "jdbc:postgresql://one/demo?targetServerType=primary",
                "jdbc:postgresql://one/demo?ssl=true&loadBalanceHosts=true")) {
            assertThrows(IllegalArgumentException.class, () -> new Target(url, "role", "password"), url);
        }
        assertEquals("postgresql://one:5432/demo", new Target("jdbc:postgresql://one:5432/demo", "a", "b").shown());
    }
}
