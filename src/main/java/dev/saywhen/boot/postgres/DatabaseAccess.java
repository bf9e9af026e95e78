package dev.saywhen.boot.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** What it takes to log in to one database. */
public record DatabaseAccess(String url, String username, String password) {
    private static final Driver DRIVER = new Driver();

    public DatabaseAccess {
        Objects.requireNonNull(url);
        Objects.requireNonNull(username);
        Objects.requireNonNull(password);
    }

    static DatabaseAccess local(int port, String database, String username, String password) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
        return new DatabaseAccess(url, username, password);
    }

    /** Logs in, or gives up within seconds: whatever listens on that port may not be a PostgreSQL at all. */
    public Connection login() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "saywhen-boot");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        @Nullable Connection connection = DRIVER.connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address of a PostgreSQL, as jdbc:postgresql://HOST/DATABASE is");
        }
        return connection;
    }

    /** Without the password: this ends up in logs. */
    @Override
    public String toString() {
        return username + "@" + url;
    }
}
