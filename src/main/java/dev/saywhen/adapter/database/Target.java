package dev.saywhen.adapter.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A project's database and the way into it. */
public record Target(String url, String username, String password) {
    static final String APPLICATION = "saywhen";

    public Target {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "only PostgreSQL keeps a whole change in one transaction; MySQL, MariaDB, H2"
                            + " and others commit each change of a schema by themselves, so it could not be taken back");
        }
    }

    /** Whether a role is, or may become, one that nothing holds back on the server's host. */
    private static final String IS_UNBOUND = """
            SELECT coalesce(bool_or(rolsuper OR rolname IN
                ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')), true)
            FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
            """;

    /** @throws SQLException also for a role that may be a superuser: nothing would hold back what runs as it */
    Connection login() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", APPLICATION);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("preferQueryMode", "simple");
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_UNBOUND)) {
            if (!row.next() || row.getBoolean(1)) {
                connection.close();
                throw new SQLException(
                        "the role " + username
                                + " is a superuser, may become one, or may reach the server's files and programs; give me one that owns the project's schema and nothing else");
            }
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
        return connection;
    }

    /** Throws if nobody gets in. */
    public void check() throws SQLException {
        login().close();
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
