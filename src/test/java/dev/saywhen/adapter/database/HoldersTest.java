package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.plan.Loss;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldersTest {
    private DemoDatabase demo;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        demo = new DemoDatabase(folder);
    }

    @AfterAll
    void close() throws Exception {
        demo.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        demo.run("""
                DROP OWNED BY demo;
                CREATE SCHEMA keep AUTHORIZATION demo;
                CREATE TYPE place AS (street text, town text);
                CREATE TYPE home AS (places place[], since date);
                CREATE TYPE spot AS (x int, y int);
                CREATE TYPE span AS RANGE (subtype = spot);
                CREATE TABLE way (spans span_multirange);
                CREATE TABLE note (id int PRIMARY KEY, "a.b" text, day date, home home,
                  longer text GENERATED ALWAYS AS ("a.b" || '!') STORED);
                INSERT INTO note VALUES (1, 'a', NULL), (2, NULL, NULL);
                CREATE TABLE page (note_id int REFERENCES note ON DELETE CASCADE);
                INSERT INTO page VALUES (1), (1), (2);
                CREATE VIEW shown AS SELECT id FROM note;
                CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  DELETE FROM note WHERE id = old.id; RETURN old; END $$;
                CREATE TRIGGER forget INSTEAD OF DELETE ON shown FOR EACH ROW EXECUTE FUNCTION forget();
                CREATE TABLE year (id int, at date) PARTITION BY RANGE (at);
                CREATE TABLE year_24 PARTITION OF year FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                INSERT INTO year VALUES (1, '2024-02-01');
                CREATE TABLE child () INHERITS (note);
                INSERT INTO child (id, "a.b") VALUES (7, 'x');
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DROP TABLE page                               | the table public.page goes, which holds 3 rows now",
                "ALTER TABLE note DROP COLUMN \"a.b\" CASCADE | the column public.child.\"a.b\" goes, which holds 1 value now; the column public.note.\"a.b\" goes, which holds 1 value now",
                "ALTER TABLE note DROP COLUMN day, ADD COLUMN day date | the column public.child.day goes, which holds no values now; the column public.note.day goes, which holds no values now",
                "ALTER TABLE note DROP COLUMN longer           | ``",
                "ALTER TABLE note RENAME TO remark             | ``",
                "ALTER TABLE note RENAME COLUMN day TO date    | ``",
                "ALTER TABLE note SET SCHEMA keep              | ``",
                "ALTER TABLE child NO INHERIT note             | ``",
                "ALTER TABLE year DETACH PARTITION year_24     | ``",
                "CREATE TABLE other (id int)                   | ``",
                "INSERT INTO note VALUES (3)                   | ``",
                "DELETE FROM year                              | 1 row of the table public.year_24 goes",
                "DELETE FROM note                              | 1 row of the table public.child goes; 2 rows of the table public.note go; 3 rows of the table public.page go",
                "DELETE FROM shown WHERE id = 2                | 1 row of the table public.note goes; 1 row of the table public.page goes",
                "DELETE FROM page WHERE note_id > 2            | ``",
                "UPDATE page SET note_id = 1                   | rows of the table public.page are changed",
                "TRUNCATE page                                 | the table public.page is emptied or written anew, which holds 3 rows now",
                "TRUNCATE year                                 | the table public.year_24 is emptied or written anew, which holds 1 row now",
                "ALTER TABLE year ALTER COLUMN id TYPE varchar(1) USING left(id::text, 1) | the table public.year_24 is emptied or written anew, which holds 1 row now",
                "ALTER TABLE year ALTER COLUMN id TYPE int USING id / 2 | the table public.year_24 is emptied or written anew, which holds 1 row now",
                "ALTER TYPE place DROP ATTRIBUTE town          | the table public.child is emptied or written anew, which holds 1 row now; the table public.note is emptied or written anew, which holds 2 rows now",
                "ALTER TYPE spot DROP ATTRIBUTE y              | the table public.way is emptied or written anew, which holds no rows now",
                "ALTER TYPE place ADD ATTRIBUTE land text      | ``",
            })
    void what_is_taken_is_told_by_what_it_is_and_not_by_its_name(String sql, String told) throws Exception {
        try (Connection connection = demo.target.login()) {
            connection.setAutoCommit(false);
            Holders before = Holders.at(connection);
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            List<Loss> taken = before.takenBy(Holders.at(connection));
            connection.rollback();

            assertEquals(
                    told,
                    String.join(
                            "; ",
                            new Allowance(taken)
                                    .counted(connection).losses().stream()
                                            .map(Loss::told)
                                            .toList()));
        }
    }
}
