package dev.saywhen.boot;

import dev.saywhen.boot.home.Home;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.ui.LoggerUIService;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Serves until told to end: claims the home, starts the database if none is configured, then the application. */
final class Serve implements Command {
    private static final String DATABASE_URL = "quarkus.datasource.jdbc.url";
    private static final String DATABASE_USERNAME = "quarkus.datasource.username";
    private static final String DATABASE_PASSWORD = "quarkus.datasource.password";

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private final CountDownLatch served = new CountDownLatch(1);

    /** Set by the main thread and read by the one that ends the service. */
    private volatile @Nullable EmbeddedServer database;

    /** Told to end: what then fails to start is no failure. Set by the thread that ends the service. */
    private volatile boolean ending;

    @Override
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            System.err.println("What follows run is key=value: ./saywhen run -- key=value");
            return 2;
        }
        // What it says about itself comes before the logs are set up, and would bury the line of a refused start.
        HIBERNATE.setLevel(Level.WARNING);
        quietLiquibase();
        Config config = ConfigProvider.getConfig();
        Path folder =
                Path.of(config.getOptionalValue("saywhen.home", String.class).orElse(".saywhen"));

        Home home = Home.claim(folder.toAbsolutePath().normalize());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(home), "end of service"));
        try {
            refuseTakenPort(config);
            System.setProperty("saywhen.home", home.path().toString());
            if (config.getOptionalValue(DATABASE_URL, String.class).isPresent()) {
                refuseUnreachable(config);
            } else {
                startDatabase(home);
            }
            return serve(home, config);
        } finally {
            served.countDown();
        }
    }

    /** What Liquibase would tell whoever runs it by hand goes to the log; threads that begin here inherit that. */
    private static void quietLiquibase() {
        System.setProperty("liquibase.command.showSummary", "OFF");
        try {
            Scope.enter(Map.of(Scope.Attr.ui.name(), new LoggerUIService()));
        } catch (Exception noScope) {
            throw new IllegalStateException("Liquibase could not be set up", noScope);
        }
    }

    private void startDatabase(Home home) {
        EmbeddedServer server = EmbeddedServer.start(home);
        database = server;
        DatabaseAccess access = server.database("saywhen");
        server.database(ConfiguredDatabases.DEMO);
        releaseLeftLock(access);
        System.setProperty(DATABASE_URL, access.url());
        System.setProperty(DATABASE_USERNAME, access.username());
        System.setProperty(DATABASE_PASSWORD, access.password());
    }

    /**
     * Lets go of the lock that Liquibase takes to make the schema. This process holds the home, so nobody else can be at it:
     * a lock is one of a service that was killed meanwhile, and would be waited for in vain.
     */
    private static void releaseLeftLock(DatabaseAccess access) {
        try (Connection connection = access.login();
                Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("select to_regclass('databasechangeloglock')")) {
                if (!table.next() || table.getString(1) == null) {
                    return;
                }
            }
            statement.executeUpdate(
                    "update databasechangeloglock set locked = false, lockgranted = null, lockedby = null where locked");
        } catch (SQLException e) {
            throw new StartRefused("The embedded PostgreSQL does not answer as it should (" + e.getMessage() + ")", e);
        }
    }

    private int serve(Home home, Config config) {
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> {
            if (failure != null && !ending) {
                System.err.println(new StartFailure(home.logs(), bind -> unbindable(host(config), port(config), bind))
                        .line(failure));
            }
            exitCode.set(code);
        });
        return exitCode.get();
    }

    /**
     * Ends the database after the application, which still writes while it ends: a signal ends that on a thread of the
     * virtual machine, and this runs on another at the same time.
     */
    private void endWith(Home home) {
        ending = true;
        try {
            served.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        EmbeddedServer server = database;
        if (server != null) {
            server.close();
        }
        home.close();
    }

    private static void refuseUnreachable(Config config) {
        DatabaseAccess access = new DatabaseAccess(
                config.getValue(DATABASE_URL, String.class),
                config.getOptionalValue(DATABASE_USERNAME, String.class).orElse(""),
                config.getOptionalValue(DATABASE_PASSWORD, String.class).orElse(""));
        try (Connection connection = access.login()) {
            connection.isValid(5);
        } catch (SQLException e) {
            // Without what follows the question mark, which may be a password.
            throw new StartRefused(
                    DATABASE_URL + "=" + access.url().replaceFirst("\\?.*", "") + " cannot be used ("
                            + e.getMessage() + "). Check it with " + DATABASE_USERNAME
                            + " and .password, or leave all three out:"
                            + " Saywhen then brings a PostgreSQL of its own.",
                    e);
        }
    }

    /** Looks first: the framework would tell only after the database was started, and in several lines. */
    private static void refuseTakenPort(Config config) {
        String host = host(config);
        int port = port(config);
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() && hasLocalChat(config)) {
                throw new StartRefused("quarkus.http.host=" + host
                        + " would open the local chat, which verifies nobody, to other machines. Leave it at 127.0.0.1,"
                        + " or set saywhen.local.enabled=false");
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, port));
            }
        } catch (IOException e) {
            throw new StartRefused(unbindable(host, port, e), e);
        }
    }

    private static boolean hasLocalChat(Config config) {
        return config.getOptionalValue("saywhen.local.enabled", Boolean.class).orElse(true);
    }

    private static String host(Config config) {
        return config.getOptionalValue("quarkus.http.host", String.class).orElse("127.0.0.1");
    }

    private static int port(Config config) {
        String value =
                config.getOptionalValue("quarkus.http.port", String.class).orElse("8080");
        try {
            int port = Integer.parseInt(value.strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of range.
        }
        throw new StartRefused("quarkus.http.port is a number from 0 to 65535, not \"" + value + "\"");
    }

    private static String unbindable(String host, int port, Throwable why) {
        String reason = String.valueOf(why.getMessage());
        if (why instanceof UnknownHostException || reason.contains("Cannot assign")) {
            return "quarkus.http.host=" + host + " is no address of this machine. Without it, Saywhen listens on"
                    + " 127.0.0.1";
        }
        return "quarkus.http.port=" + port + " cannot be had on " + host + " (" + reason
                + "). End what listens there, or choose another: ./saywhen -- quarkus.http.port=8081";
    }
}
