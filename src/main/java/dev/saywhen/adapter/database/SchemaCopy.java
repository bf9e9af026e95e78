package dev.saywhen.adapter.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a schema again on an empty database from what the catalog of another says. PostgreSQL's own dump program is not
 * among the programs we bring, and need not be on the host; that the copy is whole is proven by comparing facts.
 */
final class SchemaCopy {
    private static final String COPY = Resources.text("copy.sql");

    private SchemaCopy() {}

    /** Reads the catalog only. */
    static List<String> statements(Connection from) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = from.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL search_path = ''");
            try (ResultSet rows = statement.executeQuery(COPY)) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
        }
        return statements;
    }

    /**
     * Runs the statements; those that fail are tried again after the others, for they may depend on them.
     *
     * @param to in auto-commit, as a role that may do everything
     * @return what could not be made, with the reason
     */
    static List<String> make(List<String> statements, Connection to) throws SQLException {
        List<String> left = statements;
        List<String> failed = List.of();
        try (Statement statement = to.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET search_path = ''");
            statement.execute("SET check_function_bodies = off");
            boolean progress = true;
            while (!left.isEmpty() && progress) {
                List<String> again = new ArrayList<>();
                failed = new ArrayList<>();
                for (String ddl : left) {
                    try {
                        statement.execute(ddl);
                    } catch (SQLException notNow) {
                        if (!"42710".equals(notNow.getSQLState()) || !ddl.startsWith("CREATE ROLE")) {
                            again.add(ddl);
                            failed.add(ddl + ": " + notNow.getMessage());
                        }
                    }
                }
                progress = again.size() < left.size();
                left = again;
            }
        }
        return left.isEmpty() ? List.of() : failed;
    }
}
