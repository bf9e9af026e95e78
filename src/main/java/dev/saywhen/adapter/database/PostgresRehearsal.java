package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Rehearses on a throw-away PostgreSQL in the sandbox, whose schema is a proven copy of the target's. */
public final class PostgresRehearsal implements Rehearsal {
    private static final Logger LOG = Logger.getLogger(PostgresRehearsal.class);

    private final Map<ProjectName, Target> targets;
    private final Confinement confinement;
    private final Supplier<Path> programs;
    private final Path folder;
    private final StopSwitch stops;
    private final AtomicLong number = new AtomicLong();

    /** What attempts to roll back took that were rolled back themselves. */
    private final Map<Attempt, List<Loss>> found = new ConcurrentHashMap<>();

    private record Attempt(ProjectName project, List<ChangeSet> changeSets) {
        Attempt {
            changeSets = List.copyOf(changeSets);
        }
    }

    /**
     * @param programs PostgreSQL's own {@code bin}, {@code lib} and {@code share}; unpacked when first asked for
     * @param folder where throw-away servers have their files
     */
    public PostgresRehearsal(
            Map<ProjectName, Target> targets,
            Confinement confinement,
            Supplier<Path> programs,
            Path folder,
            StopSwitch stops) {
        this.targets = Map.copyOf(targets);
        this.confinement = confinement;
        this.programs = programs;
        this.folder = folder;
        this.stops = stops;
    }

    /**
     * Removes the files of throw-away servers that a killed service of this home left behind. What cannot be removed stands
     * in nobody's way.
     */
    public void clearLeftovers() {
        try {
            RehearsalFolder.removeLeftovers(folder);
        } catch (IOException | UncheckedIOException stays) {
            LOG.warnf("Rehearsals: what a service that was killed left stays folder=%s: %s", folder, stays);
        }
    }

    /**
     * The next plan to roll these back says this of them. It is forgotten with the process: then the next attempt finds it
     * anew.
     *
     * @param taken empty once it succeeded
     */
    public void remember(ProjectName project, List<ChangeSet> changeSets, List<Loss> taken) {
        Attempt attempt = new Attempt(project, changeSets);
        if (taken.isEmpty()) {
            found.remove(attempt);
        } else {
            found.put(attempt, List.copyOf(taken));
        }
    }

    @Override
    public Optional<String> database(ProjectName project) {
        return Optional.ofNullable(targets.get(project)).map(Target::shown);
    }

    @Override
    public Rehearsed rehearse(StopSwitch.Epoch began, ProjectName project, List<ChangeLogText> logs) {
        try {
            Target target = targets.get(project);
            boolean mayStandAlone = target != null && target.concurrently();
            ChangeLog.Alone alone = mayStandAlone ? ChangeLog.Alone.ALLOWED : ChangeLog.Alone.REFUSED;
            return onACopy(began, project, read(logs, alone), ChangeRecord.Applied.ALL, Trial::judge);
        } catch (Unfit unfit) {
            return new Rehearsed.Refused(unfit.why());
        }
    }

    private static List<List<ChangeSet>> read(List<ChangeLogText> logs, ChangeLog.Alone alone) throws Unfit {
        List<List<ChangeSet>> steps = new ArrayList<>();
        for (ChangeLogText log : logs) {
            steps.add(ChangeLog.read(log.file().replaceFirst("^src/main/resources/", ""), log.text(), alone));
        }
        return steps;
    }

    @Override
    public Rehearsed rehearseBack(StopSwitch.Epoch began, ProjectName project, List<List<ChangeSet>> steps) {
        return onACopy(
                began,
                project,
                steps,
                ChangeRecord.Applied.NONE,
                (trial, left) -> trial.judgeBack(left).stream()
                        .map(part -> withWhatWasFound(project, part))
                        .toList());
    }

    /** How many rows a rollback takes is known best where it was tried. */
    Part withWhatWasFound(ProjectName project, Part part) {
        List<Loss> taken = found.getOrDefault(new Attempt(project, part.changeSets()), List.of()).stream()
                .filter(loss -> !Toll.isPutBack(loss))
                .toList();
        List<Loss> rows = taken.stream()
                .filter(loss -> loss.how() == Loss.How.ROWS_GO && loss.held() > 0)
                .map(loss -> loss.counting(List.of()))
                .toList();
        Allowance allowance = new Allowance(rows).and(part.proof().losses()).and(taken);
        return new Part(part.changeSets(), part.proof().losing(allowance.losses()));
    }

    @Override
    public Rehearsed rehearseAlone(StopSwitch.Epoch began, List<ChangeLogText> before, List<ChangeLogText> logs) {
        RehearsalUnderWay underWay = new RehearsalUnderWay(confinement);
        try (var _ = stops.onPull(began, underWay)) {
            List<List<ChangeSet>> steps = read(logs, ChangeLog.Alone.REFUSED);
            Ground ground = new Ground.Own(read(before, ChangeLog.Alone.REFUSED));
            try (ThrowAwayServer server = ThrowAwayServer.start(underWay, programs.get(), folder)) {
                return new Rehearsed.Proven(rehearsed(server, ground, steps, Trial::judge));
            }
        } catch (Unfit unfit) {
            return refused(underWay, unfit.why());
        } catch (SQLException broken) {
            return refused(underWay, "I could not rehearse in a database of its own: " + broken.getMessage());
        } catch (IOException impossible) {
            return refused(underWay, "I can't rehearse here. " + impossible.getMessage());
        }
    }

    @Override
    public Digest schema(StopSwitch.Epoch began, ProjectName project) {
        return looking(began, project, connection -> Schema.of(connection).fingerprint());
    }

    @Override
    public boolean isApplied(StopSwitch.Epoch began, ProjectName project, List<ChangeSet> changeSets) {
        return looking(
                began, project, connection -> ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL);
    }

    private interface Looking<T> {
        T look(Connection connection) throws SQLException, Unfit;
    }

    private <T> T looking(StopSwitch.Epoch began, ProjectName project, Looking<T> looking) {
        Target target = targets.get(project);
        if (target == null) {
            throw new IllegalStateException("the project " + project + " has no database");
        }
        RehearsalUnderWay underWay = new RehearsalUnderWay(confinement);
        try (var _ = stops.onPull(began, underWay);
                Session session = underWay.look(target)) {
            onlyLook(session.connection());
            return looking.look(session.connection());
        } catch (SQLException | Unfit unreadable) {
            if (underWay.isCut()) {
                throw new ThoughtCut();
            }
            throw new IllegalStateException("looking at " + target + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** In a read-only transaction, in which nothing is waited for that somebody holds. */
    private static void onlyLook(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'");
        }
    }

    interface Judging {
        List<Part> judge(Trial trial, List<List<ChangeSet>> steps) throws SQLException, Unfit, Trial.NotWithTheseRows;
    }

    private Rehearsed onACopy(
            StopSwitch.Epoch began,
            ProjectName project,
            List<List<ChangeSet>> steps,
            ChangeRecord.Applied done,
            Judging judging) {
        Target target = targets.get(project);
        if (target == null) {
            return new Rehearsed.Refused("The project " + project + " has no database. Configure saywhen.projects.\""
                    + project + "\".database-url, or leave the database out.");
        }
        RehearsalUnderWay underWay = new RehearsalUnderWay(confinement);
        try (var _ = stops.onPull(began, underWay)) {
            return new Rehearsed.Proven(rehearsed(underWay, target, steps, done, judging));
        } catch (Unfit unfit) {
            return refused(underWay, unfit.why());
        } catch (SQLException broken) {
            return refused(
                    underWay, "I could not rehearse on a copy of " + target.shown() + ": " + broken.getMessage());
        } catch (IOException impossible) {
            return refused(
                    underWay, "I can't rehearse here, and without it I change no database. " + impossible.getMessage());
        }
    }

    private static Rehearsed refused(RehearsalUnderWay underWay, String why) {
        if (underWay.isCut()) {
            throw new ThoughtCut();
        }
        return new Rehearsed.Refused(why);
    }

    /**
     * What the target's own record says is done already needs no rehearsal: a step that was committed before the service
     * could note it, or a way back that was.
     */
    private List<Part> rehearsed(
            RehearsalUnderWay underWay,
            Target target,
            List<List<ChangeSet>> steps,
            ChangeRecord.Applied done,
            Judging judging)
            throws SQLException, Unfit, IOException {
        List<Part> parts = new ArrayList<>();
        List<List<ChangeSet>> left = new ArrayList<>();
        Ground ground;
        try (Session session = underWay.look(target)) {
            Connection connection = session.connection();
            onlyLook(connection);
            Digest now = Migration.schema(connection).fingerprint();
            for (List<ChangeSet> step : steps) {
                if (!left.isEmpty() || ChangeRecord.applied(connection, step) != done) {
                    left.add(step);
                } else {
                    parts.add(isSoAlready(target.shown(), now, step));
                }
            }
            ground = Ground.Copy.of(connection, target.shown(), target.sample());
        }
        if (!left.isEmpty()) {
            try (ThrowAwayServer server = ThrowAwayServer.start(underWay, programs.get(), folder)) {
                parts.addAll(rehearsed(server, ground, left, judging));
            }
        }
        if (parts.stream().allMatch(part -> part.proof().losses().isEmpty())) {
            return parts;
        }
        try (Session session = underWay.look(target)) {
            return counted(session.connection(), parts);
        }
    }

    /** What the copy showed to go is counted where it would go. */
    static List<Part> counted(Connection connection, List<Part> parts) throws SQLException, Unfit {
        onlyLook(connection);
        List<Part> counted = new ArrayList<>();
        try {
            for (Part part : parts) {
                Allowance allowance = new Allowance(part.proof().losses()).counted(connection);
                counted.add(new Part(part.changeSets(), part.proof().losing(allowance.losses())));
            }
        } catch (SQLException failure) {
            if (Migration.isTimeout(failure)) {
                throw new Unfit("I could not count what would go: somebody holds a lock on it, or it is too much to be"
                        + " counted in 2 min. Say `undo` again when that has changed.");
            }
            throw failure;
        }
        return counted;
    }

    private static Part isSoAlready(String target, Digest now, List<ChangeSet> step) {
        return new Part(
                step,
                new Proof(
                        target,
                        now,
                        now,
                        0,
                        List.of(),
                        List.of(),
                        List.of("is so in the database already; nothing is run")));
    }

    List<Part> rehearsed(ThrowAwayServer server, Ground ground, List<List<ChangeSet>> steps, Judging judging)
            throws SQLException, Unfit {
        String database = "copy_" + number.incrementAndGet();
        try {
            return judged(server, database, ground, RowMaker.Sort.WILD, steps, judging);
        } catch (Trial.NotWithTheseRows some) {
            server.dropDatabase(database);
            try {
                List<Part> parts = judged(server, database, ground, RowMaker.Sort.TAME, steps, judging);
                return parts.stream().map(part -> noting(part, some)).toList();
            } catch (Trial.NotWithTheseRows any) {
                throw new Unfit(any.why());
            }
        }
    }

    private static List<Part> judged(
            ThrowAwayServer server,
            String database,
            Ground ground,
            RowMaker.Sort rows,
            List<List<ChangeSet>> steps,
            Judging judging)
            throws SQLException, Unfit, Trial.NotWithTheseRows {
        Trial trial = new Trial(server, database, ground);
        trial.prepare(rows);
        return judging.judge(trial, steps);
    }

    static Part noting(Part part, Trial.NotWithTheseRows some) {
        List<String> notes = new ArrayList<>(part.proof().notes());
        notes.add("fails, and then changes nothing, on some rows that the schema allows: " + some.why());
        return new Part(part.changeSets(), part.proof().noting(notes));
    }
}
