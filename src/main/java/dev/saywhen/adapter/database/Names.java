package dev.saywhen.adapter.database;

/** Names and texts as SQL. */
final class Names {
    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        String doubled = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? " E" + doubled.replace("\\", "\\\\") : doubled;
    }
}
