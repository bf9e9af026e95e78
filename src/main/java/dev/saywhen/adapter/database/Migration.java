package dev.saywhen.adapter.database;

import dev.saywhen.plan.ChangeSet;
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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One change of the target in one transaction: the locks first, then the look whether the schema is the rehearsed one, then
 * the change, then the look whether it came to the rehearsed schema, then the record of it, then the clearance, then the
 * commit.
 *
 * <p>A cut-off cancels the statement, ends the session after two seconds, and then looks in the database what became of it.
 */
final class Migration implements CutOff {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Everybody's changes queue for this one; the second number is "saywhen" as bytes, cut to what fits. */
    private static final String TURN = "SELECT pg_advisory_xact_lock(7889, 1935767927)";

    /** Nothing of ours outlives a service that is frozen or killed for long, or keeps others waiting. */
    private static final List<String> LIMITS = List.of(
            "SET LOCAL client_connection_check_interval = '500ms'",
            "SET LOCAL idle_in_transaction_session_timeout = '15s'",
            "SET LOCAL statement_timeout = '10min'");

    private final Target target;
    private final Change change;
    private final List<ChangeSet> changeSets;
    private final Proof proof;
    private final String by;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Connection session;
    private volatile int backend;
    private volatile boolean isCut;

    /** Which way. */
    enum Change {
        APPLY,
        ROLL_BACK
    }

    /** @param by who does it, for the record in the database */
    Migration(Target target, Change change, List<ChangeSet> changeSets, Proof proof, String by) {
        this.target = target;
        this.change = change;
        this.changeSets = changeSets;
        this.proof = proof;
        this.by = by;
    }

    /**
     * @param spend called right before the commit; what it throws rolls everything back
     * @return false if there was nothing to do
     * @throws IOException with what happened to the database, where it did not come to the end
     */
    boolean run(Runnable spend) throws IOException {
        try (Connection connection = target.login()) {
            session = connection;
            connection.setAutoCommit(false);
            backend = connection.unwrap(PGConnection.class).getBackendPID();
            if (isCut) {
                throw new IOException("Cut off before it was begun; the database is as it was.");
            }
            try {
                return changed(connection, spend);
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
        } finally {
            over.countDown();
        }
    }

    private boolean changed(Connection connection, Runnable spend) throws SQLException, Unfit {
        try (Statement statement = connection.createStatement()) {
            for (String limit : LIMITS) {
                statement.execute(limit);
            }
            statement.execute(TURN);
            statement.execute("SET LOCAL lock_timeout = '2s'");
        }
        boolean isThere = ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL;
        if (isThere == (change == Change.APPLY)) {
            connection.rollback();
            return false;
        }
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
        switch (change) {
            case APPLY -> {
                Changes.apply(connection, changeSets);
                ChangeRecord.add(connection, changeSets, by, deployment());
            }
            case ROLL_BACK -> {
                Changes.rollBack(connection, changeSets);
                ChangeRecord.remove(connection, changeSets);
            }
        }
        Schema after = schema(connection);
        if (!after.fingerprint().equals(proof.after())) {
            throw new Unfit("It came to another schema than on the copy, so I rolled it back: "
                    + Schema.few(before.changesTo(after)) + ".");
        }
        spend.run();
        try {
            connection.commit();
        } catch (SQLException unclear) {
            throw new Uncertain(unclear);
        }
        return true;
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
        String state = String.valueOf(failure.getSQLState());
        String why = isCut
                ? "Cut off."
                : state.equals("55P03")
                        ? "Somebody else holds a lock that this needs, and I wait for it no longer than 2 s."
                        : failure.getMessage() + ".";
        return why + " " + found();
    }

    private String settled(Uncertain uncertain) {
        return "The connection was lost at the commit (" + uncertain.getMessage() + "). " + found();
    }

    /** What became of it, said only after looking. */
    String found() {
        try (Connection connection = target.login()) {
            if (backend != 0 && !isGone(connection)) {
                return unknown("its session is alive still");
            }
            boolean isThere = ChangeRecord.applied(connection, changeSets) == ChangeRecord.Applied.ALL;
            boolean isCommitted = isThere == (change == Change.APPLY);
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

    private String unknown(String why) {
        return "Database " + target.shown() + ": outcome unknown (" + why + ").";
    }

    /** Waits for the end of the session, which follows a lost connection within its check interval. */
    private boolean isGone(Connection connection) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (!isAlive(connection)) {
                return true;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(20).toNanos());
        } while (System.nanoTime() < end);
        return false;
    }

    private boolean isAlive(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE pid = " + backend
                        + " AND application_name = '" + Target.APPLICATION + "'")) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    @Override
    public Report cut() {
        isCut = true;
        Connection connection = session;
        if (connection == null) {
            return Report.NOTHING;
        }
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                terminate();
                over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (SQLException lost) {
            // Whether anything of it is left is looked at next.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        String found = found();
        return found.contains("outcome unknown")
                ? new Report(0, List.of(found))
                : new Report(0, List.of(), List.of("1 transaction cut. " + found));
    }

    private void terminate() throws SQLException {
        try (Connection other = target.login();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + backend + ")");
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
