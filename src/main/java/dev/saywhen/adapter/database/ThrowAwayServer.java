package dev.saywhen.adapter.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL for one rehearsal, inside the sandbox: nothing but this process reaches it, and it reaches nothing. Whatever
 * is run on it ends with it.
 */
final class ThrowAwayServer implements AutoCloseable {
    /** Reads the whole catalog and makes event triggers; change sets are never run as this. */
    static final String OWNER = "saywhen_owner";

    private static final Duration START = Duration.ofSeconds(60);

    /** Nothing has to survive here, so nothing waits for the disk. */
    private static final String SERVE = """
            /work/programs/bin/initdb -D /work/data -U %s --auth=trust --no-sync --no-instructions \
              -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 &&
            exec /work/programs/bin/postgres -D /work/data -k /work -c listen_addresses= -c fsync=off \
              -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=64MB \
              -c wal_level=minimal -c max_wal_senders=0 -c max_connections=20 -c jit=off -c statement_timeout=120s -c temp_file_limit=1GB
            """.formatted(OWNER);

    private final RehearsalFolder folder;
    private final Confinement.Confined server;

    private ThrowAwayServer(RehearsalFolder folder, Confinement.Confined server) {
        this.folder = folder;
        this.server = server;
    }

    /**
     * @param programs a folder with PostgreSQL's own {@code bin}, {@code lib} and {@code share}
     * @param parent where its folder is made
     */
    static ThrowAwayServer start(Confinement confinement, Path programs, Path parent) throws IOException {
        RehearsalFolder folder = RehearsalFolder.make(parent);
        try {
            copy(programs, folder.work().resolve("programs"));
            Confinement.Confined server = confinement.start(List.of("bash", "-c", SERVE), folder.work(), folder.log());
            ThrowAwayServer started = new ThrowAwayServer(folder, server);
            try {
                started.awaitLogin();
                return started;
            } catch (IOException | RuntimeException broken) {
                started.end();
                throw broken;
            }
        } catch (IOException | RuntimeException broken) {
            folder.removeAfter(broken);
            throw broken;
        }
    }

    Connection login(String role, String database) throws SQLException {
        return login(role, database, new Properties());
    }

    /** What goes wrong says no values: they may be those of rows that were read somewhere. */
    Connection loginWithoutDetails(String role, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("logServerErrorDetail", "false"); // it is left out of the message too
        return login(role, database, properties);
    }

    private Connection login(String role, String database, Properties properties) throws SQLException {
        properties.setProperty("user", role);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("socketFactory", UnixSockets.class.getName());
        properties.setProperty("socketFactoryArg", folder.socket().toString());
        return DriverManager.getConnection("jdbc:postgresql://localhost/" + database, properties);
    }

    /**
     * A database of this role's own; the role is no superuser and may log in to this one only.
     *
     * @param template a database that it begins as a copy of; nobody may be logged in there
     */
    void makeDatabase(String name, String role, String template) throws SQLException {
        try (Connection connection = login(OWNER, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN CREATE ROLE %s LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                    .formatted(Names.quoted(role)));
            statement.execute("CREATE DATABASE %s OWNER %s TEMPLATE %s"
                    .formatted(Names.quoted(name), Names.quoted(role), Names.quoted(template)));
            statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(Names.quoted(name)));
        }
    }

    void dropDatabase(String name) throws SQLException {
        try (Connection connection = login(OWNER, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(Names.quoted(name)));
        }
    }

    @Override
    public void close() {
        end();
        try {
            folder.remove();
        } catch (IOException stays) {
            throw new UncheckedIOException("removing the throw-away database in " + folder, stays);
        }
    }

    private void end() {
        server.kill();
        server.awaitEnd();
    }

    private void awaitLogin() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = login(OWNER, "postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw new IOException("The throw-away PostgreSQL did not start: " + said(), notYet);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private String said() throws IOException {
        Path log = folder.log();
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        String text = Files.readString(log).strip();
        return text.substring(Math.max(0, text.length() - 500));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(target, Files.readSymbolicLink(file));
                } else if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
