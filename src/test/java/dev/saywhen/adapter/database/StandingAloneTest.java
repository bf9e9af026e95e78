package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is built while others write, on a real database. */
class StandingAloneTest {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final RunId RUN = new RunId(7);
    private static final String LOG = """
            --liquibase formatted sql
            --changeset ana:words runInTransaction:false
            CREATE UNIQUE INDEX CONCURRENTLY note_word ON note (word);
            --rollback DROP INDEX note_word;
            """;

    @TempDir
    static Path folder;

    static DemoDatabase demo;
    static Rehearsals rehearsals;
    static Target target;

    private final StopSwitch stops = new StopSwitch(0);

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoDatabase(folder);
        rehearsals = new Rehearsals(folder);
        target = new Target(demo.target.url(), demo.target.username(), demo.target.password(), 0, true);
    }

    @AfterAll
    static void end() {
        rehearsals.close();
        demo.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        demo.run("DROP OWNED BY demo; CREATE TABLE note (id int PRIMARY KEY, word text);"
                + " INSERT INTO note VALUES (1, 'a'), (2, 'b')");
        stops.track(RUN, false);
    }

    @Test
    void it_is_rehearsed_built_and_taken_back() throws Exception {
        String before = demo.everything();
        Part part = rehearsed();
        assertEquals(
                List.of("public.note: no other change of its schema (ShareUpdateExclusiveLock)"),
                part.proof().locks());
        assertEquals(
                "not transactional: where it fails or is held half way, what there is of the index note_word is dropped again",
                part.proof().notes().getFirst());

        assertTrue(apply(part));
        assertFalse(apply(part));
        assertEquals("t", demo.one("SELECT indisvalid FROM pg_index WHERE indexrelid = 'note_word'::regclass"));

        Part back = rehearsed(List.of(part.changeSets()), Trial::judgeBack);
        assertTrue(new Migration(target, Migration.Change.ROLL_BACK, back.changeSets(), back.proof(), "test", _ -> {})
                .run(() -> {}));
        assertEquals(before, demo.everything());
    }

    @Test
    void a_failed_build_leaves_no_index_behind() throws Exception {
        Part part = rehearsed();
        demo.run("INSERT INTO note VALUES (3, 'a')");
        String before = demo.everything();

        IOException failure = assertThrows(IOException.class, () -> apply(part));

        assertTrue(failure.getMessage().contains("could not create unique index"), failure.getMessage());
        assertTrue(
                failure.getMessage().endsWith("ana:words rolled back, as before this step, looked at."),
                failure.getMessage());
        assertEquals(before, demo.everything());
        assertEquals(0, demo.locks());
    }

    @Test
    void a_stop_half_way_is_confirmed_only_when_no_index_is_left_behind() throws Exception {
        Part part = rehearsed();
        String before = demo.everything();
        try (Connection writer = demo.target.login();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE note SET word = 'c' WHERE id = 1"); // the build waits for its end
            FutureTask<Boolean> build = new FutureTask<>(() -> apply(part));
            Thread.ofVirtual().start(build);
            awaitUnfinishedIndex();

            StopPull pull = stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null));
            CutOff.Report held = pull.settle(Duration.ofSeconds(9)).getOrDefault(RUN, CutOff.Report.NOTHING);
            assertTrue(held.survivors().getFirst().contains("outcome unknown"), held.toString());
            writer.rollback();

            CutOff.Report settled = pull.settleAgain(Duration.ofSeconds(9)).getOrDefault(RUN, CutOff.Report.NOTHING);
            assertEquals(List.of(), settled.survivors());
            assertTrue(settled.found().getFirst().contains("ana:words rolled back"), settled.toString());
            assertThrows(ExecutionException.class, () -> build.get(20, TimeUnit.SECONDS));
        }
        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
        assertEquals(0, demo.locks());
    }

    @Test
    void a_stop_between_the_last_look_and_the_build_lets_nothing_be_built() throws Exception {
        Part part = rehearsed();
        String before = demo.everything();
        Migration migration = migration(part);
        FutureTask<CutOff.Report> stopped = new FutureTask<>(migration::cut);

        assertThrows(IOException.class, () -> migration.run(() -> stopAndAwaitThatItIsHeard(stopped)));

        CutOff.Report report = stopped.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(), report.survivors());
        assertTrue(report.found().getFirst().contains("ana:words rolled back"), report.toString());
        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
    }

    @Test
    void who_waits_for_its_turn_does_not_keep_an_index_from_being_built() throws Exception {
        Part part = rehearsed();
        List<String> said = new CopyOnWriteArrayList<>();
        Migration next =
                new Migration(target, Migration.Change.APPLY, part.changeSets(), part.proof(), "test", said::add);
        FutureTask<Boolean> waiting = new FutureTask<>(() -> next.run(() -> {}));

        assertTrue(migration(part).run(() -> beginAndAwaitThatItWaits(waiting, said)));

        assertFalse(waiting.get(20, TimeUnit.SECONDS)); // it is applied already
        assertEquals(1, said.size(), said.toString());
    }

    @Test
    void a_stop_while_it_waits_for_its_turn_ends_the_wait() throws Exception {
        Part part = rehearsed();
        List<String> said = new CopyOnWriteArrayList<>();
        Migration next =
                new Migration(target, Migration.Change.APPLY, part.changeSets(), part.proof(), "test", said::add);
        FutureTask<Boolean> waiting = new FutureTask<>(() -> next.run(() -> {}));

        assertTrue(migration(part).run(() -> {
            beginAndAwaitThatItWaits(waiting, said);
            assertEquals(List.of(), next.cut().survivors());
        }));

        assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
    }

    private static void beginAndAwaitThatItWaits(FutureTask<Boolean> waiting, List<String> said) {
        Thread.ofVirtual().start(waiting);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (said.isEmpty()) {
            assertTrue(System.nanoTime() < end, "it did not wait");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void stopAndAwaitThatItIsHeard(FutureTask<CutOff.Report> stop) {
        Thread stopping = Thread.ofPlatform().start(stop);
        while (stopping.getState() != Thread.State.TIMED_WAITING && stopping.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void what_was_built_is_dropped_where_the_permission_ended_meanwhile() throws Exception {
        Part part = rehearsed();
        String before = demo.everything();

        assertThrows(
                IllegalStateException.class,
                () -> migration(part).run(() -> {}, () -> {
                    throw new IllegalStateException("the time is over");
                }));

        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
    }

    private static void awaitUnfinishedIndex() throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (demo.one("SELECT count(*) FROM pg_index WHERE NOT indisvalid").equals("0")) {
            assertTrue(System.nanoTime() < end, "the build was not begun");
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void an_index_that_a_kill_left_unfinished_is_named_before_anything_is_planned() throws Exception {
        demo.run("INSERT INTO note VALUES (3, 'a')");
        assertThrows(SQLException.class, () -> demo.run("CREATE UNIQUE INDEX CONCURRENTLY note_word ON note (word)"));

        Unfit refusal = assertThrows(Unfit.class, StandingAloneTest::rehearsed);

        assertEquals(
                "The index public.note_word is not valid: a build of it did not come to its end. Drop it (DROP INDEX"
                        + " public.note_word), then I can plan.",
                refusal.getMessage());
    }

    @Test
    void it_is_refused_where_the_project_does_not_allow_it() {
        assertTrue(RehearsedOnce.verdict(rehearsals, demo.target, folder.resolve("servers"), LOG)
                .startsWith("refused Change set ana:words: runInTransaction:false can't be rolled back"));
    }

    @Test
    void it_stands_alone_and_says_its_way_back() {
        refused("is a step of its own", LOG + """
                --changeset ana:other
                CREATE TABLE other (id int);
                --rollback DROP TABLE other;
                """);
        refused("CONCURRENTLY can't be part of a transaction", """
                --liquibase formatted sql
                --changeset ana:words runInTransaction:false
                CREATE INDEX CONCURRENTLY note_word ON note (word);
                --rollback DROP INDEX CONCURRENTLY note_word;
                """);
        refused("a plain DROP INDEX of that name as its rollback", """
                --liquibase formatted sql
                --changeset ana:words runInTransaction:false
                CREATE INDEX CONCURRENTLY note_word ON note (word);
                --rollback SELECT 1;
                """);
        refused("runInTransaction:false is for one CREATE INDEX CONCURRENTLY", """
                --liquibase formatted sql
                --changeset ana:words runInTransaction:false
                VACUUM note;
                --rollback DROP INDEX note_word;
                """);
        refused("CONCURRENTLY can't be part of a transaction", """
                --liquibase formatted sql
                --changeset ana:words
                CREATE INDEX CONCURRENTLY note_word ON note (word);
                --rollback DROP INDEX note_word;
                """);
    }

    private static void refused(String why, String log) {
        String verdict = RehearsedOnce.verdict(rehearsals, target, folder.resolve("servers"), log);
        assertTrue(verdict.startsWith("refused") && verdict.contains(why), verdict);
    }

    private static Part rehearsed() throws SQLException, Unfit {
        return rehearsed(List.of(ChangeLog.read("words.sql", LOG, ChangeLog.Alone.ALLOWED)), Trial::judge);
    }

    private static Part rehearsed(List<List<ChangeSet>> steps, PostgresRehearsal.Judging judging)
            throws SQLException, Unfit {
        try (Connection connection = demo.target.login()) {
            return rehearsals
                    .rehearse(connection, demo.target.shown(), 0, steps, judging)
                    .getFirst();
        }
    }

    private static Migration migration(Part part) {
        return new Migration(target, Migration.Change.APPLY, part.changeSets(), part.proof(), "test", _ -> {});
    }

    private boolean apply(Part part) throws IOException {
        return new AppliesChangeSets(Map.of(DEMO, target), stops, (_, _) -> {})
                .perform(
                        Clearances.live(new Effect.ApplyChangeSets(RUN, DEMO, part.changeSets(), part.proof()), stops));
    }
}
