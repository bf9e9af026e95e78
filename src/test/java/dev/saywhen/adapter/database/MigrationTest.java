package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import java.io.File;
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

/** The target is a real database. Every test begins and ends with the same one. */
class MigrationTest {
    private static final RunId RUN = new RunId(7);
    private static final ProjectName DEMO = new ProjectName("demo");

    @TempDir
    static Path folder;

    static DemoDatabase demo;

    private final StopSwitch stops = new StopSwitch(0);
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoDatabase(folder);
    }

    @AfterAll
    static void end() {
        demo.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        demo.run("DROP OWNED BY demo; CREATE TABLE note (id int PRIMARY KEY); INSERT INTO note VALUES (1)");
        stops.track(RUN, false);
    }

    @Test
    void change_sets_are_applied_once_and_taken_back_once() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "two",
                "CREATE TABLE shelf (id int); INSERT INTO note VALUES (2);",
                "DROP TABLE shelf; DELETE FROM note WHERE id = 2;");
        Proof proof = demo.proofs(List.of(step)).getFirst();
        String before = demo.everything();

        assertTrue(apply(step, proof));
        assertFalse(apply(step, proof));
        assertEquals(
                "EXECUTED two.sql ana two",
                demo.one("SELECT exectype || ' ' || filename || ' ' || author || ' ' || id FROM databasechangelog"));
        Proof back = demo.wayBack(step);
        assertTrue(rollBack(step, back));
        assertFalse(rollBack(step, back));

        assertEquals(before, demo.everything());
        assertEquals("null", demo.one("SELECT to_regclass('databasechangelog')"));
        assertEquals(0, demo.sessions());
    }

    @Test
    void names_of_a_change_set_of_its_own_do_not_hide_the_record_of_it() throws Exception {
        demo.run("CREATE SCHEMA app AUTHORIZATION demo");
        List<ChangeSet> step = DemoDatabase.changeSets(
                "own",
                "SET LOCAL search_path = app; CREATE TABLE shelf (id int);",
                "SET LOCAL search_path = app; DROP TABLE shelf;");
        Proof proof = demo.proofs(List.of(step)).getFirst();
        String before = demo.everything();

        assertTrue(apply(step, proof));
        assertFalse(apply(step, proof));
        assertTrue(rollBack(step, demo.wayBack(step)));

        assertEquals(before, demo.everything());
    }

    @Test
    void a_schema_that_moved_since_is_refused() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets("one", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;");
        Proof proof = demo.proofs(List.of(step)).getFirst();
        demo.run("ALTER TABLE note ADD COLUMN text text");

        refused(step, proof, "is not the one that this was rehearsed on");
    }

    @Test
    void what_comes_to_another_schema_is_rolled_back() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets("one", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;");
        Proof proof = demo.proofs(List.of(step)).getFirst();

        refused(
                step,
                new Proof(demo.target.shown(), proof.before(), Digest.ZERO, 0, List.of(), List.of(), List.of()),
                "another schema than on the copy");
    }

    @Test
    void more_rows_than_the_plan_allows_are_rolled_back() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "many", "INSERT INTO note SELECT generate_series(10, 2000);", "DELETE FROM note WHERE id >= 10;");
        Digest schema = schema();

        refused(
                step,
                new Proof(demo.target.shown(), schema, schema, 0, List.of(), List.of(), List.of()),
                "writes 1,991 rows, and the plan allows 1,000");
    }

    @Test
    void a_lock_of_somebody_else_is_not_waited_for() throws Exception {
        List<ChangeSet> step =
                DemoDatabase.changeSets("col", "ALTER TABLE note ADD COLUMN a int;", "ALTER TABLE note DROP COLUMN a;");
        Proof proof = demo.proofs(List.of(step)).getFirst();
        try (Connection other = demo.target.login();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM note");

            IOException refusal = assertThrows(IOException.class, () -> apply(step, proof));

            assertTrue(
                    refusal.getMessage().startsWith("Somebody else holds a lock that this needs"),
                    refusal.getMessage());
            assertTrue(refusal.getMessage().contains("ana:col rolled back"), refusal.getMessage());
        }
    }

    @Test
    void a_second_change_says_that_it_waits_and_follows_the_first() throws Exception {
        List<ChangeSet> first =
                DemoDatabase.changeSets("first", "CREATE TABLE a (id int); SELECT pg_sleep(60);", "DROP TABLE a;");
        List<ChangeSet> second = DemoDatabase.changeSets("second", "CREATE TABLE b (id int);", "DROP TABLE b;");
        Proof proof = demo.proofs(List.of(second)).getFirst();
        FutureTask<Boolean> ahead = begun(
                first,
                new Proof(demo.target.shown(), proof.before(), proof.before(), 0, List.of(), List.of(), List.of()));
        awaitSleep();

        FutureTask<Boolean> behind = begun(second, proof);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (said.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        demo.one("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");

        assertTrue(behind.get(20, TimeUnit.SECONDS));
        assertThrows(ExecutionException.class, () -> ahead.get(20, TimeUnit.SECONDS));
        assertEquals(
                List.of(
                        "Waiting: another change of " + demo.target
                                + " is under way. Mine begins when it has ended, if the schema is still the rehearsed one then."),
                said);
    }

    @Test
    void a_lost_connection_changes_nothing_and_is_looked_at() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "kill", "CREATE TABLE shelf (id int); SELECT pg_sleep(60);", "DROP TABLE shelf;");
        Digest schema = schema();
        FutureTask<Boolean> migration =
                begun(step, new Proof(demo.target.shown(), schema, schema, 0, List.of(), List.of(), List.of()));
        awaitSleep();
        demo.one(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()");

        ExecutionException broken = assertThrows(ExecutionException.class, () -> migration.get(20, TimeUnit.SECONDS));

        assertTrue(
                broken.getCause().getMessage().contains("ana:kill rolled back, as before this step, looked at."),
                broken.getCause().getMessage());
        assertEquals(0, demo.sessions());
    }

    @Test
    void a_stop_cancels_rolls_back_and_says_so_after_looking() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "slow", "CREATE TABLE shelf (id int); SELECT pg_sleep(60);", "DROP TABLE shelf;");
        Digest schema = schema();
        String before = demo.everything();
        FutureTask<Boolean> migration =
                begun(step, new Proof(demo.target.shown(), schema, schema, 0, List.of(), List.of(), List.of()));
        awaitSleep();

        StopPull pull = stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null));
        CutOff.Report report = pull.settle(Duration.ofSeconds(10)).get(RUN);

        assertEquals(List.of(), report.survivors());
        assertEquals(1, report.found().size());
        assertTrue(
                report.found().getFirst().endsWith(": ana:slow rolled back, as before this step, looked at."),
                report.found().getFirst());
        assertThrows(ExecutionException.class, () -> migration.get(5, TimeUnit.SECONDS));
        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
    }

    @Test
    void a_stop_right_before_the_commit_rolls_back() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets("one", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;");
        Proof proof = demo.proofs(List.of(step)).getFirst();
        String before = demo.everything();
        Clearance<Effect.ApplyChangeSets> dead = Clearances.dead(new Effect.ApplyChangeSets(RUN, DEMO, step, proof));

        assertThrows(
                Exception.class,
                () -> new AppliesChangeSets(Map.of(DEMO, demo.target), new StopSwitch(0), (_, _) -> {}).perform(dead));

        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
    }

    @Test
    void a_killed_service_leaves_the_database_as_it_was() throws Exception {
        String before = demo.everything();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigratingProcess.class.getName(),
                        demo.target.url(),
                        demo.target.username(),
                        demo.target.password(),
                        schema().hex())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File(folder.toFile(), "migrating.log")))
                .start();
        awaitSleep();

        process.destroyForcibly().waitFor();

        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (demo.sessions() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(0, demo.sessions());
        assertEquals(before, demo.everything());
    }

    @Test
    void who_hears_nothing_any_more_ends_its_session_and_looks() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "silent", "CREATE TABLE shelf (id int); SELECT pg_sleep(60);", "DROP TABLE shelf;");
        Digest schema = schema();
        String before = demo.everything();
        try (SilentProxy proxy = new SilentProxy(demo.port())) {
            Target through = new Target(
                    demo.target.url().replace(":" + demo.port() + "/", ":" + proxy.port() + "/"),
                    demo.target.username(),
                    demo.target.password());
            Migration migration = new Migration(
                    through,
                    Migration.Change.APPLY,
                    step,
                    new Proof(through.shown(), schema, schema, 0, List.of(), List.of(), List.of()),
                    "test",
                    said::add,
                    Duration.ofSeconds(5));
            FutureTask<Boolean> begun = new FutureTask<>(() -> migration.run(() -> {}));
            Thread.ofVirtual().start(begun);
            awaitSleep();
            proxy.fallSilent();

            ExecutionException lost = assertThrows(ExecutionException.class, () -> begun.get(40, TimeUnit.SECONDS));

            assertTrue(
                    lost.getCause().getMessage().endsWith("ana:silent rolled back, as before this step, looked at."),
                    lost.getCause().getMessage());
        }
        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
        assertEquals(0, demo.locks());
    }

    @Test
    void a_statement_may_take_all_the_time_it_has() throws Exception {
        List<ChangeSet> step = DemoDatabase.changeSets(
                "slow", "CREATE TABLE shelf (id int); SELECT pg_sleep(2.2);", "DROP TABLE shelf;");
        Proof proof = demo.proofs(List.of(step)).getFirst();

        assertTrue(new Migration(
                        demo.target, Migration.Change.APPLY, step, proof, "test", said::add, Duration.ofSeconds(3))
                .run(() -> {}));
    }

    @Test
    void rows_that_truncate_takes_are_counted_whatever_it_is_hidden_in() throws Exception {
        demo.run("CREATE TABLE page (id int PRIMARY KEY, note_id int REFERENCES note);"
                + " INSERT INTO page SELECT i, 1 FROM generate_series(1, 1500) i;");
        Digest schema = schema();
        Proof proof = new Proof(demo.target.shown(), schema, schema, 0, List.of(), List.of(), List.of());
        String back = "SELECT 1;";

        refused(DemoDatabase.changeSets("t1", "TRUNCATE page;", back), proof, "`TRUNCATE page` writes 1,500 rows");
        refused(DemoDatabase.changeSets("t2", "TRUNCATE note CASCADE;", back), proof, "writes 1,501 rows");
        refused(
                DemoDatabase.changeSets(
                        "t3",
                        "DO $$ BEGIN EXECUTE 'TRUN' || 'CATE page'; INSERT INTO page VALUES (1, 1); END $$;",
                        back),
                proof,
                "writes 1,500 rows");
        refused(
                DemoDatabase.changeSets("t4", "INSERT INTO note VALUES (2); TRUNCATE page;", back),
                proof,
                "1,500 rows");
        List<ChangeSet> allowed = DemoDatabase.changeSets("t5", "--rows: 1500\nTRUNCATE page;", back);
        assertTrue(apply(allowed, proof));
        assertEquals("0", demo.one("SELECT count(*) FROM page"));
    }

    @Test
    void a_table_that_is_only_written_anew_was_not_emptied() throws Exception {
        demo.run("INSERT INTO note SELECT i FROM generate_series(2, 1500) i; CREATE TABLE bare (id int)");
        List<ChangeSet> step = DemoDatabase.changeSets(
                "type",
                "ALTER TABLE note ALTER COLUMN id TYPE bigint; ALTER TABLE bare ALTER COLUMN id TYPE bigint;",
                "ALTER TABLE note ALTER COLUMN id TYPE int; ALTER TABLE bare ALTER COLUMN id TYPE int;");

        assertTrue(apply(step, demo.proofs(List.of(step)).getFirst()));
    }

    private Digest schema() throws SQLException {
        try (Connection connection = demo.target.login()) {
            connection.setAutoCommit(false);
            return Schema.of(connection).fingerprint();
        }
    }

    private void refused(List<ChangeSet> step, Proof proof, String why) throws SQLException {
        String before = demo.everything();

        IOException refusal = assertThrows(IOException.class, () -> apply(step, proof));

        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertEquals(before, demo.everything());
        assertEquals(0, demo.sessions());
    }

    private boolean apply(List<ChangeSet> step, Proof proof) throws IOException {
        return new AppliesChangeSets(Map.of(DEMO, demo.target), stops, (_, text) -> said.add(text))
                .perform(Clearances.live(new Effect.ApplyChangeSets(RUN, DEMO, step, proof), stops));
    }

    private boolean rollBack(List<ChangeSet> step, Proof proof) throws IOException {
        return new RollsBackChangeSets(Map.of(DEMO, demo.target), stops, (_, text) -> said.add(text), (_, _, _) -> {})
                .perform(Clearances.live(new Effect.RollBackChangeSets(RUN, DEMO, step, proof), stops));
    }

    private FutureTask<Boolean> begun(List<ChangeSet> step, Proof proof) {
        FutureTask<Boolean> migration = new FutureTask<>(() -> apply(step, proof));
        Thread.ofVirtual().start(migration);
        return migration;
    }

    private static void awaitSleep() throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (demo.one(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()")
                .equals("0")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the change was not begun");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
