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
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_xact_user_tables";

    private Changes() {}

    static void apply(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        for (ChangeSet changeSet : changeSets) {
            run(connection, changeSet, changeSet.apply(), changeSet.mostRows());
        }
    }

    /** The newest first. A way back may write as many rows as it has to. */
    static void rollBack(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        for (ChangeSet changeSet : changeSets.reversed()) {
            run(connection, changeSet, changeSet.rollback(), Long.MAX_VALUE);
        }
    }

    private static void run(Connection connection, ChangeSet changeSet, String sql, long mostRows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            long before = written(statement);
            for (dev.saywhen.adapter.database.sql.Statement each : Script.statements(sql)) {
                statement.execute(each.text());
                long after = written(statement);
                if (after - before > mostRows) {
                    throw new TooManyRows(
                            "Change set %s: `%s` writes %,d rows, and the plan allows %,d. Say how many with a line `--rows: N` in it."
                                    .formatted(changeSet.name(), each.brief(), after - before, mostRows));
                }
                before = after;
            }
        }
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
