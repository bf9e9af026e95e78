package dev.saywhen.adapter.database;

import dev.saywhen.adapter.sandbox.KillReport;
import dev.saywhen.adapter.sandbox.RunningCommand;
import dev.saywhen.adapter.sandbox.SandboxCommand;
import dev.saywhen.adapter.sandbox.Workshop;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A throw-away server in the real sandbox, and on it a database that plays the target. */
final class Rehearsals implements AutoCloseable {
    static final String ROLE = "library";

    final Workshop workshop;
    final Confinement confinement;
    final Path programs;
    final ThrowAwayServer server;
    private final Set<String> templates = new HashSet<>();

    Rehearsals(Path folder) throws IOException {
        workshop = new Workshop(folder, Duration.ofSeconds(15));
        var isolation = workshop.bubblewrap();
        confinement = (argv, work, output) -> {
            RunningCommand running = isolation.start(
                    new SandboxCommand(argv, work, Map.of(), Duration.ofMinutes(10), 50L << 20, output, false));
            return new Confinement.Confined() {
                @Override
                public CutOff.Report kill() {
                    KillReport report = running.kill();
                    return new CutOff.Report(report.killed(), report.survivors());
                }

                @Override
                public void awaitEnd() {
                    try {
                        running.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        };
        programs = EmbeddedServer.programs(Path.of("target").toAbsolutePath().resolve("postgres-programs"));
        server = ThrowAwayServer.start(confinement, programs, folder);
    }

    /** A database of the role's own, with a schema in it. */
    void makeTarget(String name, String schema) throws SQLException {
        server.makeDatabase(name, ROLE, "template1");
        try (Connection connection = server.login(ROLE, name);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(schema);
        }
    }

    List<Part> rehearse(String target, List<List<ChangeSet>> steps) throws SQLException, Unfit {
        try (Connection connection = server.login(ROLE, target)) {
            return rehearse(connection, target, 0, steps, Trial::judge);
        }
    }

    /**
     * @param connection to whatever plays the target
     * @param name its name for people
     * @param sample how many rows of each table are read
     */
    List<Part> rehearse(
            Connection connection,
            String name,
            int sample,
            List<List<ChangeSet>> steps,
            PostgresRehearsal.Judging judging)
            throws SQLException, Unfit {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try {
            return new PostgresRehearsal(Map.of(), confinement, () -> programs, workshop.folder, new StopSwitch(0))
                    .rehearsed(server, Ground.Copy.of(connection, name, sample), steps, judging);
        } finally {
            server.dropDatabase("copy_1");
        }
    }

    /** As {@link #rehearse}, on copies that were laid out once. */
    List<Part> rehearseOnLaidOut(String target, List<ChangeSet> step) throws SQLException, Unfit {
        try {
            return judged(laidOut(target, RowMaker.Sort.WILD), step);
        } catch (Trial.NotWithTheseRows wild) {
            try {
                return judged(laidOut(target, RowMaker.Sort.TAME), step).stream()
                        .map(part -> PostgresRehearsal.noting(part, wild))
                        .toList();
            } catch (Trial.NotWithTheseRows tame) {
                throw new Unfit(tame.why());
            }
        }
    }

    private List<Part> judged(String template, List<ChangeSet> step)
            throws SQLException, Unfit, Trial.NotWithTheseRows {
        Trial trial = new Trial(
                server, "tried", new Ground.Copy("library", ROLE, List.of(), new Schema(new TreeMap<>()), List.of()));
        try {
            trial.prepareAs(template);
            return trial.judge(List.of(step));
        } finally {
            server.dropDatabase("tried");
        }
    }

    private String laidOut(String target, RowMaker.Sort rows) throws SQLException, Unfit {
        String name = target + "_" + rows;
        if (templates.add(name)) {
            try (Connection connection = server.login(ROLE, target)) {
                connection.setAutoCommit(false);
                new Trial(server, name, Ground.Copy.of(connection, target, 0)).prepare(rows);
            }
        }
        return name;
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
