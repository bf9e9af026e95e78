package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.id.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRehearsalTest {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final ChangeLogText SHELF = new ChangeLogText("src/main/resources/db/changelog/shelf.sql", """
            --liquibase formatted sql
            --changeset ana:shelf
            CREATE TABLE shelf (id int PRIMARY KEY, label text NOT NULL);
            --rollback DROP TABLE shelf;
            --changeset ana:rows
            INSERT INTO shelf VALUES (1, 'a;b');
            --rollback DELETE FROM shelf WHERE id = 1;
            """);
    private static final ChangeLogText INDEX = new ChangeLogText("db/index.sql", """
            --liquibase formatted sql
            --changeset ana:index
            CREATE UNIQUE INDEX shelf_label ON shelf (label);
            --rollback DROP INDEX shelf_label;
            """);

    @TempDir
    Path folder;

    @Test
    void what_was_rehearsed_is_applied_known_and_taken_back() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder);
                Rehearsals rehearsals = new Rehearsals(folder)) {
            demo.run("CREATE TABLE note (id int PRIMARY KEY)");
            String before = demo.everything();
            Path servers = folder.resolve("servers");
            PostgresRehearsal rehearsal = new PostgresRehearsal(
                    Map.of(DEMO, demo.target), rehearsals.confinement, () -> rehearsals.programs, servers);

            List<Part> parts = proven(rehearsal.rehearse(DEMO, List.of(SHELF, INDEX)));
            assertEquals(before, demo.everything(), "the target is as it was");
            assertEquals(rehearsal.schema(DEMO), parts.getFirst().proof().before());
            assertEquals(
                    "db/changelog/shelf.sql",
                    parts.getFirst().changeSets().getFirst().file());
            for (Part part : parts) {
                assertTrue(migrate(demo, Migration.Change.APPLY, part));
            }
            assertEquals(rehearsal.schema(DEMO), parts.getLast().proof().after());
            assertTrue(rehearsal.isApplied(DEMO, parts.getFirst().changeSets()));

            Part again = proven(rehearsal.rehearse(DEMO, List.of(SHELF))).getFirst();
            assertEquals(
                    List.of("is so in the database already; nothing is run"),
                    again.proof().notes());
            assertFalse(migrate(demo, Migration.Change.APPLY, again));

            List<Part> back = proven(rehearsal.rehearseBack(
                    DEMO, parts.reversed().stream().map(Part::changeSets).toList()));
            assertTrue(
                    back.getLast()
                            .proof()
                            .notes()
                            .contains("the table public.shelf goes with every row that it holds then"),
                    back.getLast().proof().notes().toString());
            for (Part part : back) {
                assertTrue(migrate(demo, Migration.Change.ROLL_BACK, part));
            }
            assertEquals(before, demo.everything());
            assertEquals(List.of(), left(servers));
        }
    }

    @Test
    void without_a_sandbox_or_a_database_nothing_is_rehearsed() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder)) {
            Path programs = Files.createDirectories(folder.resolve("programs"));
            PostgresRehearsal rehearsal = new PostgresRehearsal(
                    Map.of(DEMO, demo.target),
                    (_, _, _) -> {
                        throw new IOException("Commands are not kept apart here.");
                    },
                    () -> programs,
                    folder.resolve("servers"));

            assertEquals(
                    "I can't rehearse here, and without it I change no database. Commands are not kept apart here.",
                    refused(rehearsal.rehearse(DEMO, List.of(SHELF))));
            assertEquals(
                    "The project other has no database. Configure saywhen.projects.\"other\".database-url, or leave the"
                            + " database out.",
                    refused(rehearsal.rehearse(new ProjectName("other"), List.of(SHELF))));
        }
    }

    private static boolean migrate(DemoDatabase demo, Migration.Change change, Part part) throws IOException {
        return new Migration(demo.target, change, part.changeSets(), part.proof(), "test").run(() -> {});
    }

    private static List<Part> proven(Rehearsed rehearsed) {
        return switch (rehearsed) {
            case Rehearsed.Proven(List<Part> parts) -> parts;
            case Rehearsed.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private static String refused(Rehearsed rehearsed) {
        return assertInstanceOf(Rehearsed.Refused.class, rehearsed).why();
    }

    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList();
        }
    }
}
