package dev.saywhen.adapter.database;

import dev.saywhen.adapter.database.sql.ConcurrentIndex;
import dev.saywhen.adapter.database.sql.Script;
import dev.saywhen.plan.ChangeSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs change sets within the transaction of a connection, statement by statement. The same for a copy and for the target. */
final class Changes {
    /** What is put off until the commit is done now, so that nothing of it runs after the last look. */
    private static final String NOTHING_PUT_OFF = "SET CONSTRAINTS ALL IMMEDIATE";

    /** What a change set does to its own names holds for itself alone; nothing temporary is taken for what stays. */
    private static final String OWN_NAMES_ENDED = """
            SET LOCAL search_path TO DEFAULT;
            SELECT pg_catalog.set_config('search_path',
              pg_catalog.concat_ws(', ', nullif(pg_catalog.current_setting('search_path'), ''), 'pg_temp'), true)
            """;

    private Changes() {}

    /** @return the tables that were emptied, in full, with how many rows each had */
    static SortedMap<String, Long> apply(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        SortedMap<String, Long> emptied = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Counting counting = new Counting(statement, emptied);
            for (ChangeSet changeSet : changeSets) {
                for (var each : Script.statements(changeSet.apply())) {
                    counting.run(changeSet, inATransaction(each), each.brief());
                }
                statement.execute(OWN_NAMES_ENDED);
            }
            counting.run(changeSets.getLast(), NOTHING_PUT_OFF, "what was put off until the end");
        }
        return emptied;
    }

    /** The newest first. A way back may write as many rows as it has to; what it took is told. */
    static Toll rollBack(Connection connection, List<ChangeSet> changeSets) throws SQLException {
        Holders before = Holders.at(connection);
        Kept kept = Kept.of(connection, before);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (ChangeSet changeSet : changeSets.reversed()) {
                for (var each : Script.statements(changeSet.rollback())) {
                    statement.execute(each.text());
                }
                statement.execute(OWN_NAMES_ENDED);
            }
            statement.execute(NOTHING_PUT_OFF);
        }
        Holders after = Holders.at(connection);
        return new Toll(before, after, kept.leftOut(connection, before, after));
    }

    private static String inATransaction(dev.saywhen.adapter.database.sql.Statement statement) {
        return ConcurrentIndex.of(statement)
                .map(ConcurrentIndex::inATransaction)
                .orElse(statement.text());
    }

    /** Runs statements and counts the rows that each writes. */
    private static final class Counting {
        private final Statement statement;
        private final SortedMap<String, Long> emptied;
        private Tables before;

        Counting(Statement statement, SortedMap<String, Long> emptied) throws SQLException {
            this.statement = statement;
            this.emptied = emptied;
            this.before = Tables.at(statement);
        }

        /** Throws if it writes more than it may. */
        void run(ChangeSet changeSet, String sql, String what) throws SQLException {
            statement.execute("SAVEPOINT counting");
            statement.execute(sql);
            Tables after = Tables.at(statement);
            long gone = 0;
            List<String> empty = after.emptiedSince(before, statement);
            if (!empty.isEmpty()) {
                statement.execute("ROLLBACK TO SAVEPOINT counting");
                gone = counted(empty);
                refuse(changeSet, what, gone);
                statement.execute(sql);
                after = Tables.at(statement);
            }
            refuse(changeSet, what, gone + after.writtenSince(before));
            statement.execute("RELEASE SAVEPOINT counting");
            before = after;
        }

        /** What is emptied is counted nowhere by PostgreSQL, so it is taken back, counted and done again. */
        private long counted(List<String> tables) throws SQLException {
            long rows = 0;
            for (String table : tables) {
                statement.execute("LOCK TABLE ONLY " + table + " IN ACCESS EXCLUSIVE MODE");
                try (ResultSet row = statement.executeQuery("SELECT pg_catalog.count(*) FROM ONLY " + table)) {
                    row.next();
                    emptied.merge(table, row.getLong(1), Long::sum);
                    rows += row.getLong(1);
                }
            }
            return rows;
        }

        private static void refuse(ChangeSet changeSet, String what, long rows) throws TooManyRows {
            if (rows > changeSet.mostRows()) {
                throw new TooManyRows(
                        "Change set %s: `%s` writes %,d rows, and the plan allows %,d. Say how many with a line `--rows: N` in it."
                                .formatted(changeSet.name(), what, rows, changeSet.mostRows()));
            }
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
