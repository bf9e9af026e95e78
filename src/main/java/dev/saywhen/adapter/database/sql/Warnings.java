package dev.saywhen.adapter.database.sql;

import java.util.ArrayList;
import java.util.List;

/** What people should know about a statement before they say yes to it, as far as its words tell. */
public final class Warnings {
    private Warnings() {}

    public static List<String> of(Statement statement) {
        List<String> warnings = new ArrayList<>();
        boolean altersTable = statement.begins("alter", "table");
        if (altersTable && statement.has("set", "not")) {
            warnings.add("reads the whole table under its lock to prove NOT NULL");
        }
        if (altersTable && statement.has("add") && checksRows(statement) && !statement.has("not", "valid")) {
            warnings.add("checks every row under its lock; NOT VALID and a later VALIDATE would not");
        }
        if (altersTable && changesType(statement)) {
            warnings.add("a change of type may rewrite the table and every index on it");
        }
        if (statement.has("rename")) {
            warnings.add("programs that use the old name break at once");
        }
        if (statement.begins("create")
                && (statement.word(1).equals("index") || statement.begins("create", "unique", "index"))) {
            warnings.add("writers of the table wait while the index is built");
        }
        return warnings;
    }

    private static boolean checksRows(Statement statement) {
        return statement.has("check") || statement.has("foreign", "key") || statement.has("references");
    }

    /** {@code ALTER [COLUMN] name [SET DATA] TYPE}, and not a column or table of that name. */
    private static boolean changesType(Statement statement) {
        for (int at = 3; at < statement.tokens().size(); at++) {
            boolean named = statement.word(at - 2).equals("column")
                    || statement.word(at - 2).equals("alter");
            if (statement.word(at).equals("type")
                    && (named || statement.word(at - 1).equals("data"))) {
                return true;
            }
        }
        return false;
    }
}
