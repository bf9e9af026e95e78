package dev.saywhen.adapter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.NavigableSet;
import java.util.TreeSet;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.change.core.EmptyChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class ChangelogTest {
    private static final String CHANGELOG = "db/changelog/changelog.yaml";

    @Inject
    AgroalDataSource database;

    @Test
    void the_change_sets_apply_roll_back_to_nothing_and_apply_again_to_the_same() throws Exception {
        try (Connection connection = database.getConnection()) {
            try {
                sql(connection, "create schema rehearsal; set search_path to rehearsal");
                Liquibase liquibase = liquibase(connection);
                int all = liquibase.getDatabaseChangeLog().getChangeSets().size();

                liquibase.update(new Contexts());
                NavigableSet<String> applied = catalog(connection);
                liquibase.rollback(all, new Contexts(), new LabelExpression());
                NavigableSet<String> rolledBack = catalog(connection);
                liquibase.update(new Contexts());
                NavigableSet<String> again = catalog(connection);

                assertTrue(applied.contains("trigger audit_record_append_only on audit_record"), applied::toString);
                assertEquals(new TreeSet<>(), rolledBack);
                assertEquals(applied, again);
            } finally {
                connection.setAutoCommit(true);
                sql(connection, "set search_path to default; drop schema rehearsal cascade");
            }
        }
    }

    @Test
    void every_change_set_says_how_it_is_taken_back() throws Exception {
        try (Connection connection = database.getConnection()) {
            for (ChangeSet changeSet :
                    liquibase(connection).getDatabaseChangeLog().getChangeSets()) {
                var changes = changeSet.getRollback().getChanges();
                assertFalse(changes.isEmpty(), changeSet::toString);
                assertFalse(changes.stream().anyMatch(EmptyChange.class::isInstance), changeSet::toString);
            }
            connection.setAutoCommit(true);
        }
    }

    private static Liquibase liquibase(Connection connection) throws Exception {
        return new Liquibase(
                CHANGELOG,
                new ClassLoaderResourceAccessor(ChangelogTest.class.getClassLoader()),
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)));
    }

    /** Everything in the schema but Liquibase's own tables. */
    private static NavigableSet<String> catalog(Connection connection) throws SQLException {
        NavigableSet<String> facts = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                        from information_schema.columns
                        where table_schema = 'rehearsal' and table_name not like 'databasechangelog%'
                        union
                        select 'index ' || indexdef from pg_indexes
                        where schemaname = 'rehearsal' and tablename not like 'databasechangelog%'
                        union
                        select 'constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
                        from pg_constraint c
                        where connamespace = 'rehearsal'::regnamespace
                          and conrelid::regclass::text not like '%databasechangelog%'
                        union
                        select 'trigger ' || trigger_name || ' on ' || event_object_table
                        from information_schema.triggers
                        where trigger_schema = 'rehearsal'
                        union
                        select 'function ' || proname from pg_proc where pronamespace = 'rehearsal'::regnamespace
                        """)) {
            while (rows.next()) {
                facts.add(rows.getString(1));
            }
        }
        return facts;
    }

    private static void sql(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
