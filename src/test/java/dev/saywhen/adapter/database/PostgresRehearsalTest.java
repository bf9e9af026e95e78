package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
    private static final ChangeLogText SLOW = new ChangeLogText("db/slow.sql", """
            --liquibase formatted sql
            --changeset ana:slow
            SELECT pg_sleep(60);
            --rollback SELECT 1;
            """);
    private static final ChangeLogText INDEX = new ChangeLogText("db/index.sql", """
            --liquibase formatted sql
            --changeset ana:index
            CREATE UNIQUE INDEX shelf_label ON shelf (label);
            --rollback DROP INDEX shelf_label;
            """);

    private static final RunId RUN = new RunId(7);

    @TempDir
    Path folder;

    private final StopSwitch stops = new StopSwitch(0);
    private StopSwitch.Epoch began = stops.epochOf(RUN);

    @BeforeEach
    void begin() {
        stops.track(RUN, false);
        began = stops.epochOf(RUN);
    }

    @Test
    void what_was_rehearsed_is_applied_known_and_taken_back() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder);
                Rehearsals rehearsals = new Rehearsals(folder)) {
            demo.run("CREATE TABLE note (id int PRIMARY KEY)");
            String before = demo.everything();
            Path servers = folder.resolve("servers");
            PostgresRehearsal rehearsal = new PostgresRehearsal(
                    Map.of(DEMO, demo.target), rehearsals.confinement, () -> rehearsals.programs, servers, stops);

            List<Part> parts = proven(rehearsal.rehearse(began, DEMO, List.of(SHELF, INDEX)));
            assertEquals(before, demo.everything(), "the target is as it was");
            assertEquals(rehearsal.schema(began, DEMO), parts.getFirst().proof().before());
            assertEquals(
                    "db/changelog/shelf.sql",
                    parts.getFirst().changeSets().getFirst().file());
            for (Part part : parts) {
                assertTrue(migrate(demo, Migration.Change.APPLY, part));
            }
            assertEquals(rehearsal.schema(began, DEMO), parts.getLast().proof().after());
            assertTrue(rehearsal.isApplied(began, DEMO, parts.getFirst().changeSets()));

            Part again = proven(rehearsal.rehearse(began, DEMO, List.of(SHELF))).getFirst();
            assertEquals(
                    List.of("is so in the database already; nothing is run"),
                    again.proof().notes());
            assertFalse(migrate(demo, Migration.Change.APPLY, again));

            List<List<ChangeSet>> newestFirst =
                    parts.reversed().stream().map(Part::changeSets).toList();
            demo.run("INSERT INTO shelf VALUES (2, 'b')");
            List<Part> back = proven(rehearsal.rehearseBack(began, DEMO, newestFirst));
            assertEquals(
                    List.of("the table public.shelf goes, which holds 2 rows now"),
                    back.getLast().proof().losses().stream().map(Loss::told).toList());
            demo.run("INSERT INTO shelf VALUES (3, 'c')");
            IOException newer =
                    assertThrows(IOException.class, () -> migrate(demo, Migration.Change.ROLL_BACK, back.getFirst()));
            assertEquals(
                    "The table public.shelf holds 3 rows now, and by the plan 2 rows would go. Stop what writes there,"
                            + " then say `undo` for a fresh plan. Nothing was changed.",
                    newer.getMessage(),
                    "before the first rollback of several");
            List<Part> fresh = proven(rehearsal.rehearseBack(began, DEMO, newestFirst));
            assertEquals(3, fresh.getLast().proof().losses().getFirst().held());
            assertTrue(migrate(demo, Migration.Change.ROLL_BACK, fresh.getFirst()));
            List<Part> rest = proven(rehearsal.rehearseBack(began, DEMO, newestFirst));
            assertFalse(migrate(demo, Migration.Change.ROLL_BACK, rest.getFirst()), "is so already");
            assertTrue(migrate(demo, Migration.Change.ROLL_BACK, rest.getLast()));
            assertEquals(before, demo.everything());
            assertEquals(List.of(), left(servers));
        }
    }

    @Test
    void a_stop_ends_a_rehearsal_and_looks_until_nothing_of_it_is_alive() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder);
                Rehearsals rehearsals = new Rehearsals(folder)) {
            Path servers = folder.resolve("servers");
            PostgresRehearsal rehearsal = new PostgresRehearsal(
                    Map.of(DEMO, demo.target), rehearsals.confinement, () -> rehearsals.programs, servers, stops);
            FutureTask<Rehearsed> thought = new FutureTask<>(() -> rehearsal.rehearse(began, DEMO, List.of(SLOW)));
            Thread.ofVirtual().start(thought);
            await(() -> rehearsing() > 0);

            CutOff.Report report = stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null))
                    .settle(Duration.ofSeconds(9))
                    .get(RUN);

            assertEquals(0, rehearsing(), "the receipt comes after the end");
            assertEquals(List.of(), report.survivors());
            assertTrue(report.killed() > 3, "killed " + report.killed());
            ExecutionException cut = assertThrows(ExecutionException.class, () -> thought.get(10, TimeUnit.SECONDS));
            assertInstanceOf(ThoughtCut.class, cut.getCause());
            assertEquals(List.of(), left(servers));
            assertEquals(0, demo.sessions());
        }
    }

    @Test
    void a_stop_ends_a_look_that_waits_for_a_lock_of_somebody_else() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder)) {
            List<ChangeSet> shelf = DemoDatabase.changeSets("shelf", "CREATE TABLE s (id int);", "DROP TABLE s;");
            PostgresRehearsal rehearsal = lookingOnly(demo);
            demo.run("CREATE TABLE databasechangelog (id text)");
            try (Connection other = demo.target.login();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
                FutureTask<Boolean> look = new FutureTask<>(() -> rehearsal.isApplied(began, DEMO, shelf));
                Thread.ofVirtual().start(look);
                await(() -> waiting(demo) == 1);

                CutOff.Report report = stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null))
                        .settle(Duration.ofSeconds(9))
                        .get(RUN);

                assertEquals(0, waiting(demo), "the receipt comes after the end");
                assertEquals(List.of(), report.survivors());
                ExecutionException cut = assertThrows(ExecutionException.class, () -> look.get(10, TimeUnit.SECONDS));
                assertInstanceOf(ThoughtCut.class, cut.getCause());
            }
            assertEquals(0, demo.sessions());
        }
    }

    @Test
    void after_a_stop_no_rehearsal_begins() throws Exception {
        try (DemoDatabase demo = new DemoDatabase(folder)) {
            PostgresRehearsal rehearsal = lookingOnly(demo);
            stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null));

            assertThrows(ThoughtCut.class, () -> rehearsal.rehearse(began, DEMO, List.of(SHELF)));
            assertThrows(ThoughtCut.class, () -> rehearsal.schema(began, DEMO));
            assertEquals(0, demo.sessions());
        }
    }

    private PostgresRehearsal lookingOnly(DemoDatabase demo) {
        return new PostgresRehearsal(
                Map.of(DEMO, demo.target),
                (_, _, _) -> {
                    throw new AssertionError("nothing is started");
                },
                () -> folder,
                folder.resolve("servers"),
                stops);
    }

    /** How many sessions wait for a lock. */
    private static int waiting(DemoDatabase demo) {
        try {
            return Integer.parseInt(demo.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"));
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
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
                    folder.resolve("servers"),
                    stops);

            assertEquals(
                    "I can't rehearse here, and without it I change no database. Commands are not kept apart here.",
                    refused(rehearsal.rehearse(began, DEMO, List.of(SHELF))));
            assertEquals(
                    "The project other has no database. Configure saywhen.projects.\"other\".database-url, or leave the"
                            + " database out.",
                    refused(rehearsal.rehearse(began, new ProjectName("other"), List.of(SHELF))));
        }
    }

    /** Statements under way on copies, as their processes call themselves. */
    private static long rehearsing() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> title(process.pid()).startsWith("postgres: demo copy_1 [local] SELECT"))
                .count();
    }

    private static String title(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    private static void await(java.util.function.BooleanSupplier seen) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!seen.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not seen within 60 s");
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean migrate(DemoDatabase demo, Migration.Change change, Part part) throws IOException {
        return new Migration(demo.target, change, part.changeSets(), part.proof(), "test", _ -> {}).run(() -> {});
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
