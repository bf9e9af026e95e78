package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.How;
import dev.saywhen.plan.Loss.Place;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables at a moment of a transaction, by what stays theirs whatever they are called and wherever they are moved: their
 * columns, the file that holds their rows, and what was done to the rows by then.
 */
record Holders(Map<Long, Table> byId) {
    private static final String ALL = Resources.text("holders.sql");

    /**
     * @param columns by number; generated ones hold nothing of their own
     * @param attributes what its columns are made of, where their types have parts
     * @param isOpened whether rows were to be written in it, met or not
     */
    record Table(
            String name,
            Map<Integer, String> columns,
            Set<String> attributes,
            long file,
            long added,
            long changed,
            long deleted,
            boolean isOpened) {
        Place place() {
            return new Place(name, "");
        }

        Place column(int number) {
            return new Place(name, columns.getOrDefault(number, ""));
        }

        private Stream<Loss> takenBy(Table then) {
            Stream.Builder<Loss> taken = Stream.builder();
            if (then.file != file || !then.attributes.containsAll(attributes)) {
                taken.add(new Loss(place(), How.WRITTEN_ANEW, List.of(place()), 0));
            }
            if (then.deleted > deleted) {
                taken.add(new Loss(place(), How.ROWS_GO, List.of(place()), then.deleted - deleted));
            }
            if (then.changed > changed) {
                taken.add(new Loss(place(), How.ROWS_CHANGE, List.of(place()), 0));
            }
            columns.keySet().stream()
                    .filter(number -> !then.columns.containsKey(number))
                    .map(this::column)
                    .forEach(column -> taken.add(new Loss(column, How.GOES, List.of(column), 0)));
            return taken.build();
        }

        private long writtenSince(@Nullable Table then) {
            return added + changed - (then == null ? 0 : then.added + then.changed);
        }

        private boolean isMissedBy(Table then) {
            return then.isOpened && then.added == added && then.changed == changed && then.deleted == deleted;
        }
    }

    Holders {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /** Within a transaction, whose settings and names stay as they are. */
    static Holders at(Connection connection) throws SQLException {
        Map<Long, Table> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT looking");
            statement.execute(Names.IN_FULL);
            try (ResultSet row = statement.executeQuery(ALL)) {
                while (row.next()) {
                    tables.put(row.getLong("oid"), table(row));
                }
            }
            statement.execute("ROLLBACK TO SAVEPOINT looking");
        }
        return new Holders(tables);
    }

    private static Table table(ResultSet row) throws SQLException {
        Map<Integer, String> columns = new LinkedHashMap<>();
        List<String> names = texts(row.getArray("columns"));
        List<String> numbers = texts(row.getArray("numbers"));
        for (int at = 0; at < names.size(); at++) {
            columns.put(Integer.valueOf(numbers.get(at)), names.get(at));
        }
        return new Table(
                row.getString("name"),
                columns,
                Set.copyOf(texts(row.getArray("attributes"))),
                row.getLong("file"),
                row.getLong("added"),
                row.getLong("changed"),
                row.getLong("deleted"),
                row.getBoolean("opened"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** What was lost between this moment and a later one of the same transaction; what was to be counted is not. */
    List<Loss> takenBy(Holders then) {
        List<Loss> taken = new ArrayList<>();
        byId.forEach((id, table) -> {
            Table later = then.byId.get(id);
            if (later == null) {
                taken.add(new Loss(table.place(), How.GOES, List.of(table.place()), 0));
            } else {
                table.takenBy(later).forEach(taken::add);
            }
        });
        return taken;
    }

    /** Rows that were added or changed since an earlier moment of the same transaction, where nothing is put aside. */
    long writtenSince(Holders then) {
        return byId.entrySet().stream()
                .filter(table -> !Toll.isKept(table.getValue().place()))
                .mapToLong(table -> table.getValue().writtenSince(then.byId.get(table.getKey())))
                .sum();
    }

    /** Tables in which rows were to be written until then, and none was met. */
    Set<Place> missedBy(Holders then) {
        return byId.entrySet().stream()
                .filter(table -> then.byId.containsKey(table.getKey())
                        && table.getValue().isMissedBy(then.byId.get(table.getKey())))
                .map(table -> table.getValue().place())
                .collect(Collectors.toSet());
    }

    Set<String> names() {
        return byId.values().stream().map(Table::name).collect(Collectors.toSet());
    }

    /** All of them, with their columns. */
    List<Place> places() {
        return byId.values().stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(table.place()),
                        table.columns().keySet().stream().map(table::column)))
                .toList();
    }
}
