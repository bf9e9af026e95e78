package dev.saywhen.adapter.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * A session of ours on a target, which another one can look for and end. The server knows it by its process and when that
 * began; a name that sessions give themselves would not do, for others may have the same.
 */
final class Session implements AutoCloseable {
    /** How long a session may take to end by itself, and then to end once it is told to. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private static final String SERVER = """
            SELECT concat_ws(' ', inet_server_addr(), inet_server_port()), pg_postmaster_start_time()::text
            """;

    /** A name may lead to another server the next time. One that was started anew since is the same. */
    private static final String SAME_SERVER = """
            SELECT concat_ws(' ', inet_server_addr(), inet_server_port()) = '%s' AND (pg_postmaster_start_time()::text = '%s'
              OR extract(epoch FROM pg_postmaster_start_time()) > %s)
            """;

    private static final String SELF = """
            SELECT pid, extract(epoch FROM backend_start)::text FROM pg_stat_activity WHERE pid = pg_backend_pid()
            """;
    private static final String THIS_ONE =
            " FROM pg_stat_activity WHERE pid = %d AND extract(epoch FROM backend_start)::text = '%s'";

    private final Target target;
    private final Connection connection;
    private final String sameServer;
    private final String thisOne;

    private Session(Target target, Connection connection, String sameServer, int process, String since) {
        this.target = target;
        this.connection = connection;
        this.sameServer = sameServer;
        this.thisOne = THIS_ONE.formatted(process, since);
    }

    /** @param longest how long one statement may take */
    static Session open(Target target, Duration longest) throws SQLException {
        Connection connection = target.login(longest);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELF)) {
            row.next();
            int process = row.getInt(1);
            if (process != connection.unwrap(PGConnection.class).getBackendPID()) {
                throw new SQLException(
                        "a pool of connections stands before it, through which a session can be neither held nor ended;"
                                + " give me the server's own address");
            }
            return new Session(target, connection, sameServer(connection, row.getString(2)), process, row.getString(2));
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
    }

    private static String sameServer(Connection connection, String since) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            return SAME_SERVER.formatted(row.getString(1), row.getString(2), since);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Ends the statement that runs, if one does. */
    void cancel() throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    /** Waits for its end, by itself at first; false if it lives all the same. */
    boolean end() throws SQLException {
        try (Connection other = target.login()) {
            return isGone(other);
        }
    }

    /**
     * @param other the session that looks
     * @throws SQLException also if that one is on another server, where this one can't be seen
     */
    boolean isGone(Connection other) throws SQLException {
        try (Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(sameServer)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException("the address leads to another server than before");
            }
        }
        if (awaitGone(other)) {
            return true;
        }
        terminate(other);
        return awaitGone(other);
    }

    void terminate() throws SQLException {
        try (Connection other = target.login()) {
            terminate(other);
        }
    }

    private void terminate(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid)" + thisOne);
        }
    }

    private boolean awaitGone(Connection other) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isAlive(other)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private boolean isAlive(Connection other) throws SQLException {
        try (Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*)" + thisOne)) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
