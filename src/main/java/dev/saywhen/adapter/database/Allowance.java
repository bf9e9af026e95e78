package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.How;
import dev.saywhen.plan.Loss.Place;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plan lets a rollback take from a database. It is counted when the plan is made, and once more in the transaction
 * of the rollback before that begins; what it took then, by whatever means, is compared before the commit.
 */
record Allowance(List<Loss> losses) {
    /** What PostgreSQL calls it, its manual's appendix A. */
    private static final String NOT_ALLOWED = "42501";

    static final long ALL = Long.MAX_VALUE;

    Allowance {
        losses = List.copyOf(losses);
    }

    /** The same, and what else there is. */
    Allowance and(List<Loss> others) {
        List<Loss> all = new ArrayList<>(losses);
        others.stream()
                .filter(other -> losses.stream().noneMatch(loss -> isSame(loss, other)))
                .forEach(all::add);
        return new Allowance(all);
    }

    /** The same, with how much there is in the database of the connection; no more rows can go than there are. */
    Allowance counted(Connection connection) throws SQLException, Unfit {
        Map<Place, Long> counts = counts(
                connection,
                losses.stream()
                        .filter(Loss::isCountedFirst)
                        .flatMap(loss -> loss.now().stream())
                        .toList(),
                ALL);
        List<Loss> counted = new ArrayList<>();
        for (Loss loss : losses) {
            if (loss.isCountedFirst()) {
                counted.add(loss.holding(sum(loss, counts)));
            } else if (loss.how() == How.ROWS_GO
                    && loss.held() > 0
                    && !loss.now().isEmpty()) {
                long there = sum(loss, counts(connection, loss.now(), loss.held()));
                counted.add(loss.holding(Math.min(there, loss.held())));
            } else {
                counted.add(loss);
            }
        }
        return new Allowance(counted);
    }

    private static long sum(Loss loss, Map<Place, Long> counts) {
        return loss.now().stream()
                .mapToLong(place -> counts.getOrDefault(place, 0L))
                .sum();
    }

    /** Throws where more would go. Nobody else writes where anything goes from then on until the transaction ends. */
    void refuseMoreHeld(Connection connection) throws SQLException, Unfit {
        List<Loss> first = losses.stream().filter(Loss::isCountedFirst).toList();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String table : first.stream()
                    .filter(loss -> loss.how() != How.GOES_LATER)
                    .map(loss -> loss.place().table())
                    .distinct()
                    .sorted()
                    .toList()) {
                statement.execute("LOCK TABLE ONLY " + table + " IN SHARE MODE");
            }
        }
        Map<Place, Long> counts =
                counts(connection, first.stream().map(Loss::place).toList(), ALL);
        for (Loss loss : first) {
            long now = counts.getOrDefault(loss.place(), 0L);
            if (now > loss.held()) {
                throw new Unfit("The " + loss.place().name() + " holds "
                        + loss.place().counted(now) + " now, and by the plan "
                        + loss.place().counted(loss.held())
                        + " would go. Stop what writes there, then say `undo` for a fresh plan.");
            }
        }
    }

    /** Throws where more went. */
    void refuseMoreTaken(List<Loss> taken) throws Unfit {
        List<String> more = taken.stream()
                .filter(loss -> !isAllowed(loss))
                .map(Loss::briefly)
                .toList();
        if (!more.isEmpty()) {
            throw new Unfit("It takes more than the plan says: " + Schema.few(more)
                    + ". Say `undo` for a fresh plan, which says so.");
        }
    }

    private boolean isAllowed(Loss taken) {
        return switch (taken.how()) {
            case ROWS_GO -> taken.held() <= allowed(taken);
            case GOES, GOES_LATER, WRITTEN_ANEW, ROWS_CHANGE ->
                losses.stream().anyMatch(loss -> isSame(loss, taken)) || Toll.isPutBack(taken);
        };
    }

    private long allowed(Loss like) {
        return losses.stream()
                .filter(loss -> isSame(loss, like))
                .mapToLong(Loss::held)
                .sum();
    }

    private static boolean isSame(Loss one, Loss other) {
        return one.place().equals(other.place()) && one.how() == other.how();
    }

    /**
     * One look at each table. Row security hides nothing from it, or there is no count.
     *
     * @param most rows of each that are looked at
     */
    private static Map<Place, Long> counts(Connection connection, Collection<Place> places, long most)
            throws SQLException, Unfit {
        SortedMap<String, List<Place>> byTable =
                new TreeMap<>(places.stream().distinct().collect(Collectors.groupingBy(Place::table)));
        Map<Place, Long> counts = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SAVEPOINT counting");
            statement.execute("SET LOCAL row_security = off");
            for (Map.Entry<String, List<Place>> table : byTable.entrySet()) {
                count(statement, table.getKey(), table.getValue(), most, counts);
            }
            statement.execute("ROLLBACK TO SAVEPOINT counting");
        }
        return counts;
    }

    private static void count(Statement statement, String table, List<Place> places, long most, Map<Place, Long> counts)
            throws SQLException, Unfit {
        String what = places.stream()
                .map(place -> "pg_catalog.count(" + (place.isTable() ? "*" : place.column()) + ")")
                .collect(Collectors.joining(", "));
        String from = most == ALL ? "ONLY " + table : "(SELECT FROM ONLY " + table + " LIMIT " + most + ") AS looked";
        try (ResultSet row = statement.executeQuery("SELECT " + what + " FROM " + from)) {
            row.next();
            for (int at = 0; at < places.size(); at++) {
                counts.put(places.get(at), row.getLong(at + 1));
            }
        } catch (SQLException failure) {
            if (NOT_ALLOWED.equals(failure.getSQLState())) {
                throw new Unfit("The role that I use may not see all rows of the table " + table
                        + ", so I can't count what would go. Let it read them; where row security hides some, that is ALTER TABLE "
                        + table + " NO FORCE ROW LEVEL SECURITY. Then say `undo` again.");
            }
            throw failure;
        }
    }
}
