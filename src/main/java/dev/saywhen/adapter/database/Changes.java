package dev.saywhen.adapter.database;

import dev.saywhen.adapter.database.sql.Script;
import dev.saywhen.plan.ChangeSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Runs change sets within the transaction of a connection, statement by statement. The same for a copy and for the target. */
final class Changes {
    /** Counts by what happened, not by words: what triggers, cascades and blocks of code write is in it. */
    private static final String ROWS_WRITTEN =
            "SELECT coalesce(pg_catalog.sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::pg_catalog.int8"
                    + " FROM pg_catalog.pg_stat_xact_user_tables";

    /** What is put off until the commit is done now, so that nothing of it runs after the last look. */
    private static final String NOTHING_PUT_OFF = "SET CONSTRAINTS ALL IMMEDIATE";

    /** What a change set does to its own names holds for itself alone. */
    private static final String OWN_NAMES_ENDED = "SET LOCAL search_path TO DEFAULT";

    private Changes() {}

    static void apply(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        for (ChangeSet changeSet : changeSets) {
            run(connection, changeSet, changeSet.apply(), changeSet.mostRows());
        }
        putNothingOff(connection, changeSets.getLast(), changeSets.getLast().mostRows());
    }

    /** The newest first. A way back may write as many rows as it has to. */
    static void rollBack(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        for (ChangeSet changeSet : changeSets.reversed()) {
            run(connection, changeSet, changeSet.rollback(), Long.MAX_VALUE);
        }
        putNothingOff(connection, changeSets.getFirst(), Long.MAX_VALUE);
    }

    private static void run(Connection connection, ChangeSet changeSet, String sql, long mostRows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            long before = written(statement);
            for (dev.saywhen.adapter.database.sql.Statement each : Script.statements(sql)) {
                statement.execute(each.text());
                before = counted(statement, changeSet, each.brief(), before, mostRows);
            }
            statement.execute(OWN_NAMES_ENDED);
        }
    }

    private static void putNothingOff(Connection connection, ChangeSet last, long mostRows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long before = written(statement);
            statement.execute(NOTHING_PUT_OFF);
            counted(statement, last, "what was put off until the end", before, mostRows);
        }
    }

    /** How many rows were written by now; throws if one statement wrote more than it may. */
    private static long counted(Statement statement, ChangeSet changeSet, String what, long before, long mostRows)
            throws SQLException {
        long after = written(statement);
        if (after - before > mostRows) {
            throw new TooManyRows(
                    "Change set %s: `%s` writes %,d rows, and the plan allows %,d. Say how many with a line `--rows: N` in it."
                            .formatted(changeSet.name(), what, after - before, mostRows));
        }
        return after;
    }

    private static long written(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(ROWS_WRITTEN)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A statement wrote more than the plan allows. */
    static final class TooManyRows extends SQLException {
        private static final long serialVersionUID = 1;

        private final String why;

        TooManyRows(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }
}
