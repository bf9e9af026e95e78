package dev.saywhen.adapter.database.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @Test
    void statements_end_at_semicolons_outside_everything_else() {
        String sql = """
                INSERT INTO t VALUES ('a;b', E'it\\'s;', U&'x;', $$ ; $$, $x$ ; $$ ; $x$); -- c;d
                /* a; /* nested; */ still; */ UPDATE "odd;name" SET a = 1;;
                CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM u; DELETE FROM v);
                SELECT 'one'
                  'two;' , a$b$c FROM t
                """;

        assertEquals(
                List.of(
                        "INSERT INTO t VALUES ('a;b', E'it\\'s;', U&'x;', $$ ; $$, $x$ ; $$ ; $x$)",
                        "UPDATE \"odd;name\" SET a = 1",
                        "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM u; DELETE FROM v)",
                        "SELECT 'one'\n  'two;' , a$b$c FROM t"),
                texts(sql));
    }

    @Test
    void the_body_of_a_routine_in_standard_sql_is_one_statement() {
        String sql = """
                CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC
                  SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; SELECT 3; END;
                SELECT 1""";

        assertEquals(2, texts(sql).size());
    }

    @Test
    void a_string_with_escapes_goes_on_with_escapes() {
        assertEquals(2, texts("SELECT E'a'\n'b\\';c'; SELECT 2").size());
        assertEquals(2, texts("SELECT E'a' -- word\n'b\\';c'; SELECT 2").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a", "SELECT $a$ b $A$", "/* /* */", "SELECT \"a", "SELECT E'a\\'"})
    void what_does_not_end_is_not_read(String sql) {
        assertThrows(IllegalArgumentException.class, () -> Script.statements(sql));
    }

    private static List<String> texts(String sql) {
        return Script.statements(sql).stream().map(Statement::text).toList();
    }
}
