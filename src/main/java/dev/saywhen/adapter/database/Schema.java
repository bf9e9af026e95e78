package dev.saywhen.adapter.database;

import dev.saywhen.id.Digest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as its facts: what each table, column, index, function and so on is. Equal facts mean equal schemas, on
 * whatever server.
 *
 * @param facts by kind and name, {@code column public.note.id}
 */
record Schema(SortedMap<String, String> facts) {
    private static final String FACTS = Resources.text("facts.sql");
    private static final String ORDER = "order ";
    private static final int MOST_NAMED = 5;
    private static final Pattern OF_A_TABLE =
            Pattern.compile("[-+~=] (?:column|constraint) (.*)\\.(?:\"(?:[^\"]|\"\")+\"|[^.\":]+)(?:: .*)?");

    Schema {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Reads the catalog within the transaction of the connection; its search path is empty until that ends. */
    static Schema of(Connection connection) throws SQLException {
        SortedMap<String, String> facts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Names.IN_FULL);
            try (ResultSet rows = statement.executeQuery(FACTS)) {
                while (rows.next()) {
                    facts.merge(
                            rows.getString("kind") + " " + rows.getString("name"),
                            rows.getString("fact"),
                            (one, other) -> one.compareTo(other) < 0 ? one + "\n" + other : other + "\n" + one);
                }
            }
        }
        return new Schema(facts);
    }

    Digest fingerprint() {
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, fact) -> text.append(name).append('\u0000').append(fact).append('\u0000'));
        return Digest.of(text.toString());
    }

    /** What differs in another, for people: {@code +} new there, {@code -} gone, {@code ~} changed. Order of columns apart. */
    List<String> changesTo(Schema other) {
        List<String> changes = new ArrayList<>();
        facts.forEach((name, fact) -> {
            if (!name.startsWith(ORDER) && !other.facts.containsKey(name)) {
                changes.add("- " + name);
            }
        });
        other.facts.forEach((name, fact) -> {
            if (!name.startsWith(ORDER) && !facts.containsKey(name)) {
                changes.add("+ " + name + shown(fact));
            } else if (!name.startsWith(ORDER) && !fact.equals(facts.get(name))) {
                changes.add("~ " + name + shown(fact) + " (was" + shown(String.valueOf(facts.get(name))) + ")");
            }
        });
        return changes;
    }

    /** What stays in the tables that change, for people to see the change in its place: {@code =}. */
    List<String> staysAround(List<String> changes) {
        Set<String> tables = new TreeSet<>();
        for (String change : changes) {
            Matcher changed = OF_A_TABLE.matcher(change);
            if (changed.matches()) {
                tables.add(changed.group(1));
            }
        }
        List<String> stays = new ArrayList<>();
        facts.forEach((name, fact) -> {
            Matcher part = OF_A_TABLE.matcher("= " + name);
            boolean isChanged = changes.stream()
                    .anyMatch(change -> change.startsWith(name, 2)
                            && (change.length() == name.length() + 2 || change.charAt(name.length() + 2) == ':'));
            if (part.matches() && tables.contains(part.group(1)) && !isChanged) {
                stays.add("= " + name + shown(fact));
            }
        });
        return stays;
    }

    private static String shown(String fact) {
        String line = fact.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ": " + (line.length() > 120 ? line.substring(0, 117) + "..." : line);
    }

    /** Tables whose columns stand in another order there, though they are the same columns. */
    List<String> reordered(Schema other) {
        return facts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(ORDER))
                .filter(entry -> other.facts.containsKey(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(other.facts.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .map(name -> name.substring(ORDER.length()))
                .toList();
    }

    /**
     * Changes as people read them, tables first; how a column is stored and who may what with a new table stands in the
     * step's own lines.
     */
    static List<String> plainly(List<String> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(change -> !change.startsWith("table", 2)))
                .map(change -> change.matches("[-+] table .*")
                        ? change.replaceFirst(": .*", "")
                        : change.replaceAll(" storage [a-z]\\b", "").replaceFirst(" local \\d+$", ""))
                .toList();
    }

    static String few(List<String> all) {
        return String.join("; ", all.subList(0, Math.min(MOST_NAMED, all.size())))
                + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
    }
}
