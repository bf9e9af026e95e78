package dev.saywhen.adapter.database;

import dev.saywhen.boot.home.Home;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A real target: a database of its own role on a real server. */
public final class DemoDatabase implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Home home;
    private final EmbeddedServer server;
    public final Target target;

    public DemoDatabase(Path folder) throws java.io.IOException {
        home = Home.claim(Files.createDirectories(folder.resolve("home")));
        server = EmbeddedServer.start(home);
        DatabaseAccess access = server.database("demo");
        target = new Target(access.url(), access.username(), access.password());
    }

    int port() {
        return server.port();
    }

    /** As the server's own superuser, who may make roles. */
    Connection superuser() throws SQLException {
        return EmbeddedServer.running(home.path(), "postgres").orElseThrow().login();
    }

    public static List<ChangeSet> changeSets(String name, String apply, String rollback) {
        try {
            return ChangeLog.read(
                    name + ".sql",
                    "--liquibase formatted sql\n--changeset ana:" + name + " splitStatements:false\n" + apply
                            + "\n--rollback " + rollback + "\n");
        } catch (Unfit unfit) {
            throw new IllegalArgumentException(unfit);
        }
    }

    /** What a rehearsal would find, seen in a transaction that is rolled back. */
    public List<Proof> proofs(List<List<ChangeSet>> steps) throws SQLException {
        List<Proof> proofs = new ArrayList<>();
        try (Connection connection = target.login()) {
            connection.setAutoCommit(false);
            Schema before = Migration.schema(connection);
            for (List<ChangeSet> step : steps) {
                Changes.apply(connection, step);
                Schema after = Migration.schema(connection);
                proofs.add(new Proof(
                        target.shown(), before.fingerprint(), after.fingerprint(), 0, List.of(), List.of(), List.of()));
                before = after;
            }
            connection.rollback();
        }
        return proofs;
    }

    /** What a rehearsal of the way back would find, seen in a transaction that is rolled back. */
    Proof wayBack(List<ChangeSet> step) throws SQLException, Unfit {
        try (Connection connection = target.login()) {
            connection.setAutoCommit(false);
            Schema before = Migration.schema(connection);
            List<Loss> taken = Changes.rollBack(connection, step).losses();
            Schema after = Migration.schema(connection);
            connection.rollback();
            return new Proof(
                    target.shown(),
                    before.fingerprint(),
                    after.fingerprint(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    new Allowance(taken).counted(connection).losses());
        }
    }

    public void run(String sql) throws SQLException {
        try (Connection connection = target.login();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public String one(String query) throws SQLException {
        try (Connection connection = target.login();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** How many sessions of the role are left besides the one that looks, once those that were closed had time to end. */
    public int sessions() throws SQLException {
        return left("SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()");
    }

    /** How many locks in this database others hold, after the same time. */
    public int locks() throws SQLException {
        return left("SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND database ="
                + " (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    private int left(String query) throws SQLException {
        long end = System.nanoTime() + CLOSING.toNanos();
        int left = Integer.parseInt(one(query));
        while (left > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            left = Integer.parseInt(one(query));
        }
        return left;
    }

    /** The schema and a sum of every row, the record of what was applied apart. */
    public String everything() throws SQLException {
        try (Connection connection = target.login()) {
            connection.setAutoCommit(false);
            Contents contents = Contents.of(connection);
            return Schema.of(connection).fingerprint() + " " + contents.tables();
        }
    }

    @Override
    public void close() {
        server.close();
        home.close();
    }
}
