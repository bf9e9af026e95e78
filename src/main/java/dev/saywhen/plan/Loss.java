package dev.saywhen.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a rollback of change sets takes with it that no rollback brings back.
 *
 * @param place what it is called right before that rollback
 * @param now what it is called, and counted, when the plan is made, before the first rollback; empty where it is not there
 *     then, or not counted
 * @param held how many rows, or values that are not null; more are never taken
 */
public record Loss(Place place, How how, List<Place> now, long held) {
    /**
     * A table or a column of it.
     *
     * @param table its full name, as SQL
     * @param column its name, as SQL; empty for the whole table
     */
    public record Place(String table, String column) {
        public boolean isTable() {
            return column.isEmpty();
        }

        /** For people: {@code table public.shelf}. */
        public String name() {
            return isTable() ? "table " + table : "column " + sql();
        }

        private String sql() {
            return isTable() ? table : table + "." + column;
        }

        /** How many it holds, for people: {@code 3 rows}, {@code 1 value}, {@code no rows}. */
        public String counted(long count) {
            String unit = isTable() ? "row" : "value";
            return (count == 0 ? "no" : String.format(Locale.ROOT, "%,d", count))
                    + " "
                    + unit
                    + (count == 1 ? "" : "s");
        }
    }

    /** In what way it is lost. */
    public enum How {
        /** A table with its rows, or a column with its values. */
        GOES,
        /** The same, by a later rollback of the same plan. */
        GOES_LATER,
        /** Every row of a table that stays: emptied, of another type, or short of an attribute. */
        WRITTEN_ANEW,
        /** Rows of a table that stays; how many is the work of the rollback, not of what the table holds. */
        ROWS_GO,
        /** Values in rows that stay; how many is not counted. */
        ROWS_CHANGE
    }

    public Loss {
        now = List.copyOf(now);
    }

    /** Whether it is everything that the place holds, so that it can be counted before the rollback. */
    public boolean isCountedFirst() {
        return switch (how) {
            case GOES, GOES_LATER, WRITTEN_ANEW -> true;
            case ROWS_GO, ROWS_CHANGE -> false;
        };
    }

    public Loss holding(long count) {
        return new Loss(place, how, now, count);
    }

    public Loss counting(List<Place> places) {
        return new Loss(place, how, places, held);
    }

    /** For people: {@code the table public.shelf goes, which holds 3 rows now}. */
    public String told() {
        return isCountedFirst() ? briefly() + ", which holds " + place.counted(held) + " now" + whereNow() : briefly();
    }

    /** The same, where it was not counted first. */
    public String briefly() {
        String what = "the " + place.name();
        return switch (how) {
            case GOES -> what + " goes";
            case GOES_LATER -> what + " goes in a later step";
            case WRITTEN_ANEW -> what + " is emptied or written anew";
            case ROWS_GO -> place.counted(held) + " of " + what + (held == 1 ? " goes" : " go") + whereNow();
            case ROWS_CHANGE -> "rows of " + what + " are changed";
        };
    }

    private String whereNow() {
        return now.isEmpty() || now.equals(List.of(place))
                ? ""
                : " as " + now.stream().map(Place::sql).collect(Collectors.joining(", "));
    }
}
