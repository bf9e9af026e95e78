package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Rehearses on a throw-away PostgreSQL in the sandbox, whose schema is a proven copy of the target's. */
public final class PostgresRehearsal implements Rehearsal {
    private final Map<ProjectName, Target> targets;
    private final Confinement confinement;
    private final Supplier<Path> programs;
    private final Path folder;
    private final AtomicLong number = new AtomicLong();

    /**
     * @param programs PostgreSQL's own {@code bin}, {@code lib} and {@code share}; unpacked when first asked for
     * @param folder where throw-away servers have their files
     */
    public PostgresRehearsal(
            Map<ProjectName, Target> targets, Confinement confinement, Supplier<Path> programs, Path folder) {
        this.targets = Map.copyOf(targets);
        this.confinement = confinement;
        this.programs = programs;
        this.folder = folder;
    }

    @Override
    public Optional<String> database(ProjectName project) {
        return Optional.ofNullable(targets.get(project)).map(Target::shown);
    }

    @Override
    public Rehearsed rehearse(ProjectName project, List<ChangeLogText> logs) {
        List<List<ChangeSet>> steps = new ArrayList<>();
        try {
            for (ChangeLogText log : logs) {
                steps.add(ChangeLog.read(log.file().replaceFirst("^src/main/resources/", ""), log.text()));
            }
        } catch (Unfit unfit) {
            return new Rehearsed.Refused(unfit.why());
        }
        return onACopy(
                project,
                (server, connection, target) ->
                        rehearsed(server, connection, target, steps, ChangeRecord.Applied.ALL, Trial::judge));
    }

    @Override
    public Rehearsed rehearseBack(ProjectName project, List<List<ChangeSet>> steps) {
        return onACopy(
                project,
                (server, connection, target) ->
                        rehearsed(server, connection, target, steps, ChangeRecord.Applied.NONE, Trial::judgeBack));
    }

    @Override
    public Digest schema(ProjectName project) {
        return looking(project, connection -> Schema.of(connection).fingerprint());
    }

    @Override
    public boolean isApplied(ProjectName project, List<ChangeSet> changeSets) {
        return looking(project, connection -> ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL);
    }

    private interface Looking<T> {
        T look(Connection connection) throws SQLException, Unfit;
    }

    private <T> T looking(ProjectName project, Looking<T> looking) {
        Target target = targets.get(project);
        if (target == null) {
            throw new IllegalStateException("the project " + project + " has no database");
        }
        try (Connection connection = target.login()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            return looking.look(connection);
        } catch (SQLException | Unfit unreadable) {
            throw new IllegalStateException("looking at " + target + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private interface OnACopy {
        List<Part> rehearse(ThrowAwayServer server, Connection connection, String target) throws SQLException, Unfit;
    }

    interface Judging {
        List<Part> judge(Trial trial, List<List<ChangeSet>> steps) throws SQLException, Unfit, Trial.NotWithTheseRows;
    }

    private Rehearsed onACopy(ProjectName project, OnACopy work) {
        Target target = targets.get(project);
        if (target == null) {
            return new Rehearsed.Refused("The project " + project + " has no database. Configure saywhen.projects.\""
                    + project + "\".database-url, or leave the database out.");
        }
        try (Connection connection = target.login()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (ThrowAwayServer server = ThrowAwayServer.start(confinement, programs.get(), folder)) {
                return new Rehearsed.Proven(work.rehearse(server, connection, target.shown()));
            }
        } catch (Unfit unfit) {
            return new Rehearsed.Refused(unfit.why());
        } catch (SQLException broken) {
            return new Rehearsed.Refused(
                    "I could not rehearse on a copy of " + target.shown() + ": " + broken.getMessage());
        } catch (IOException impossible) {
            return new Rehearsed.Refused(
                    "I can't rehearse here, and without it I change no database. " + impossible.getMessage());
        }
    }

    /**
     * What the target's own record says is done already needs no rehearsal: a step that was committed before the service
     * could note it, or a way back that was.
     *
     * @param connection to the target, in a read-only transaction
     */
    private List<Part> rehearsed(
            ThrowAwayServer server,
            Connection connection,
            String target,
            List<List<ChangeSet>> steps,
            ChangeRecord.Applied done,
            Judging judging)
            throws SQLException, Unfit {
        List<Part> parts = new ArrayList<>();
        List<List<ChangeSet>> left = new ArrayList<>();
        Digest now = Migration.schema(connection).fingerprint();
        for (List<ChangeSet> step : steps) {
            if (!left.isEmpty() || ChangeRecord.applied(connection, step) != done) {
                left.add(step);
            } else {
                parts.add(new Part(
                        step,
                        new Proof(
                                target,
                                now,
                                now,
                                0,
                                List.of(),
                                List.of(),
                                List.of("is so in the database already; nothing is run"))));
            }
        }
        if (!left.isEmpty()) {
            parts.addAll(rehearsed(server, connection, target, left, judging));
        }
        return parts;
    }

    /** @param connection to the target, in a read-only transaction */
    List<Part> rehearsed(
            ThrowAwayServer server, Connection connection, String target, List<List<ChangeSet>> steps, Judging judging)
            throws SQLException, Unfit {
        Copied from = new Copied(
                target,
                connection.getMetaData().getUserName(),
                SchemaCopy.statements(connection),
                Schema.of(connection));
        connection.rollback(); // others may change the schema while this goes on; that shows later
        String database = "copy_" + number.incrementAndGet();
        try {
            return judged(server, database, from, RowMaker.Sort.WILD, steps, judging);
        } catch (Trial.NotWithTheseRows some) {
            server.dropDatabase(database);
            try {
                List<Part> parts = judged(server, database, from, RowMaker.Sort.TAME, steps, judging);
                return parts.stream().map(part -> noting(part, some)).toList();
            } catch (Trial.NotWithTheseRows any) {
                throw new Unfit(any.why());
            }
        } finally {
            server.dropDatabase(database);
        }
    }

    /** What is known of the target: enough to make its schema again. */
    private record Copied(String target, String role, List<String> statements, Schema schema) {}

    private static List<Part> judged(
            ThrowAwayServer server,
            String database,
            Copied from,
            RowMaker.Sort rows,
            List<List<ChangeSet>> steps,
            Judging judging)
            throws SQLException, Unfit, Trial.NotWithTheseRows {
        Trial trial = new Trial(server, database, from.role(), from.target());
        trial.prepare(from.statements(), rows, from.schema());
        return judging.judge(trial, steps);
    }

    static Part noting(Part part, Trial.NotWithTheseRows some) {
        List<String> notes = new ArrayList<>(part.proof().notes());
        notes.add("fails, and then changes nothing, on some rows that the schema allows: " + some.why());
        Proof proof = part.proof();
        return new Part(
                part.changeSets(),
                new Proof(
                        proof.database(),
                        proof.before(),
                        proof.after(),
                        proof.rows(),
                        proof.locks(),
                        proof.changes(),
                        notes));
    }
}
