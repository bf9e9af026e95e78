package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that hold rows and the columns that hold values at a moment, by what stays theirs whatever they are called and
 * wherever they are moved. What was put aside to be put back ({@code saywhen_keep}) is nobody's loss.
 */
record Holders(Map<Id, Loss> byId) {
    private static final String ALL = """
            SELECT c.oid, a.attnum, format('%I.%I', n.nspname, c.relname) AS name, quote_ident(a.attname) AS attribute
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN (SELECT attrelid, attnum, attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
                    UNION ALL SELECT oid, 0, '' FROM pg_class) a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'
              AND n.nspname NOT IN ('information_schema', 'saywhen_watch', 'saywhen_keep')
              AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
            ORDER BY 3, 2
            """;

    /** @param column 0 for the table itself */
    private record Id(long table, int column) {}

    static Holders at(Connection connection) throws SQLException {
        Map<Id, Loss> holders = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                Id id = new Id(rows.getLong("oid"), rows.getInt("attnum"));
                String column = id.column() == 0 ? "" : rows.getString("attribute");
                holders.put(id, new Loss(rows.getString("name"), column, 0));
            }
        }
        return new Holders(holders);
    }

    /** Tables that are gone then, and columns that are gone from a table that is not. */
    List<Loss> goneIn(Holders then) {
        return byId.entrySet().stream()
                .filter(holder -> !then.byId.containsKey(holder.getKey()))
                .filter(holder -> holder.getKey().column() == 0
                        || then.byId.containsKey(new Id(holder.getKey().table(), 0)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The same, with how much of it there is in the database of the connection. */
    static List<Loss> counted(Connection connection, List<Loss> losses) throws SQLException {
        List<Loss> counted = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (Loss loss : losses) {
                counted.add(loss.holding(count(statement, loss)));
            }
        }
        return counted;
    }

    /** Throws where more would go than the plan says. Nobody writes there from then on until the transaction ends. */
    static void refuseMore(Connection connection, List<Loss> losses) throws SQLException, Unfit {
        try (Statement statement = connection.createStatement()) {
            for (Loss loss : losses) {
                statement.execute("LOCK TABLE ONLY " + loss.table() + " IN ACCESS EXCLUSIVE MODE");
                long now = count(statement, loss);
                if (now > loss.held()) {
                    throw new Unfit("The " + loss.name() + " holds " + loss.counted(now)
                            + " now, and by the plan " + loss.counted(loss.held())
                            + " would go. Stop what writes there, then say `undo` for a fresh plan.");
                }
            }
        }
    }

    private static long count(Statement statement, Loss loss) throws SQLException {
        String what = loss.isWholeTable() ? "*" : loss.column();
        try (ResultSet row =
                statement.executeQuery("SELECT pg_catalog.count(" + what + ") FROM ONLY " + loss.table())) {
            row.next();
            return row.getLong(1);
        }
    }
}
