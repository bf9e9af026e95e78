package dev.saywhen.adapter.database;

/** Names and texts as SQL. */
final class Names {
    /** Every name is written in full, and a temporary table is not taken for one of the catalog. */
    static final String IN_FULL = "SET LOCAL search_path = pg_catalog, pg_temp";

    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        String doubled = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? " E" + doubled.replace("\\", "\\\\") : doubled;
    }
}
