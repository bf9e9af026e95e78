package dev.saywhen.adapter.database;

import dev.saywhen.boot.postgres.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A real server whose database lies on a real disk of its own, of a few megabytes: a file system in memory. */
final class SmallDisk implements AutoCloseable {
    private static final long BYTES = 20L << 20;
    private static final String SERVE = """
            mkdir "$1/small/space" &&
            "$0/bin/initdb" -D "$1/data" -U owner --auth=trust --no-sync --no-instructions -E UTF8 --locale=C &&
            exec "$0/bin/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c shared_buffers=32MB
            """;

    private final Path folder;
    private final Process server;
    final Target target;

    SmallDisk(Path parent) throws IOException, SQLException {
        folder = Files.createDirectory(parent.resolve("d"));
        Path small = Files.createDirectory(folder.resolve("small"));
        Path programs =
                EmbeddedServer.programs(Path.of("target").toAbsolutePath().resolve("postgres-programs"));
        server = new ProcessBuilder(
                        "bwrap",
                        "--dev-bind",
                        "/",
                        "/",
                        "--size",
                        Long.toString(BYTES),
                        "--tmpfs",
                        small.toString(),
                        "--unshare-user",
                        "--unshare-pid",
                        "--uid",
                        "1000",
                        "--gid",
                        "1000",
                        "bash",
                        "-c",
                        SERVE,
                        programs.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        target = new Target(url("demo"), "demo", "");
        awaitLogin();
        asOwner(
                "CREATE TABLESPACE small LOCATION '" + small.resolve("space") + "'",
                "CREATE ROLE demo LOGIN",
                "CREATE DATABASE demo OWNER demo TABLESPACE small");
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost/" + database + "?sslmode=disable&gssEncMode=disable&socketFactory="
                + UnixSockets.class.getName() + "&socketFactoryArg=" + folder.resolve(".s.PGSQL.5432");
    }

    private void asOwner(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "owner", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void awaitLogin() throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                asOwner("SELECT 1");
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > end || !server.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("log")), notYet);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().waitFor();
    }
}
