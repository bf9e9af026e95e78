package dev.saywhen.adapter.database;

import dev.saywhen.adapter.sandbox.RunningCommand;
import dev.saywhen.adapter.sandbox.SandboxCommand;
import dev.saywhen.adapter.sandbox.Workshop;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.plan.ChangeSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A throw-away server in the real sandbox, and on it a database that plays the target. */
final class Rehearsals implements AutoCloseable {
    static final String ROLE = "library";

    final Workshop workshop;
    final Confinement confinement;
    final Path programs;
    final ThrowAwayServer server;

    Rehearsals(Path folder) throws IOException {
        workshop = new Workshop(folder, Duration.ofSeconds(15));
        var isolation = workshop.bubblewrap();
        confinement = (argv, work, output) -> {
            RunningCommand running = isolation.start(
                    new SandboxCommand(argv, work, Map.of(), Duration.ofMinutes(10), 50L << 20, output, false));
            return running::kill;
        };
        programs = EmbeddedServer.programs(Path.of("target").toAbsolutePath().resolve("postgres-programs"));
        server = ThrowAwayServer.start(confinement, programs, folder);
    }

    /** A database of the role's own, with a schema in it. */
    void makeTarget(String name, String schema) throws SQLException {
        server.makeDatabase(name, ROLE);
        try (Connection connection = server.login(ROLE, name);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(schema);
        }
    }

    List<Part> rehearse(String target, List<List<ChangeSet>> steps) throws SQLException, Unfit {
        try (Connection connection = server.login(ROLE, target)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            return new PostgresRehearsal(Map.of(), confinement, () -> programs, workshop.folder)
                    .rehearsed(server, connection, steps, Trial::judge);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Rehearsals.class.getResourceAsStream("/database/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
        workshop.close();
    }
}
