package dev.saywhen.boot;

import dev.saywhen.boot.home.Home;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database of an installation, for a command that runs beside a living service or without one. */
final class HomeDatabase implements AutoCloseable {
    private final Connection connection;
    private final Runnable after;

    private HomeDatabase(Connection connection, Runnable after) {
        this.connection = connection;
        this.after = after;
    }

    /** Where the configuration says the installation lives. */
    static Path home() {
        String folder = ConfigProvider.getConfig()
                .getOptionalValue("saywhen.home", String.class)
                .orElse(".saywhen");
        return Path.of(folder).toAbsolutePath().normalize();
    }

    /** Logs in: to the configured database, to the living service's own, or to one that is started for the while. */
    static HomeDatabase open() throws SQLException {
        Config config = ConfigProvider.getConfig();
        Optional<String> url = config.getOptionalValue("quarkus.datasource.jdbc.url", String.class);
        if (url.isPresent()) {
            return new HomeDatabase(
                    DriverManager.getConnection(
                            url.get(),
                            config.getOptionalValue("quarkus.datasource.username", String.class)
                                    .orElse(""),
                            config.getOptionalValue("quarkus.datasource.password", String.class)
                                    .orElse("")),
                    () -> {});
        }
        Optional<DatabaseAccess> running = EmbeddedServer.running(home(), "saywhen");
        if (running.isPresent()) {
            return new HomeDatabase(running.get().login(), () -> {});
        }
        Home claimed = Home.claim(home());
        EmbeddedServer server = EmbeddedServer.start(claimed);
        return new HomeDatabase(server.database("saywhen").login(), () -> {
            server.close();
            claimed.close();
        });
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            // closed before the server that serves it
        } finally {
            after.run();
        }
    }
}
