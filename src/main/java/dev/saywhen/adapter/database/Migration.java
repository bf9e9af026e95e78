package dev.saywhen.adapter.database;

import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.CutOff;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One change of the target in one transaction: the locks first, then the look whether the schema is the rehearsed one, then
 * the change, then the look whether it came to the rehearsed schema, then the record of it, then the clearance, then the
 * commit.
 *
 * <p>A cut-off cancels what runs, ends the session after two seconds, and then looks in the database what became of it.
 */
final class Migration implements CutOff {
    private static final Duration PATIENCE = Session.PATIENCE;
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(50);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    /** Long enough to build an index on a large table. */
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(10);

    /** Everybody's changes queue for this one; the second number is "saywhen" as bytes, cut to what fits. */
    private static final String TURN = "(7889, 1935767927)";

    /** What PostgreSQL calls it, its manual's appendix A. */
    private static final String LOCKED = "55P03";

    private static final String DEADLOCKED = "40P01";
    private static final String FULL = "53100";
    private static final String TIMED_OUT = "57014";

    /** A session whose service is frozen keeps nobody waiting for long, in a transaction or between two. */
    private static final String IDLE =
            "SET idle_in_transaction_session_timeout = '15s'; SET idle_session_timeout = '15s'";

    private final Target target;
    private final Change change;
    private final List<ChangeSet> changeSets;
    private final Proof proof;
    private final String by;
    private final Consumer<String> thread;
    private final Duration longest;
    private final CountDownLatch over = new CountDownLatch(1);

    // Written by whoever changes the database and read by whoever cuts that off, or the other way round.
    private volatile boolean isBegun;
    private volatile boolean isCut;
    private volatile boolean isBuilding;
    private volatile boolean isBuilt;
    private volatile @Nullable Session session;

    private List<Loss> taken = List.of();

    /** Which way. */
    enum Change {
        APPLY,
        ROLL_BACK
    }

    /**
     * @param by who does it, for the record in the database
     * @param thread says something where people talk about it
     */
    Migration(
            Target target, Change change, List<ChangeSet> changeSets, Proof proof, String by, Consumer<String> thread) {
        this(target, change, changeSets, proof, by, thread, LONGEST_STATEMENT);
    }

    /** @param longest how long one statement may take */
    Migration(
            Target target,
            Change change,
            List<ChangeSet> changeSets,
            Proof proof,
            String by,
            Consumer<String> thread,
            Duration longest) {
        this.target = target;
        this.change = change;
        this.changeSets = changeSets;
        this.proof = proof;
        this.by = by;
        this.thread = thread;
        this.longest = longest;
    }

    /**
     * @param spend called right before the commit; what it throws rolls everything back
     * @return false if there was nothing to do
     * @throws IOException with what happened to the database, where it did not come to the end
     */
    boolean run(Runnable spend) throws IOException {
        return run(spend, () -> {});
    }

    /**
     * @param spend called right before what cannot be rolled back: a commit, or an index built outside of a transaction
     * @param lookAgain called where that took time, before the commit; what it throws takes everything back
     */
    boolean run(Runnable spend, Runnable lookAgain) throws IOException {
        isBegun = true;
        try (Session opened = openedUnlessCut()) {
            session = opened;
            Connection connection = opened.connection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(IDLE);
            }
            // Whatever the role's default is: a lock that was waited for shows what others committed meanwhile.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            if (isCut) {
                throw cutBeforeItBegan();
            }
            try {
                return isAlone() ? built(connection, spend, lookAgain) : changed(connection, spend);
            } catch (SQLException | Unfit | RuntimeException failure) {
                rollBackQuietly(connection);
                throw failure;
            }
        } catch (Unfit unfit) {
            throw new IOException(unfit.why() + " Nothing was changed.", unfit);
        } catch (Uncertain uncertain) {
            throw new IOException(settled(uncertain), uncertain);
        } catch (SQLException failure) {
            throw new IOException(explained(failure), failure);
        } catch (RuntimeException halted) {
            refuseUnknown(halted);
            throw halted;
        } finally {
            over.countDown();
        }
    }

    /** An index that was built may not have let itself be dropped; everything else went with the session. */
    private void refuseUnknown(RuntimeException halted) throws IOException {
        String found = isBuilding ? found() : "";
        if (isUnknown(found)) {
            throw new IOException(halted.getMessage() + " " + found, halted);
        }
    }

    /** What a rollback took before it ended, well or not. For whoever ran it. */
    List<Loss> taken() {
        return taken;
    }

    private Session openedUnlessCut() throws SQLException, IOException {
        if (isCut) {
            throw cutBeforeItBegan();
        }
        return Session.open(target, longest);
    }

    private static IOException cutBeforeItBegan() {
        return new IOException("Cut off before it was begun; the database is as it was.");
    }

    private boolean isAlone() {
        return change == Change.APPLY && changeSets.getFirst().standsAlone();
    }

    private boolean changed(Connection connection, Runnable spend) throws SQLException, Unfit {
        takeTurn(connection, "xact_");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '2s'");
            refuseWithoutCounts(statement);
        }
        if (isDone(connection)) {
            connection.rollback();
            return false;
        }
        Schema before = schemaAsRehearsed(connection);
        switch (change) {
            case APPLY -> {
                Changes.apply(connection, changeSets);
                ChangeRecord.add(connection, changeSets, by, deployment());
            }
            case ROLL_BACK -> {
                Allowance allowed = new Allowance(proof.losses());
                allowed.refuseMoreHeld(connection);
                taken = Changes.rollBack(connection, changeSets).losses();
                allowed.refuseMoreTaken(taken);
                ChangeRecord.remove(connection, changeSets);
            }
        }
        refuseAnythingElse(before, schema(connection));
        spend.run();
        commit(connection);
        return true;
    }

    /** How many rows a change writes is known from the server alone. */
    private static void refuseWithoutCounts(Statement statement) throws SQLException, Unfit {
        try (ResultSet row = statement.executeQuery("SHOW track_counts")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new Unfit(
                        "The server does not count the rows that are written (track_counts is off for this role or"
                                + " database), so I could not tell when it is more than the plan says. Switch it on.");
            }
        }
    }

    /** Everybody waits for this session's turn to end with it. */
    private boolean built(Connection connection, Runnable spend, Runnable lookAgain) throws SQLException, Unfit {
        takeTurn(connection, "");
        connection.commit();
        boolean isDone = isDone(connection);
        Schema before = isDone ? schema(connection) : schemaAsRehearsed(connection);
        connection.rollback();
        if (isDone) {
            return false;
        }
        StandingAlone alone = new StandingAlone(changeSets);
        spend.run();
        try {
            connection.setAutoCommit(true);
            isBuilding = true;
            refuseIfCut(); // a cancel that came before the build met a session that did nothing
            alone.build(connection);
            isBuilt = true;
            refuseIfCut();
            connection.setAutoCommit(false);
            refuseAnythingElse(before, schema(connection));
            ChangeRecord.add(connection, changeSets, by, deployment());
            lookAgain.run();
        } catch (SQLException | Unfit | RuntimeException failed) {
            takeBackQuietly(alone, connection);
            throw failed;
        }
        commit(connection);
        return true;
    }

    private void refuseIfCut() throws SQLException {
        if (isCut) {
            throw new SQLException("cut off");
        }
    }

    private boolean isDone(Connection connection) throws SQLException, Unfit {
        boolean isThere = ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL;
        return isThere == (change == Change.APPLY);
    }

    private Schema schemaAsRehearsed(Connection connection) throws SQLException, Unfit {
        if (!target.shown().equals(proof.database())) {
            throw new Unfit("The plan is for " + proof.database() + ", and the project's database is " + target.shown()
                    + " now. Say `plan` for a fresh one.");
        }
        Schema before = schema(connection);
        if (!before.fingerprint().equals(proof.before())) {
            throw new Unfit(
                    "The schema of " + target.shown()
                            + " is not the one that this was rehearsed on: somebody changed it since. Say `plan` for a fresh one.");
        }
        return before;
    }

    private void refuseAnythingElse(Schema before, Schema after) throws Unfit {
        if (!after.fingerprint().equals(proof.after())) {
            throw new Unfit("It came to another schema than on the copy, so I rolled it back: "
                    + Schema.few(before.changesTo(after)) + ".");
        }
    }

    private static void commit(Connection connection) throws Uncertain {
        try {
            connection.commit();
        } catch (SQLException unclear) {
            throw new Uncertain(unclear);
        }
    }

    /** Where it can't, whoever looks next tries again and says so. */
    private void takeBackQuietly(StandingAlone alone, Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            takeBack(alone, connection);
        } catch (SQLException lost) {
            // found() looks whether anything is left.
        }
    }

    /** Somebody else may have made an index of that name meanwhile: a valid one is ours only if the build said so. */
    private void takeBack(StandingAlone alone, Connection connection) throws SQLException {
        if (isBuilt) {
            alone.drop(connection);
        } else if (isBuilding) {
            alone.dropUnfinished(connection);
        }
    }

    /**
     * Asks again and again, each time in a transaction of its own: whoever waited within one would keep an index from being
     * built, which waits for every transaction that is older.
     *
     * @param reach {@code xact_} for the transaction, which goes on, nothing for the session
     */
    private void takeTurn(Connection connection, String reach) throws SQLException {
        long end = System.nanoTime() + longest.toNanos();
        boolean isTold = false;
        while (!isOurTurn(connection, reach)) {
            connection.rollback();
            if (!isTold) {
                isTold = true;
                thread.accept(
                        "Waiting: another change of " + target.shown()
                                + " is under way. Mine begins when it has ended, if the schema is still the rehearsed one then.");
            }
            refuseIfCut();
            if (System.nanoTime() > end) {
                throw new SQLException("another change is under way still", TIMED_OUT);
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    private static boolean isOurTurn(Connection connection, String reach) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_" + reach + "lock" + TURN)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private String deployment() {
        return proof.after().code();
    }

    /** Leaves the search path as it was. */
    static Schema schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT looking");
            Schema schema = Schema.of(connection);
            statement.execute("ROLLBACK TO SAVEPOINT looking");
            return schema;
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // The server rolls back whatever loses its session.
        }
    }

    private String explained(SQLException failure) {
        String why = isCut
                ? "Cut off."
                : switch (String.valueOf(failure.getSQLState())) {
                    case LOCKED -> "Somebody else holds a lock that this needs, and I wait for it no longer than 2 s.";
                    case DEADLOCKED -> "Somebody else waited for my locks while I waited for theirs.";
                    case TIMED_OUT ->
                        "One statement, the count of what goes, or the wait for another change, took over %d s, which is the longest."
                                .formatted(longest.toSeconds());
                    case FULL -> "The disk of the database is full (" + failure.getMessage() + ").";
                    default -> failure.getMessage() + ".";
                };
        return why + " " + found();
    }

    /** Something was waited for, or done, as long as it may be. */
    static boolean isTimeout(SQLException failure) {
        return LOCKED.equals(failure.getSQLState()) || TIMED_OUT.equals(failure.getSQLState());
    }

    private String settled(Uncertain uncertain) {
        return "The connection was lost at the commit (" + uncertain.getMessage() + "). " + found();
    }

    /** What became of it, said only after looking. */
    String found() {
        try (Connection connection = target.login()) {
            Session ended = session;
            if (ended != null && !ended.isGone(connection)) {
                return unknown("its session is alive still");
            }
            boolean isThere = ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL;
            boolean isCommitted = isThere == (change == Change.APPLY);
            if (isBuilding && !isCommitted) {
                StandingAlone alone = new StandingAlone(changeSets);
                takeBack(alone, connection);
                if (alone.isThere(connection)) {
                    return unknown("its index is there and was not noted as applied");
                }
            }
            return "Database %s: %s %s, looked at."
                    .formatted(
                            target.shown(),
                            String.join(
                                    ", ",
                                    changeSets.stream().map(ChangeSet::name).toList()),
                            isCommitted ? done() : "rolled back, as before this step");
        } catch (SQLException | Unfit unreadable) {
            return unknown(String.valueOf(unreadable.getMessage()));
        }
    }

    private String done() {
        return change == Change.APPLY ? "committed" : "taken back, committed";
    }

    private static boolean isUnknown(String found) {
        return found.contains("outcome unknown");
    }

    private String unknown(String why) {
        return "Database " + target.shown() + ": outcome unknown (" + why + ").";
    }

    @Override
    public Report cut() {
        isCut = true;
        if (!isBegun) {
            return Report.NOTHING;
        }
        try {
            if (!isOverByCancelling()) {
                terminate();
                over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (SQLException lost) {
            // Whether anything of it is left is looked at next.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (session == null) {
            return over.getCount() == 0
                    ? Report.NOTHING
                    : new Report(0, List.of("a session on " + target.shown() + " that is being begun"));
        }
        String found = found();
        return isUnknown(found)
                ? new Report(0, List.of(found))
                : new Report(0, List.of(), List.of("1 transaction cut. " + found));
    }

    /** A cancel that meets the session between two statements does nothing, so it is told again. */
    private boolean isOverByCancelling() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            cancelQuietly();
            if (over.await(CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } while (System.nanoTime() < end);
        return false;
    }

    private void cancelQuietly() {
        Session running = session;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException closed) {
                // Its end is waited for, and then looked for.
            }
        }
    }

    private void terminate() throws SQLException {
        Session running = session;
        if (running != null) {
            running.terminate();
        }
    }

    /** The commit was sent and its answer did not come. */
    private static final class Uncertain extends SQLException {
        private static final long serialVersionUID = 1;

        Uncertain(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
