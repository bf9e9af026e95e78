package dev.saywhen.plan;

import java.util.Locale;

/**
 * What a rollback of change sets takes with it that no rollback brings back: a table with its rows, or a column with its
 * values.
 *
 * @param table its full name, as SQL
 * @param column its name, as SQL; empty where the whole table goes
 * @param held how many rows, or values that are not null, it held when the plan was made; more are never taken
 */
public record Loss(String table, String column, long held) {
    public boolean isWholeTable() {
        return column.isEmpty();
    }

    /** How many it holds, for people: {@code 3 rows}, {@code 1 value}, {@code no rows}. */
    public String counted(long count) {
        String unit = isWholeTable() ? "row" : "value";
        return (count == 0 ? "no" : String.format(Locale.ROOT, "%,d", count)) + " " + unit + (count == 1 ? "" : "s");
    }

    public String name() {
        return isWholeTable() ? "table " + table : "column " + table + "." + column;
    }

    public Loss holding(long now) {
        return new Loss(table, column, now);
    }

    /** For people: {@code the table public.shelf goes, which holds 3 rows}. */
    public String told() {
        return "the " + name() + " goes, which holds " + counted(held);
    }
}
