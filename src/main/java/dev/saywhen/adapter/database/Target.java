package dev.saywhen.adapter.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A project's database and the way into it.
 *
 * @param sample how many rows of each table may be read, masked, for a rehearsal
 * @param concurrently whether indexes may be built outside of a transaction
 */
public record Target(String url, String username, String password, int sample, boolean concurrently) {
    /** More would make a rehearsal slow and prove no more. */
    public static final int LARGEST_SAMPLE = 1_000;

    private static final Pattern SEVERAL_SERVERS =
            Pattern.compile("(?i)^[^?]*//[^/?]*,|[?&](targetServerType|loadBalanceHosts|service|PGHOST|PGPORT)=");

    private static final String APPLICATION = "saywhen";
    private static final String SUPERUSER = "is a superuser";

    /** A look at the catalog is a matter of seconds, on the largest schema and the busiest server. */
    private static final Duration LOOK = Duration.ofMinutes(2);

    /** The server ends what takes too long and says so; whoever hears nothing this much later has lost it. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    public Target {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "only PostgreSQL keeps a whole change in one transaction; MySQL, MariaDB, H2"
                            + " and others commit each change of a schema by themselves, so it could not be taken back");
        }
        if (SEVERAL_SERVERS.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "an address of one server, so that what became of a change is looked for where it was made: no list of"
                            + " hosts, no targetServerType, loadBalanceHosts or service");
        }
        if (sample < 0 || sample > LARGEST_SAMPLE) {
            throw new IllegalArgumentException("a sample is of 0 to " + LARGEST_SAMPLE + " rows of each table");
        }
    }

    /** Of which no row is read, and where everything is done in transactions. */
    public Target(String url, String username, String password) {
        this(url, username, password, 0, false);
    }

    /** What a role may do, or may come to do by its memberships, that goes beyond the objects of its database. */
    private static final String RIGHTS = """
            SELECT string_agg(DISTINCT may, ', ' ORDER BY may) FROM pg_roles r, LATERAL (VALUES
                (CASE WHEN rolsuper THEN '%s' END),
                (CASE WHEN rolcreaterole THEN 'makes roles' END),
                (CASE WHEN rolcreatedb THEN 'makes databases' END),
                (CASE WHEN rolreplication THEN 'replicates' END),
                (CASE WHEN rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files',
                    'pg_create_subscription', 'pg_signal_backend', 'pg_write_all_data') THEN rolname END)) AS found(may)
            WHERE pg_has_role(current_user, r.oid, 'MEMBER')
            """.formatted(SUPERUSER);

    /** For looking. */
    Connection login() throws SQLException {
        return login(LOOK);
    }

    /**
     * @param longest how long one statement may take
     * @throws SQLException also for a role with rights beyond its database: nothing would hold back what runs as it
     */
    Connection login(Duration longest) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", APPLICATION);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", Long.toString(silence(longest).toSeconds()));
        properties.setProperty("cancelSignalTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", KeptAliveSockets.class.getName());
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("logServerErrorDetail", "false"); // it quotes rows, and what fails is told in the thread
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            refuseRights(statement);
            statement.execute("SET statement_timeout = " + longest.toMillis());
            statement.execute("SET client_connection_check_interval = '500ms'");
            return connection;
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
    }

    /** Never shorter than what a statement may take, so that none is cut that the server would let end. */
    private static Duration silence(Duration longest) {
        return longest.plus(longest.compareTo(ANSWER) < 0 ? longest : ANSWER);
    }

    private void refuseRights(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(RIGHTS)) {
            String rights = row.next() ? row.getString(1) : "unknown";
            if (rights != null) {
                boolean mayDoAll = rights.contains(SUPERUSER);
                throw new SQLException("the role " + username + ", or one that it is a member of, may do too much ("
                        + (mayDoAll ? SUPERUSER : rights)
                        + "); give me one that owns the project's schema and nothing else");
            }
        }
    }

    /** Throws if nobody gets in, or something stands in between. */
    public void check() throws SQLException {
        Session.open(this, LOOK).close();
    }

    /** Where it is, without user, password and parameters. */
    String shown() {
        String address = url.substring("jdbc:".length());
        int parameters = address.indexOf('?');
        return parameters < 0 ? address : address.substring(0, parameters);
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
        return shown();
    }
}
