package dev.saywhen.adapter.database.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "/* x */ commit",
                "END",
                "SAVEPOINT a",
                "PREPARE TRANSACTION 'x'",
                "ROLLBACK AND CHAIN",
                "CREATE ROLE a",
                "ALTER USER a SUPERUSER",
                "GRANT admin TO bob",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION postgres",
                "RESET ROLE",
                "SET statement_timeout = 0",
                "SELECT set_config('lock_timeout', '0', false)",
                "SELECT pg_catalog.\"set_config\"('lock_timeout', '0', false)",
                "CREATE DATABASE x",
                "ALTER DATABASE x SET a = 1",
                "CREATE TABLESPACE x LOCATION '/x'",
                "CREATE TABLE t (a int) TABLESPACE x",
                "ALTER SYSTEM SET a = 1",
                "COPY t FROM '/etc/passwd'",
                "COPY t TO PROGRAM 'sh'",
                "copy (SELECT 1) to stdout",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ x $$",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE 'c' AS 'x'",
                "DO LANGUAGE plperlu $$ x $$",
                "CREATE EXTENSION file_fdw",
                "CREATE EXTENSION IF NOT EXISTS \"dblink\"",
                "CREATE LANGUAGE plperlu",
                "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                "DROP INDEX concurrently i",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_unlink(16500)",
                "SELECT pg_terminate_backend(1)",
                "SELECT dblink_exec('x', 'y')",
                "DO $$ BEGIN PERFORM pg_read_file('x'); END $$",
                "DO $$ BEGIN DELETE FROM t; COMMIT; END $$",
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN ROLLBACK; END $$",
                "VACUUM t",
                "LISTEN x",
                "\\! rm -rf /",
                "REINDEX TABLE t",
                "FROB t",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a",
            })
    void what_reaches_out_or_ends_the_transaction_is_refused(String sql) {
        assertEquals(1, Script.statements(sql).size());
        assertEquals(true, reason(sql).isPresent(), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('COMMIT; COPY t FROM PROGRAM ''sh''')",
                "-- COMMIT;\nINSERT INTO t VALUES (1)",
                "/* ROLLBACK; /* COPY */ */ UPDATE t SET a = 1",
                "CREATE TABLE \"commit\" (\"copy\" text)",
                "CREATE TABLE roles (role text, \"user\" text, commit boolean)",
                "ALTER TABLE t ADD COLUMN tablespaces text",
                "COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
                "SELECT pg_get_viewdef('v')",
                "DO $$ BEGIN -- COMMIT;\n PERFORM 1; END $$",
                "DO $$ DECLARE commit int := 1; BEGIN commit := 2; END $$",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'COMMIT;' $$",
                "CREATE FUNCTION f() RETURNS text AS $$ SELECT $x$ commit; $x$ $$ LANGUAGE SQL",
                "INSERT INTO page VALUES ($$ BEGIN; COMMIT; SELECT pg_read_file('x'); $$)",
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "GRANT SELECT ON t TO reader",
                "SET CONSTRAINTS ALL DEFERRED",
                "CREATE UNIQUE INDEX i ON t (a)",
                "CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
                "WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d",
                "ALTER TYPE mood ADD VALUE 'calm'",
            })
    void what_only_looks_like_it_is_not(String sql) {
        assertEquals(Optional.empty(), reason(sql), sql);
    }

    @Test
    void a_warning_is_about_what_a_statement_does() {
        assertEquals(
                List.of("reads the whole table under its lock to prove NOT NULL"),
                warnings("ALTER TABLE t ALTER COLUMN a SET NOT NULL"));
        assertEquals(
                List.of("a change of type may rewrite the table and every index on it"),
                warnings("ALTER TABLE t ALTER a TYPE bigint"));
        assertEquals(
                List.of("checks every row under its lock; NOT VALID and a later VALIDATE would not"),
                warnings("ALTER TABLE t ADD CHECK (a > 0)"));
        assertEquals(List.of("programs that use the old name break at once"), warnings("ALTER TABLE t RENAME TO u"));
        assertEquals(
                List.of("writers of the table wait while the index is built"), warnings("CREATE INDEX i ON t (a)"));
        assertEquals(List.of(), warnings("ALTER TABLE t ADD COLUMN type text"));
        assertEquals(List.of(), warnings("ALTER TABLE t ADD CHECK (a > 0) NOT VALID"));
        assertEquals(List.of(), warnings("CREATE TABLE t (a int NOT NULL CHECK (a > 0))"));
    }

    private static Optional<String> reason(String sql) {
        return Refusals.reason(Script.statements(sql).getFirst());
    }

    private static List<String> warnings(String sql) {
        return Warnings.of(Script.statements(sql).getFirst());
    }
}
