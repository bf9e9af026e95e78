package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.StopSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Twenty change sets on a table of many rows: rehearsed, applied by us, applied by plain Liquibase. */
public final class MigrationTimes {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final RunId RUN = new RunId(7);

    private final DemoDatabase demo;
    private final Path folder;
    private final int rows;

    public MigrationTimes(DemoDatabase demo, Path folder, int rows) {
        this.demo = demo;
        this.folder = folder;
        this.rows = rows;
    }

    /** Milliseconds, by name. */
    public void measure(Map<String, Object> figures) throws Exception {
        String log = log();
        reset();
        long begin = System.nanoTime();
        List<Part> parts = rehearsed(log);
        figures.put("rehearsed, server and copy included, %,d rows in the target, ms".formatted(rows), since(begin));

        begin = System.nanoTime();
        Part part = parts.getFirst();
        new Migration(demo.target, Migration.Change.APPLY, part.changeSets(), part.proof(), "bench", _ -> {})
                .run(() -> {});
        figures.put("applied in one transaction, %,d rows, ms".formatted(rows), since(begin));

        Proof back = demo.wayBack(part.changeSets());
        begin = System.nanoTime();
        new Migration(demo.target, Migration.Change.ROLL_BACK, part.changeSets(), back, "bench", _ -> {}).run(() -> {});
        figures.put("rolled back in one transaction, %,d rows, ms".formatted(rows), since(begin));

        reset();
        begin = System.nanoTime();
        byLiquibase(log);
        figures.put("applied by plain Liquibase, %,d rows, ms".formatted(rows), since(begin));
    }

    private List<Part> rehearsed(String log) throws Exception {
        try (Rehearsals rehearsals = new Rehearsals(Files.createDirectories(folder.resolve("r" + rows)))) {
            StopSwitch stops = new StopSwitch(0);
            stops.track(RUN, false);
            PostgresRehearsal rehearsal = new PostgresRehearsal(
                    Map.of(DEMO, demo.target),
                    rehearsals.confinement,
                    () -> rehearsals.programs,
                    folder.resolve("t" + rows),
                    stops);
            return switch (rehearsal.rehearse(stops.epochOf(RUN), DEMO, List.of(new ChangeLogText("bench.sql", log)))) {
                case Rehearsed.Proven(List<Part> parts) -> parts;
                case Rehearsed.Refused(String why) -> throw new IllegalStateException(why);
            };
        }
    }

    private void byLiquibase(String log) throws Exception {
        Files.writeString(folder.resolve("bench.sql"), log);
        try (Connection connection = demo.target.login();
                Liquibase liquibase = new Liquibase(
                        "bench.sql",
                        new DirectoryResourceAccessor(folder),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update(new Contexts());
        }
    }

    private void reset() throws SQLException {
        demo.run("DROP OWNED BY demo; CREATE TABLE big (id int PRIMARY KEY, word text, n int NOT NULL);"
                + " INSERT INTO big SELECT i, md5(i::text), i % 100 FROM generate_series(1, " + rows + ") i;");
    }

    /** Ten new columns, five indexes, five tables: what services do to a table that is in use. */
    private static String log() {
        StringBuilder log = new StringBuilder("--liquibase formatted sql\n");
        for (int at = 1; at <= 10; at++) {
            log.append(
                    "--changeset ana:c%d\nALTER TABLE big ADD COLUMN c%d int DEFAULT %d;\n--rollback ALTER TABLE big DROP COLUMN c%d;\n"
                            .formatted(at, at, at, at));
        }
        for (int at = 1; at <= 5; at++) {
            log.append("--changeset ana:i%d\nCREATE INDEX big_%d ON big (n, c%d);\n--rollback DROP INDEX big_%d;\n"
                    .formatted(at, at, at, at));
            log.append(
                    "--changeset ana:t%d\nCREATE TABLE side_%d (id int PRIMARY KEY, big_id int);\n--rollback DROP TABLE side_%d;\n"
                            .formatted(at, at, at));
        }
        return log.toString();
    }

    private static long since(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
