package dev.saywhen.adapter.database;

import dev.saywhen.adapter.database.sql.ConcurrentIndex;
import dev.saywhen.adapter.database.sql.Script;
import dev.saywhen.plan.ChangeSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A step that builds an index while others write, outside of any transaction. Cut off or failed, PostgreSQL leaves an index
 * behind that is not valid; dropping it is the way back. Connections are in auto-commit.
 */
final class StandingAlone {
    private final dev.saywhen.adapter.database.sql.Statement statement;
    private final ConcurrentIndex index;

    StandingAlone(List<ChangeSet> step) {
        statement = Script.statements(step.getFirst().apply()).getFirst();
        index = ConcurrentIndex.of(statement)
                .orElseThrow(() -> new IllegalArgumentException("not an index that is built alone"));
    }

    void build(Connection connection) throws SQLException {
        try (Statement build = connection.createStatement()) {
            build.setEscapeProcessing(false);
            build.execute(statement.text());
        }
    }

    /** What becomes of it where it does not come to its end. */
    String whatIfNot() {
        return "where it fails or is held half way, what there is of the index " + index.name() + " is dropped again";
    }

    /** Drops what a build that did not come to its end left. */
    void dropUnfinished(Connection connection) throws SQLException {
        drop(connection, found(connection, "NOT x.indisvalid"));
    }

    void drop(Connection connection) throws SQLException {
        drop(connection, found(connection, "true"));
    }

    private static void drop(Connection connection, Optional<String> index) throws SQLException {
        if (index.isPresent()) {
            try (Statement drop = connection.createStatement()) {
                drop.execute("SET lock_timeout = '500ms'"); // whoever comes later waits behind this
                drop.execute("DROP INDEX " + index.get());
            }
        }
    }

    boolean isThere(Connection connection) throws SQLException {
        return found(connection, "true").isPresent();
    }

    private Optional<String> found(Connection connection, String condition) throws SQLException {
        return one(connection, """
                SELECT format('%I.%I', n.nspname, i.relname) FROM pg_class i JOIN pg_namespace n ON n.oid = i.relnamespace
                  JOIN pg_index x ON x.indexrelid = i.oid
                WHERE x.indrelid = to_regclass(?) AND i.relname = ? AND\s""" + condition);
    }

    /** The table that it is on, in full. */
    String table(Connection connection) throws SQLException {
        return one(connection, """
                SELECT format('%I.%I', n.nspname, t.relname) FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE t.oid = to_regclass(?) AND ? <> ''
                """).orElse(index.table());
    }

    private Optional<String> one(Connection connection, String query) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.setString(1, index.table());
            prepared.setString(2, index.name());
            try (ResultSet row = prepared.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
