package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.plan.Loss;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
                CREATE TABLE note (id int PRIMARY KEY, "a.b" text, day date);
                INSERT INTO note VALUES (1, 'a', NULL), (2, NULL, NULL);
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DROP TABLE note                                               | the table public.note goes, which holds 2 rows",
                "ALTER TABLE note DROP COLUMN \"a.b\"                        | the column public.note.\"a.b\" goes, which holds 1 value",
                "ALTER TABLE note DROP COLUMN day, ADD COLUMN day date         | the column public.note.day goes, which holds no values",
                "ALTER TABLE note RENAME TO remark                             | ``",
                "ALTER TABLE note RENAME COLUMN day TO date                    | ``",
                "ALTER TABLE note ALTER COLUMN day TYPE timestamp              | ``",
                "ALTER TABLE note SET SCHEMA keep                              | ``",
                "CREATE TABLE other (id int)                                   | ``",
                "DELETE FROM note                                              | ``",
            })
    void what_goes_is_told_by_what_it_is_and_not_by_its_name(String sql, String told) throws Exception {
        try (Connection connection = demo.target.login()) {
            Holders before = Holders.at(connection);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            List<Loss> gone = before.goneIn(Holders.at(connection));
            connection.rollback();

            List<String> losses =
                    Holders.counted(connection, gone).stream().map(Loss::told).toList();
            assertEquals(told.isEmpty() ? List.of() : List.of(told), losses);
        }
    }

    @Test
    void more_than_the_plan_says_does_not_go() throws Exception {
        try (Connection connection = demo.target.login()) {
            connection.setAutoCommit(false);
            Holders.refuseMore(connection, List.of(new Loss("public.note", "", 2), new Loss("public.note", "day", 0)));

            Unfit more = assertThrows(
                    Unfit.class, () -> Holders.refuseMore(connection, List.of(new Loss("public.note", "\"a.b\"", 0))));
            assertEquals(
                    "The column public.note.\"a.b\" holds 1 value now, and by the plan no values would go. Stop what writes"
                            + " there, then say `undo` for a fresh plan.",
                    more.why());
        }
    }
}
