package dev.saywhen.adapter.database;

import dev.saywhen.plan.ChangeSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Liquibase's own record of what was applied to a database, in its own table. Rows are written in the transaction of what
 * they speak of, so that a row there means committed and no row means not.
 */
final class ChangeRecord {
    /** As Liquibase makes it; the comment says that it may go when its last row goes. */
    private static final String MAKE = """
            CREATE TABLE databasechangelog (
              id varchar(255) NOT NULL, author varchar(255) NOT NULL, filename varchar(255) NOT NULL,
              dateexecuted timestamp NOT NULL, orderexecuted int NOT NULL, exectype varchar(10) NOT NULL,
              md5sum varchar(35), description varchar(255), comments varchar(255), tag varchar(255),
              liquibase varchar(20), contexts varchar(255), labels varchar(255), deployment_id varchar(10));
            COMMENT ON TABLE databasechangelog IS 'made by saywhen';
            """;

    private static final String INSERT = """
            INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum,
                description, comments, liquibase, deployment_id)
              SELECT ?, ?, ?, now(), coalesce(max(orderexecuted), 0) + 1, 'EXECUTED', ?, 'sql', ?, '4.33.0', ?
              FROM databasechangelog
            """;

    private ChangeRecord() {}

    /** How much of some change sets is applied. */
    enum Applied {
        ALL,
        NONE
    }

    /** @throws Unfit if some of them are and others are not, or one was applied with another text */
    static Applied applied(Connection connection, List<ChangeSet> changeSets) throws SQLException, Unfit {
        if (!exists(connection)) {
            return Applied.NONE;
        }
        int found = 0;
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT md5sum FROM databasechangelog WHERE id = ? AND author = ? AND filename = ?")) {
            for (ChangeSet changeSet : changeSets) {
                query.setString(1, changeSet.id());
                query.setString(2, changeSet.author());
                query.setString(3, changeSet.file());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        found++;
                        if (!changeSet.checksum().equals(row.getString(1))) {
                            throw new Unfit("Change set " + changeSet.name() + " of " + changeSet.file()
                                    + " was applied before with another text. Give the new change an id of its own.");
                        }
                    }
                }
            }
        }
        if (found > 0 && found < changeSets.size()) {
            throw new Unfit(
                    "Only some of the change sets of " + changeSets.getFirst().file()
                            + " are applied already. Put the new ones into a change log of their own.");
        }
        return found == 0 ? Applied.NONE : Applied.ALL;
    }

    /** @param by who applied them, for people */
    static void add(Connection connection, List<ChangeSet> changeSets, String by, String deployment)
            throws SQLException {
        if (!exists(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(MAKE);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (ChangeSet changeSet : changeSets) {
                insert.setString(1, changeSet.id());
                insert.setString(2, changeSet.author());
                insert.setString(3, changeSet.file());
                insert.setString(4, changeSet.checksum());
                insert.setString(5, by);
                insert.setString(6, deployment);
                insert.executeUpdate();
            }
        }
    }

    /** @throws Unfit if more than that would happen: what a rollback takes was measured before */
    static void remove(Connection connection, List<ChangeSet> changeSets) throws SQLException, Unfit {
        refuseFollowers(connection);
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM databasechangelog WHERE id = ? AND author = ? AND filename = ?")) {
            for (ChangeSet changeSet : changeSets) {
                delete.setString(1, changeSet.id());
                delete.setString(2, changeSet.author());
                delete.setString(3, changeSet.file());
                delete.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                      IF obj_description('databasechangelog'::regclass) = 'made by saywhen'
                          AND NOT EXISTS (SELECT FROM databasechangelog) THEN
                        DROP TABLE databasechangelog;
                      END IF;
                    END $$""");
        }
    }

    private static void refuseFollowers(Connection connection) throws SQLException, Unfit {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'databasechangelog'::regclass)
                          OR EXISTS (SELECT FROM pg_rewrite WHERE ev_class = 'databasechangelog'::regclass)""")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new Unfit(
                        "The table databasechangelog has a trigger, a rule or a reference to it, so that to take"
                                + " a row out of it may do more than the plan says. Take that away for the time of the undo.");
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('databasechangelog') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
