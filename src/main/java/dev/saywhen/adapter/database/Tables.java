package dev.saywhen.adapter.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the tables stand at a moment of a transaction: which file holds each, and how many rows were written in it by now.
 * Counts by what happened, not by words: what triggers, cascades and blocks of code write is in it.
 *
 * <p>Whatever a change set did to its own names, this asks PostgreSQL's own catalog, with its own functions.
 */
record Tables(Map<Long, Table> byId) {
    private static final String ALL = """
            SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relkind, c.relfilenode,
              pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS inserted,
              pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS updated,
              pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS deleted
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,m}'::pg_catalog."char"[])
              AND n.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,information_schema,pg_toast,saywhen_watch}'::pg_catalog.name[])
            """;

    private record Table(String name, boolean isTable, long file, long inserted, long changed) {
        /** What a table was before it was made. */
        static final Table NONE = new Table("", false, -1, 0, 0);
    }

    static Tables at(Statement statement) throws SQLException {
        Map<Long, Table> tables = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                tables.put(
                        rows.getLong("oid"),
                        new Table(
                                rows.getString("name"),
                                rows.getString("relkind").equals("r"),
                                rows.getLong("relfilenode"),
                                rows.getLong("inserted"),
                                rows.getLong("updated") + rows.getLong("deleted")));
            }
        }
        return new Tables(tables);
    }

    /**
     * Tables that hold nothing of what they held: their file is a new one, and it is empty or was filled by inserts. One that
     * is only written anew, by a change of type, has rows without inserts.
     */
    List<String> emptiedSince(Tables before, Statement statement) throws SQLException {
        List<String> emptied = new ArrayList<>();
        for (Map.Entry<Long, Table> each : byId.entrySet()) {
            Table table = each.getValue();
            Table was = before.byId.getOrDefault(each.getKey(), Table.NONE);
            boolean isNewFile = was.isTable() && table.file() != was.file();
            if (isNewFile && (table.inserted() > 0 || isEmpty(statement, each.getKey()))) {
                emptied.add(was.name());
            }
        }
        return emptied;
    }

    private static boolean isEmpty(Statement statement, long table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_relation_size(" + table + ")")) {
            row.next();
            return row.getLong(1) == 0;
        }
    }

    /** PostgreSQL begins to count anew where a table is emptied. */
    long writtenSince(Tables before) {
        long written = 0;
        for (Map.Entry<Long, Table> each : byId.entrySet()) {
            Table now = each.getValue();
            Table was = before.byId.getOrDefault(each.getKey(), Table.NONE);
            boolean isAnew = now.file() != was.file();
            written += Math.max(0, now.inserted() - (isAnew ? 0 : was.inserted()));
            written += Math.max(0, now.changed() - (isAnew ? 0 : was.changed()));
        }
        return written;
    }
}
