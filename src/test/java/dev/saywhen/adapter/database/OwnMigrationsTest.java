package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Change sets of a service that keeps a database for itself. */
class OwnMigrationsTest {
    private static final RunId RUN = new RunId(7);
    private static final ChangeLogText NOTES = new ChangeLogText("src/main/resources/db/changes/001-notes.sql", """
            --liquibase formatted sql
            --changeset notes:001-create-notes
            CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text varchar(200) NOT NULL);
            --rollback DROP TABLE note;
            """);

    @TempDir
    Path folder;

    @Test
    void they_are_tried_on_the_tables_and_rows_of_those_before() throws IOException {
        try (Rehearsals rehearsals = new Rehearsals(folder)) {
            assertEquals(
                    "proven notes:001-create-notes db/changes/001-notes.sql", verdict(rehearsals, List.of(), NOTES));
            String refusal = verdict(rehearsals, List.of(NOTES), new ChangeLogText("db/changes/002-rank.sql", """
                    --liquibase formatted sql
                    --changeset notes:002-rank
                    ALTER TABLE note ADD COLUMN rank int NOT NULL;
                    --rollback ALTER TABLE note DROP COLUMN rank;
                    """));
            assertTrue(refusal.contains("column \"rank\" of relation \"note\" contains null values"), refusal);
        }
    }

    private String verdict(Rehearsals rehearsals, List<ChangeLogText> before, ChangeLogText log) {
        StopSwitch stops = new StopSwitch(0);
        stops.track(RUN, false);
        PostgresRehearsal rehearsal = new PostgresRehearsal(
                Map.of(), rehearsals.confinement, () -> rehearsals.programs, folder.resolve("servers"), stops);
        return switch (rehearsal.rehearseAlone(stops.epochOf(RUN), before, List.of(log))) {
            case Rehearsed.Proven(var parts) ->
                "proven " + parts.getFirst().changeSets().getFirst().name() + " "
                        + parts.getFirst().changeSets().getFirst().file();
            case Rehearsed.Refused(String why) -> why;
        };
    }
}
