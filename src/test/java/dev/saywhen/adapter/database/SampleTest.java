package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.plan.ChangeSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    private static final String SCHEMA = """
            CREATE TYPE mood AS ENUM ('calm', 'busy');
            CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail varchar(60) UNIQUE,
              born date, ssn bigint UNIQUE, pay numeric(8,2), feels mood, tags text[], data jsonb, photo bytea, key uuid,
              pin int UNIQUE, salary int, code int UNIQUE, UNIQUE (id, salary));
            CREATE TABLE badge (code int REFERENCES person (code));
            CREATE DOMAIN "interval" AS text;
            CREATE DOMAIN nested AS public."interval";
            CREATE TABLE named (id int PRIMARY KEY, what nested);
            CREATE TABLE letter (person bigint NOT NULL REFERENCES person, number int, body text, PRIMARY KEY (person, number));
            CREATE TABLE odd (place point NOT NULL);
            """;
    private static final String ROWS = """
            INSERT INTO person (name, mail, born, ssn, pay, feels, tags, data, photo, key, pin, salary, code)
              SELECT 'Ana Secret' || i, 'ana' || i || '@secret.org', date '1980-01-01' + i, 123450000 + i, 1000 + i, 'busy',
                ARRAY['secret', NULL], '{"secret": "word"}', 'secret', gen_random_uuid(), 4000 + i, 90000 + i, 700 + i FROM generate_series(1, 30) i;
            INSERT INTO letter SELECT i, n, 'Dear SECRET, 42 times' FROM generate_series(1, 30) i, generate_series(1, 3) n;
            INSERT INTO badge SELECT code FROM person;
            INSERT INTO named VALUES (1, 'Ana Secret');
            INSERT INTO odd VALUES (point(1, 2));
            """;

    @TempDir
    static Path folder;

    static Rehearsals rehearsals;

    @BeforeAll
    static void start() throws IOException {
        rehearsals = new Rehearsals(folder);
    }

    @AfterAll
    static void end() {
        rehearsals.close();
    }

    @Test
    void rows_are_masked_where_they_lie_and_still_fit_together() throws Exception {
        rehearsals.makeTarget("people", SCHEMA + ROWS);
        rehearsals.makeTarget("other", SCHEMA);
        List<String> inserts;
        try (Connection connection = rehearsals.server.login(Rehearsals.ROLE, "people")) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            inserts = Sample.read(connection, 20, new Masks("pepper", 100));
        }

        String all = String.join("\n", inserts);
        for (String secret : List.of("Ana", "secret", "SECRET", "Dear", "12345", "1980-01", "word", "\\x736563")) {
            assertFalse(all.contains(secret), secret);
        }
        try (Connection connection = rehearsals.server.login(Rehearsals.ROLE, "other");
                Statement statement = connection.createStatement()) {
            for (String insert : inserts) {
                statement.execute(insert);
            }
            assertEquals("20 20 20", one(statement, """
                    SELECT count(*) || ' ' || count(DISTINCT mail) || ' ' || count(DISTINCT born) FROM person
                    """));
            assertEquals("20", one(statement, "SELECT count(*) FROM letter"));
            assertEquals("true true true true true", one(statement, """
                    SELECT concat_ws(' ', bool_and(name ~ '^[A-Z][a-z]{2} [A-Z][a-z]{5}[0-9]{1,2}$')::text,
                      bool_and(mail ~ '^[a-z]{3}[0-9]{1,2}@[a-z]{6}.[a-z]{3}$')::text, bool_and(feels = 'busy')::text,
                      bool_and(length(tags[1]) = 6 AND tags[2] IS NULL OR tags[2] = '')::text,
                      bool_and(length(ssn::text) = 9)::text) FROM person
                    """));
            assertEquals("0 0 20", one(statement, """
                    SELECT concat_ws(' ', count(*) FILTER (WHERE pin = 4000 + id), count(*) FILTER (WHERE salary = 90000 + id),
                      count(*) FILTER (WHERE code = 700 + id)) FROM person
                    """), "what is unique is masked, what others refer to is not");
            assertEquals("20", one(statement, "SELECT count(*) FROM badge"));
            assertEquals("0", one(statement, "SELECT count(*) FROM odd"), "there is no rule for a point");
        }
    }

    @Test
    void what_fails_on_rows_as_they_are_is_found_out_on_the_copy() throws Exception {
        rehearsals.makeTarget(
                "pages",
                "CREATE TABLE page (id int PRIMARY KEY, word text); INSERT INTO page VALUES (1, 'a'), (2, repeat('b', 40))");
        List<List<ChangeSet>> steps = List.of(ChangeLog.read("short.sql", """
                --liquibase formatted sql
                --changeset ana:short
                ALTER TABLE page ADD CONSTRAINT short CHECK (length(word) < 30);
                --rollback ALTER TABLE page DROP CONSTRAINT short;
                """));

        assertEquals(1, rehearsals.rehearse("pages", steps).size(), "made rows are short");
        try (Connection connection = rehearsals.server.login(Rehearsals.ROLE, "pages")) {
            Unfit found =
                    assertThrows(Unfit.class, () -> rehearsals.rehearse(connection, "pages", 10, steps, Trial::judge));
            assertTrue(found.getMessage().contains("violated by some row"), found.getMessage());
        }
    }

    @Test
    void what_a_row_holds_is_not_told_where_a_change_fails_on_it() throws Exception {
        rehearsals.makeTarget(
                "secrets",
                "CREATE TABLE secret (id int PRIMARY KEY, word text); INSERT INTO secret VALUES (734501, 'a')");
        List<List<ChangeSet>> steps = List.of(ChangeLog.read("twice.sql", """
                --liquibase formatted sql
                --changeset ana:twice
                INSERT INTO secret SELECT * FROM secret WHERE id > 700000;
                --rollback SELECT 1;
                """));

        try (Connection connection = rehearsals.server.login(Rehearsals.ROLE, "secrets")) {
            Unfit found = assertThrows(
                    Unfit.class, () -> rehearsals.rehearse(connection, "secrets", 10, steps, Trial::judge));
            assertTrue(found.getMessage().contains("duplicate key"), found.getMessage());
            assertFalse(found.getMessage().contains("734501"), found.getMessage());
        }
    }

    @Test
    void sequences_of_every_kind_go_past_the_rows() throws Exception {
        rehearsals.makeTarget("numbered", """
                CREATE TABLE down (id int PRIMARY KEY, word text);
                CREATE SEQUENCE down_id INCREMENT -1 MINVALUE -100 MAXVALUE -1 OWNED BY down.id;
                CREATE TABLE full_up (id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 3) PRIMARY KEY, word text);
                CREATE TABLE none (id int GENERATED ALWAYS AS IDENTITY (MINVALUE 5) PRIMARY KEY, word text);
                CREATE TABLE named (id text PRIMARY KEY, word text);
                CREATE SEQUENCE named_id OWNED BY named.id;
                INSERT INTO down VALUES (-2, 'a');
                INSERT INTO full_up (word) VALUES ('a'), ('b'), ('c');
                INSERT INTO named VALUES ('n', 'a');
                """);
        List<List<ChangeSet>> steps = List.of(ChangeLog.read("more.sql", """
                --liquibase formatted sql
                --changeset ana:more
                ALTER TABLE down ADD COLUMN more text;
                --rollback ALTER TABLE down DROP COLUMN more;
                """));

        try (Connection connection = rehearsals.server.login(Rehearsals.ROLE, "numbered")) {
            assertEquals(
                    1,
                    rehearsals
                            .rehearse(connection, "numbered", 10, steps, Trial::judge)
                            .size());
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
