package dev.saywhen.adapter.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of each table of a target, masked, as statements that put them into a copy. They are masked by the query that
 * reads them: nothing unmasked leaves the server. Rows that refer to others are chosen among those whose others are read too.
 */
final class Sample {
    private static final String COLUMNS = Resources.text("sampled.sql");
    private static final String REFERENCES = """
            SELECT k.conrelid, k.confrelid,
              ARRAY(SELECT quote_ident(attname) FROM unnest(k.conkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a
                ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY o) AS columns,
              ARRAY(SELECT quote_ident(attname) FROM unnest(k.confkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a
                ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY o) AS keys
            FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid <> k.confrelid
            """;

    /** How far references are followed; rows that refer to what was not read don't fit into the copy and are left out. */
    private static final int DEEPEST = 3;

    private final Connection connection;
    private final int most;
    private final Masks masks;
    private final Map<Long, Table> tables = new LinkedHashMap<>();

    private record Column(String name, String type, Optional<String> masked, boolean needed, int place) {}

    private record Reference(long target, List<String> columns, List<String> keys) {}

    private record Table(String name, List<Column> columns, List<Reference> references) {
        /** Where a column that has to have a value can't be masked, the table's rows are made. */
        boolean canBeRead() {
            return columns.stream()
                    .noneMatch(column -> column.needed() && column.masked().isEmpty());
        }

        List<Column> read() {
            return columns.stream()
                    .filter(column -> column.masked().isPresent())
                    .toList();
        }
    }

    private Sample(Connection connection, int most, Masks masks) {
        this.connection = connection;
        this.most = most;
        this.masks = masks;
    }

    /**
     * @param connection to the target, in a read-only transaction
     * @param most how many rows of a table
     */
    static List<String> read(Connection connection, int most, Masks masks) throws SQLException {
        return most == 0 ? List.of() : new Sample(connection, most, masks).read();
    }

    private List<String> read() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL search_path = ''");
            statement.execute("SET LOCAL statement_timeout = '10s'");
            look(statement);
            List<String> inserts = new ArrayList<>();
            for (Table table : inOrder()) {
                inserts.addAll(rows(statement, table));
            }
            return inserts;
        }
    }

    private void look(Statement statement) throws SQLException {
        Map<Long, List<Reference>> references = references(statement);
        try (ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                long oid = row.getLong("table_oid");
                String tableName = row.getString("table_name");
                String name = Names.quoted(row.getString("name"));
                tables.computeIfAbsent(
                                oid,
                                _ -> new Table(tableName, new ArrayList<>(), references.getOrDefault(oid, List.of())))
                        .columns()
                        .add(new Column(
                                name,
                                row.getString("type"),
                                masks.of(
                                        name,
                                        row.getString("base"),
                                        row.getString("sort"),
                                        row.getString("element"),
                                        row.getBoolean("key")),
                                row.getBoolean("needed"),
                                row.getInt("place")));
            }
        }
    }

    /** By the table that refers. */
    private static Map<Long, List<Reference>> references(Statement statement) throws SQLException {
        Map<Long, List<Reference>> references = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(REFERENCES)) {
            while (row.next()) {
                references
                        .computeIfAbsent(row.getLong("conrelid"), _ -> new ArrayList<>())
                        .add(new Reference(
                                row.getLong("confrelid"), list(row.getArray("columns")), list(row.getArray("keys"))));
            }
        }
        return references;
    }

    private static List<String> list(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** What is referred to comes first, as far as there is a first. */
    private List<Table> inOrder() {
        List<Table> ordered = new ArrayList<>();
        Map<Long, Table> left = new LinkedHashMap<>(tables);
        while (!left.isEmpty()) {
            Map.Entry<Long, Table> next = left.entrySet().stream()
                    .filter(table -> table.getValue().references().stream()
                            .noneMatch(reference -> left.containsKey(reference.target())))
                    .findFirst()
                    .orElse(left.entrySet().iterator().next());
            ordered.add(next.getValue());
            left.remove(next.getKey());
        }
        return ordered;
    }

    /** A table that can't be read in time, or that somebody holds, is left out: its rows are made. */
    private List<String> rows(Statement statement, Table table) throws SQLException {
        if (!table.canBeRead() || table.read().isEmpty()) {
            return List.of();
        }
        List<Column> columns = table.read();
        String query = "SELECT "
                + columns.stream()
                        .map(column -> "(" + column.masked().orElseThrow() + ")::text")
                        .collect(Collectors.joining(", "))
                + " FROM (" + chosen(table, "*", 0) + ") AS chosen";
        String insert = "INSERT INTO " + table.name() + " ("
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") OVERRIDING SYSTEM VALUE VALUES (";
        List<String> inserts = new ArrayList<>();
        statement.execute("SAVEPOINT sampling");
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                inserts.add(insert + values(rows, columns) + ")");
            }
        } catch (SQLException unread) {
            statement.execute("ROLLBACK TO SAVEPOINT sampling");
            return List.of();
        }
        return inserts;
    }

    private static String values(ResultSet row, List<Column> columns) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int at = 0; at < columns.size(); at++) {
            @Nullable String value = row.getString(at + 1);
            values.add(
                    value == null
                            ? "NULL"
                            : Names.literal(value) + "::" + columns.get(at).type());
        }
        return String.join(", ", values);
    }

    /** The same rows each time, so that those that refer to them can be told. */
    private String chosen(Table table, String what, int depth) {
        List<String> order = IntStream.rangeClosed(1, table.columns().size())
                .boxed()
                .flatMap(place -> table.columns().stream().filter(column -> column.place() == place))
                .map(Column::name)
                .toList();
        List<String> fits = depth == DEEPEST
                ? List.of()
                : table.references().stream()
                        .flatMap(reference -> Optional.ofNullable(tables.get(reference.target())).stream()
                                .map(target -> fits(reference, target, depth)))
                        .toList();
        return "SELECT " + what + " FROM " + table.name()
                + (fits.isEmpty() ? "" : " WHERE " + String.join(" AND ", fits))
                + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order)) + " LIMIT " + most;
    }

    private String fits(Reference reference, Table target, int depth) {
        String columns = String.join(", ", reference.columns());
        return "((" + columns + ") IN (" + chosen(target, String.join(", ", reference.keys()), depth + 1) + ") OR "
                + reference.columns().stream()
                        .map(column -> column + " IS NULL")
                        .collect(Collectors.joining(" OR "))
                + ")";
    }
}
