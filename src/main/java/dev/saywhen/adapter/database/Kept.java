package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.How;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows each table holds of what was put aside to be put back. A rollback that leaves some of them out, for another
 * row has their key by now or a trigger refuses them, loses the last of them there are.
 *
 * @param rows by the number of the table
 */
record Kept(Map<Long, Long> rows) {
    Kept {
        rows = Map.copyOf(rows);
    }

    static Kept of(Connection connection, Holders holders) throws SQLException {
        Map<Long, String> names = new LinkedHashMap<>();
        holders.byId().forEach((id, table) -> {
            if (Toll.isKept(table.place())) {
                names.put(id, table.name());
            }
        });
        return counted(connection, names);
    }

    private static Kept counted(Connection connection, Map<Long, String> names) throws SQLException {
        Map<Long, Long> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (Map.Entry<Long, String> table : names.entrySet()) {
                try (ResultSet row =
                        statement.executeQuery("SELECT pg_catalog.count(*) FROM ONLY " + table.getValue())) {
                    row.next();
                    rows.put(table.getKey(), row.getLong(1));
                }
            }
        }
        return new Kept(rows);
    }

    /** What is not there any more beyond the rows that were written elsewhere meanwhile. */
    List<Loss> leftOut(Connection connection, Holders before, Holders after) throws SQLException {
        Map<Long, String> there = new LinkedHashMap<>();
        after.byId().forEach((id, table) -> {
            if (rows.containsKey(id)) {
                there.put(id, table.name());
            }
        });
        Kept still = counted(connection, there);
        long putBack = after.writtenSince(before);
        List<Loss> leftOut = new ArrayList<>();
        for (Map.Entry<Long, Holders.Table> table : before.byId().entrySet()) {
            long gone = rows.getOrDefault(table.getKey(), 0L) - still.rows.getOrDefault(table.getKey(), 0L);
            if (gone > putBack) {
                Loss.Place place = table.getValue().place();
                leftOut.add(new Loss(place, How.ROWS_GO, List.of(place), gone - putBack));
            }
            putBack -= Math.clamp(gone, 0, putBack);
        }
        return leftOut;
    }
}
