package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.plan.ChangeSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeLogTest {
    @Test
    void change_sets_have_a_change_a_way_back_and_liquibases_checksum() throws Unfit {
        List<ChangeSet> changeSets = ChangeLog.read("db/notes.sql", """
                --liquibase formatted sql

                --changeset ana:1 splitStatements:false
                CREATE TABLE note (id bigint PRIMARY KEY);
                COMMENT ON TABLE note IS 'a;b';
                --rollback DROP TABLE note;

                --changeset ana:2
                --rows: 20
                INSERT INTO note SELECT generate_series(1, 20);
                --rollback DELETE FROM note
                --rollback WHERE id <= 20;
                """);

        assertEquals(
                List.of("ana:1", "ana:2"),
                changeSets.stream().map(ChangeSet::name).toList());
        assertEquals("DROP TABLE note;", changeSets.get(0).rollback());
        assertEquals(ChangeLog.MOST_ROWS, changeSets.get(0).mostRows());
        assertEquals(20, changeSets.get(1).mostRows());
        assertTrue(
                changeSets.get(0).checksum().matches("9:[0-9a-f]{32}"),
                changeSets.get(0).checksum());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --changeset a:1\\nSELECT 1; | it has no way back
            --changeset a:1\\nSELECT 1;\\n--rollback empty | it has no way back
            --changeset a:1\\nSELECT 1;\\n--rollback not required | it has no way back
            --changeset a:1\\nSELECT 1;\\n--rollback -- nothing | its rollback holds no statement
            --changeset a:1\\nSELECT 1;\\n--rollback COMMIT; | a change set neither begins nor ends a transaction
            --changeset a:1 runAlways:true\\nSELECT 1;\\n--rollback SELECT 1; | runAlways and runOnChange
            --changeset a:1 runInTransaction:false\\nSELECT 1;\\n--rollback SELECT 1; | runInTransaction:false
            --changeset a:1 context:test\\nSELECT 1;\\n--rollback SELECT 1; | it depends on conditions
            --changeset a:1 dbms:h2\\nSELECT 1;\\n--rollback SELECT 1; | it depends on conditions
            --changeset a:1 failOnError:false\\nSELECT 1;\\n--rollback SELECT 1; | it depends on conditions
            --changeset a:1\\n--precondition-sql-check expectedResult:0 SELECT 0\\nSELECT 1;\\n--rollback SELECT 1; | it depends on conditions
            --changeset a:1\\nSELECT 'x;\\n--rollback SELECT 1; | a string that begins at character 8 does not end
            SELECT 1; | holds no change set
            """)
    void what_is_not_whole_is_refused(String text, String reason) {
        String log = "--liquibase formatted sql\n" + text.replace("\\n", "\n") + "\n";

        Unfit unfit = assertThrows(Unfit.class, () -> ChangeLog.read("a.sql", log));

        assertTrue(unfit.getMessage().contains(reason), unfit.getMessage());
    }
}
