package dev.saywhen.adapter.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables of a copy with rows of every sort that their types allow, so that what is lost shows. Seeded: the same
 * schema gets the same rows.
 */
final class RowMaker {
    private static final int ROWS = 12;
    private static final int ATTEMPTS = 40;
    private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w'.])-?\\d{1,9}(?:\\.\\d+)?(?![\\w'.])");

    /** How varied they are. */
    enum Sort {
        /** Nulls, mixed case, white space, fractions, negatives. */
        WILD,
        /** What rows look like in a database that is well kept: no nulls, and texts that could be numbers. */
        TAME
    }

    private static final String COLUMNS = """
            SELECT c.oid AS table_oid, format('%I.%I', n.nspname, c.relname) AS table_name, a.attname, a.attnum,
              format_type(a.atttypid, a.atttypmod) AS type, b.typname AS base, b.typtype AS sort, b.typcategory AS category,
              a.attnotnull AS required, a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%'
                AS numbered, d.adbin IS NOT NULL AS defaulted, information_schema._pg_char_max_length(b.oid,
                CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END) AS longest,
              ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder) AS labels,
              (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k
                WHERE k.contype = 'c' AND (k.conrelid = c.oid AND a.attnum = ANY (k.conkey) OR k.contypid = t.oid)) AS checks,
              (SELECT format_type(b.typelem, NULL)) AS element
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              JOIN pg_type t ON t.oid = a.atttypid
              JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_'
              AND n.nspname NOT IN ('information_schema', 'saywhen_watch')
              AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
            ORDER BY c.oid, a.attnum
            """;
    private static final String REFERENCES = """
            SELECT k.conrelid AS table_oid, k.confrelid::regclass::text AS target, k.conrelid = k.confrelid AS itself,
              ARRAY(SELECT attname FROM unnest(k.conkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a
                ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY o) AS columns,
              ARRAY(SELECT attname FROM unnest(k.confkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a
                ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY o) AS keys
            FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0
            """;
    private static final String PARTITIONED = """
            SELECT string_agg(pg_get_expr(p.relpartbound, p.oid), ' ') FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid
            WHERE i.inhparent = %d AND p.relispartition
            """;

    private record Column(
            String name,
            String type,
            String base,
            String sort,
            String category,
            boolean required,
            boolean numbered,
            boolean defaulted,
            int longest,
            List<String> labels,
            String checks,
            String element) {}

    private record Reference(String target, boolean itself, List<String> columns, List<String> keys) {}

    private static final class Table {
        final long oid;
        final String name;
        final List<Column> columns = new ArrayList<>();
        final List<Reference> references = new ArrayList<>();
        String bounds = "";
        int rows;

        Table(long oid, String name) {
            this.oid = oid;
            this.name = name;
        }
    }

    private final Connection connection;
    private final Sort sort;
    private final Random random = new Random(7);

    private RowMaker(Connection connection, Sort sort) {
        this.connection = connection;
        this.sort = sort;
    }

    /** @param connection in auto-commit, as a role that may write everywhere */
    static void fill(Connection connection, Sort sort) throws SQLException {
        new RowMaker(connection, sort).fill();
    }

    private void fill() throws SQLException {
        Map<Long, Table> tables = tables();
        List<Table> left = new ArrayList<>(tables.values());
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Table table : left) {
                if (table.rows == 0 && isReady(table, tables)) {
                    make(table);
                    progress |= table.rows > 0;
                }
            }
        }
        for (Table table : left) {
            if (table.rows == 0) {
                make(table); // what it refers to is empty; where that may be null, rows are possible all the same
            }
        }
    }

    private static boolean isReady(Table table, Map<Long, Table> tables) {
        return table.references.stream()
                .filter(reference -> !reference.itself())
                .allMatch(reference -> tables.values().stream()
                        .filter(other -> other.name.equals(reference.target()))
                        .allMatch(other -> other.rows > 0));
    }

    private Map<Long, Table> tables() throws SQLException {
        Map<Long, Table> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            try (ResultSet row = statement.executeQuery(COLUMNS)) {
                while (row.next()) {
                    Table table = tables.get(row.getLong("table_oid"));
                    if (table == null) {
                        table = new Table(row.getLong("table_oid"), row.getString("table_name"));
                        tables.put(table.oid, table);
                    }
                    table.columns.add(column(row));
                }
            }
            try (ResultSet row = statement.executeQuery(REFERENCES)) {
                while (row.next()) {
                    Table table = tables.get(row.getLong("table_oid"));
                    if (table != null) {
                        table.references.add(new Reference(
                                row.getString("target"),
                                row.getBoolean("itself"),
                                list(row.getArray("columns")),
                                list(row.getArray("keys"))));
                    }
                }
            }
            for (Table table : tables.values()) {
                try (ResultSet row = statement.executeQuery(PARTITIONED.formatted(table.oid))) {
                    row.next();
                    table.bounds = text(row.getString(1));
                }
            }
        }
        return tables;
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                row.getString("attname"),
                row.getString("type"),
                row.getString("base"),
                row.getString("sort"),
                row.getString("category"),
                row.getBoolean("required"),
                row.getBoolean("numbered"),
                row.getBoolean("defaulted"),
                row.getInt("longest"),
                list(row.getArray("labels")),
                text(row.getString("checks")),
                text(row.getString("element")));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> list(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private void make(Table table) throws SQLException {
        int failures = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (int row = 1; row <= ROWS && failures < ATTEMPTS; ) {
                try {
                    table.rows += statement.executeUpdate(insert(table, row + failures * ROWS));
                    row++;
                } catch (SQLException notThis) {
                    failures++;
                }
            }
        }
    }

    private String insert(Table table, int number) {
        Map<String, String> values = new LinkedHashMap<>();
        table.columns.stream()
                .filter(column -> !column.numbered())
                .forEach(column -> values.put(column.name(), value(column, table, number)));
        for (Reference reference : table.references) {
            boolean nullable = table.columns.stream()
                    .filter(column -> reference.columns().contains(column.name()))
                    .noneMatch(Column::required);
            refer(reference, nullable, values, number);
        }
        if (values.isEmpty()) {
            return "INSERT INTO " + table.name + " DEFAULT VALUES";
        }
        return "INSERT INTO " + table.name + " ("
                + values.keySet().stream().map(Names::quoted).collect(Collectors.joining(", ")) + ") VALUES ("
                + String.join(", ", values.values()) + ")";
    }

    private void refer(Reference reference, boolean nullable, Map<String, String> values, int number) {
        boolean none = nullable && (reference.itself() ? number < 4 : sort == Sort.WILD && number % 5 == 0);
        String order = reference.keys().stream().map(Names::quoted).collect(Collectors.joining(", "));
        for (int at = 0; at < reference.columns().size(); at++) {
            String one = "(SELECT " + Names.quoted(reference.keys().get(at)) + " FROM " + reference.target()
                    + " ORDER BY " + order + " OFFSET " + number + " % greatest(1, (SELECT count(*) FROM "
                    + reference.target() + ")) LIMIT 1)";
            values.put(reference.columns().get(at), none ? "NULL" : one);
        }
    }

    private String value(Column column, Table table, int number) {
        if (!column.required() && sort == Sort.WILD && (number + 3 * table.columns.indexOf(column)) % 5 == 0) {
            return "NULL";
        }
        List<String> hints = hints(column.checks() + " " + table.bounds, column);
        if (!hints.isEmpty() && random.nextInt(3) > 0) {
            return Names.literal(hints.get(random.nextInt(hints.size()))) + "::" + column.type();
        }
        List<String> candidates = candidates(column, number);
        if (candidates.isEmpty()) {
            return column.required() && !column.defaulted() ? "'1'::" + column.type() : "DEFAULT";
        }
        return "(" + candidates.get(random.nextInt(candidates.size())) + ")::" + column.type();
    }

    /** What checks and bounds of partitions speak of is often what they allow. */
    private static List<String> hints(String definitions, Column column) {
        Set<String> hints = new LinkedHashSet<>();
        boolean number = column.category().equals("N");
        if (!number) {
            TEXT.matcher(definitions)
                    .results()
                    .forEach(found -> hints.add(found.group(1).replace("''", "'")));
        } else {
            NUMBER.matcher(definitions).results().forEach(found -> hints.add(found.group()));
        }
        return List.copyOf(hints);
    }

    private List<String> candidates(Column column, int number) {
        boolean tame = sort == Sort.TAME;
        if (!column.labels().isEmpty()) {
            return column.labels().stream().map(Names::literal).toList();
        }
        if (column.category().equals("A")) {
            Column element = new Column(
                    "",
                    column.element(),
                    elementBase(column.base()),
                    "b",
                    elementCategory(column.element()),
                    true,
                    false,
                    false,
                    0,
                    List.of(),
                    "",
                    "");
            List<String> inner = candidates(element, number);
            return inner.isEmpty()
                    ? List.of("'{}'")
                    : List.of("ARRAY[" + inner.getFirst() + "]", "ARRAY[" + inner.getLast() + "]");
        }
        return switch (column.base()) {
            case "bool" -> List.of("true", "false");
            case "int2", "int4", "int8", "oid" ->
                tame || column.base().equals("oid")
                        ? List.of("" + number)
                        : List.of("" + number, "" + number * 11, "-" + number);
            case "numeric", "float4", "float8", "money" ->
                tame
                        ? List.of(number + ".37")
                        : List.of(number + ".37", "-" + number + ".5", "" + number % 10, "0." + number);
            case "text", "varchar", "bpchar", "citext", "name", "char" -> texts(column, number);
            case "uuid" -> List.of("md5('" + number + "')::uuid");
            case "date" -> List.of("date '2024-02-28' + " + number);
            case "timestamp", "timestamptz" ->
                List.of(
                        "timestamptz '2024-02-28 23:59:58.123456+00' + " + number + " * interval '7 h 3 min'",
                        "timestamptz '1969-12-31 00:00:00+00' + " + number + " * interval '1 day'");
            case "time", "timetz" -> List.of("time '00:00:01.5' + " + number + " * interval '7 min'");
            case "interval" -> List.of("interval '1 month 3 days 4.5 s' * " + number);
            case "bytea" -> List.of("decode('00ff" + "%02x".formatted(number % 256) + "', 'hex')");
            case "json", "jsonb" ->
                List.of("'{\"A\": [" + number + ", null], \"b\": \"c\"}'", "'[]'", "'\"x" + number + "\"'");
            case "inet" -> List.of("'10.0.0." + number % 250 + "'");
            case "cidr" -> List.of("'10." + number % 250 + ".0.0/16'");
            case "macaddr" -> List.of("'08:00:2b:01:02:" + "%02x'".formatted(number % 256));
            case "bit", "varbit" -> List.of("" + number + "::bit(" + Math.max(1, column.longest()) + ")");
            case "point" -> List.of("point(" + number + ", 2.5)");
            case "tsvector" -> List.of("to_tsvector('simple', 'a b" + number + "')");
            case "hstore" -> List.of("'a=>" + number + "'");
            case "ltree" -> List.of("'a.b" + number + "'");
            case "xml" -> List.of("'<a>" + number + "</a>'");
            case "int4range", "int8range", "numrange" -> List.of("'[" + number * 10 + "," + (number * 10 + 5) + ")'");
            case "daterange" ->
                List.of("daterange(date '2024-01-01' + " + number * 10 + ", date '2024-01-05' + " + number * 10 + ")");
            case "tsrange", "tstzrange" -> List.of("'empty'");
            default -> List.of();
        };
    }

    private static String elementBase(String arrayType) {
        return arrayType.startsWith("_") ? arrayType.substring(1) : arrayType;
    }

    private static String elementCategory(String element) {
        return element.contains("int") || element.equals("numeric") ? "N" : "S";
    }

    private List<String> texts(Column column, int number) {
        List<String> texts = sort == Sort.TAME
                ? List.of("%03d".formatted(number), "" + number)
                : List.of(
                        number + "Aa ",
                        " " + number + "bÜ",
                        "MiXed " + number,
                        number + "",
                        "x" + number + "@example.org");
        return texts.stream()
                .map(text -> column.longest() > 0 && text.length() > column.longest()
                        ? text.substring(0, column.longest())
                        : text)
                .map(Names::literal)
                .toList();
    }
}
