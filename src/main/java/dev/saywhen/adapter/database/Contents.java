package dev.saywhen.adapter.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tables hold, as a count and a sum of hashes for each, whatever the order of rows and columns; and where sequences
 * stand.
 */
record Contents(SortedMap<String, String> tables, SortedMap<String, Long> sequences) {
    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relkind = 'r' OR (c.relkind = 'm' AND c.relispopulated)) AND n.nspname !~ '^pg_'
              AND n.nspname NOT IN ('information_schema', 'saywhen_watch')
              AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
            """;
    private static final String SEQUENCES = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_sequence_last_value(c.oid) AS value
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND n.nspname !~ '^pg_'
            """;

    Contents {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    static Contents of(Connection connection) throws SQLException {
        SortedMap<String, String> tables = new TreeMap<>();
        SortedMap<String, Long> sequences = new TreeMap<>();
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) || ' ' ||"
                        + " coalesce(sum(hashtextextended(to_jsonb(t)::text, 0)), 0) FROM ONLY " + name + " t")) {
                    row.next();
                    tables.put(name, row.getString(1));
                }
            }
            try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
                while (rows.next()) {
                    sequences.put(rows.getString("name"), rows.getLong("value"));
                }
            }
        }
        return new Contents(tables, sequences);
    }

    /** Tables that don't hold there what they hold here. */
    List<String> changedIn(Contents other) {
        return tables.keySet().stream()
                .filter(name -> !tables.getOrDefault(name, "").equals(other.tables.get(name)))
                .toList();
    }

    /** Sequences that stand elsewhere there. */
    List<String> movedIn(Contents other) {
        return sequences.keySet().stream()
                .filter(name -> other.sequences.containsKey(name))
                .filter(name -> at(name) != other.at(name))
                .toList();
    }

    /** Where a sequence stands; 0 before its first number. */
    long at(String sequence) {
        return sequences.getOrDefault(sequence, 0L);
    }

    long rows() {
        return tables.values().stream()
                .mapToLong(table -> Long.parseLong(table.substring(0, table.indexOf(' '))))
                .sum();
    }

    /** Tables that hold nothing, so that nothing can be said about their rows. */
    List<String> empty() {
        return tables.entrySet().stream()
                .filter(table -> table.getValue().startsWith("0 "))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
