package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that somebody wrote since, and rollbacks that would take them, on a real database and real copies of it. */
class UndoTest {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final RunId RUN = new RunId(7);

    @TempDir
    static Path folder;

    static DemoDatabase demo;
    static Rehearsals rehearsals;

    private final StopSwitch stops = new StopSwitch(0);
    private final PostgresRehearsal memory =
            new PostgresRehearsal(Map.of(), rehearsals.confinement, () -> rehearsals.programs, folder, stops);

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoDatabase(folder);
        rehearsals = new Rehearsals(folder);
    }

    @AfterAll
    static void end() {
        rehearsals.close();
        demo.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        stops.track(RUN, false);
        demo.run("DROP OWNED BY demo; CREATE TABLE note (id int PRIMARY KEY, text text);"
                + " INSERT INTO note VALUES (1, 'a'), (2, 'b')");
    }

    @Test
    void rows_that_go_by_a_condition_or_a_cascade_are_those_that_the_plan_says() throws Exception {
        demo.run("CREATE TABLE page (note_id int REFERENCES note ON DELETE CASCADE)");
        List<List<ChangeSet>> done = applied(
                step("seed", "INSERT INTO note VALUES (100, 'c'), (101, 'd');", "DELETE FROM note WHERE id >= 100;"));
        List<Part> plan = plan(done);
        assertEquals(
                List.of("2 rows of the table public.note go", "no rows of the table public.page go"),
                told(plan.getFirst()));

        demo.run("INSERT INTO page VALUES (1), (100)");
        refused("1 row of the table public.page goes", plan.getFirst());
        plan = plan(done);
        assertEquals(
                List.of("2 rows of the table public.note go", "1 row of the table public.page goes"),
                told(plan.getFirst()));

        demo.run("INSERT INTO note VALUES (102, 'e')");
        refused("3 rows of the table public.note go", plan.getFirst());
        undone(plan(done));
        assertEquals("2 1", demo.one("SELECT (SELECT count(*) FROM note) || ' ' || (SELECT count(*) FROM page)"));
    }

    @Test
    void rows_that_a_trigger_takes_behind_a_view_are_seen_before_the_commit() throws Exception {
        demo.run("""
                CREATE TABLE page (note_id int);
                CREATE VIEW shown AS SELECT id FROM note;
                CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  DELETE FROM note WHERE id = old.id;
                  IF EXISTS (SELECT FROM page WHERE note_id = old.id) THEN EXECUTE 'TRUNC' || 'ATE page'; END IF;
                  RETURN old;
                END $$;
                CREATE TRIGGER forget INSTEAD OF DELETE ON shown FOR EACH ROW EXECUTE FUNCTION forget();
                """);
        List<List<ChangeSet>> done =
                applied(step("seed", "INSERT INTO note VALUES (100, 'c');", "DELETE FROM shown WHERE id = 100;"));
        demo.run("INSERT INTO page VALUES (1), (100)");

        refused("the table public.page is emptied or written anew", plan(done).getFirst());
        List<Part> plan = plan(done);
        assertEquals(
                List.of(
                        "1 row of the table public.note goes",
                        "the table public.page is emptied or written anew, which holds 2 rows now"),
                told(plan.getFirst()));
        demo.run("INSERT INTO page VALUES (2)");
        refused("The table public.page holds 3 rows now, and by the plan 2 rows would go.", plan.getFirst());
        undone(plan(done));
        assertEquals("0", demo.one("SELECT count(*) FROM page"));
    }

    @Test
    void large_objects_that_a_trigger_takes_with_a_row_are_seen_before_the_commit() throws Exception {
        demo.run("""
                CREATE TABLE image (id int, data oid);
                CREATE FUNCTION unlink() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  PERFORM lo_unlink(old.data); RETURN old;
                END $$;
                CREATE TRIGGER unlink BEFORE DELETE ON image FOR EACH ROW EXECUTE FUNCTION unlink();
                """);
        List<List<ChangeSet>> done =
                applied(step("seed", "INSERT INTO image VALUES (100, NULL);", "DELETE FROM image WHERE id = 100;"));
        demo.run("UPDATE image SET data = lo_from_bytea(0, 'abc')");

        refused("1 row of the table pg_catalog.pg_largeobject goes", plan(done).getFirst());
        List<Part> plan = plan(done);
        assertTrue(
                told(plan.getFirst()).contains("1 row of the table pg_catalog.pg_largeobject goes"),
                told(plan.getFirst()).toString());
        undone(plan);
    }

    @Test
    void temporary_tables_named_like_the_catalog_hide_nothing() throws Exception {
        List<List<ChangeSet>> done = applied(step(
                "seed",
                "INSERT INTO note VALUES (100, 'c');",
                "CREATE TEMP TABLE pg_class ON COMMIT DROP AS TABLE pg_catalog.pg_class; TRUNCATE note;"));

        assertEquals(
                List.of("the table public.note is emptied or written anew, which holds 3 rows now"),
                told(plan(done).getFirst()));
    }

    @Test
    void a_temporary_table_is_not_taken_for_the_record_of_what_is_applied() throws Exception {
        List<List<ChangeSet>> done = applied(step(
                "made",
                "CREATE TABLE shelf (id int);",
                "CREATE TEMP TABLE databasechangelog (id text, author text, filename text) ON COMMIT DROP;"
                        + " DROP TABLE shelf;"));

        undone(plan(done));

        assertEquals("null", demo.one("SELECT to_regclass('databasechangelog')"));
    }

    @Test
    void what_would_follow_when_the_record_goes_is_refused() throws Exception {
        demo.run("CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN DELETE FROM note; RETURN OLD; END $$");
        List<List<ChangeSet>> done = applied(step("made", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;"));
        Part plan = plan(done).getFirst();
        demo.run("CREATE TRIGGER forget AFTER DELETE ON databasechangelog FOR EACH ROW EXECUTE FUNCTION forget()");

        refused("The table databasechangelog has a trigger", plan);
        assertEquals("2", demo.one("SELECT count(*) FROM note"));
    }

    @Test
    void a_table_of_which_all_rows_go_is_counted() throws Exception {
        demo.run("CREATE TABLE total (id int, many bigint)");
        List<List<ChangeSet>> done =
                applied(step("sum", "INSERT INTO total SELECT 1, count(*) FROM note;", "DELETE FROM total;"));
        demo.run("INSERT INTO total VALUES (2, 7), (3, 7)");
        List<Part> plan = plan(done);
        assertEquals(List.of("3 rows of the table public.total go"), told(plan.getFirst()));

        demo.run("INSERT INTO total VALUES (4, 7)");
        refused("4 rows of the table public.total go", plan.getFirst());
    }

    @Test
    void what_was_renamed_and_replaced_since_is_counted_by_what_it_is() throws Exception {
        List<List<ChangeSet>> done = applied(
                step("made", "CREATE TABLE shelf (id int, a text);", "DROP TABLE shelf;"),
                step(
                        "swap",
                        "ALTER TABLE shelf RENAME COLUMN a TO b; ALTER TABLE shelf RENAME TO old; CREATE TABLE shelf (id int, a text);",
                        "DROP TABLE shelf; ALTER TABLE old RENAME TO shelf; ALTER TABLE shelf RENAME COLUMN b TO a;"));
        demo.run("INSERT INTO shelf VALUES (1, 'x'); INSERT INTO old VALUES (1, 'x'), (2, 'y')");
        List<Part> plan = plan(done);
        assertEquals(
                List.of(
                        "the table public.shelf goes, which holds 1 row now",
                        "the table public.old goes in a later step, which holds 2 rows now"),
                told(plan.getFirst()));
        assertEquals(
                List.of("the table public.shelf goes, which holds 2 rows now as public.old"), told(plan.getLast()));

        demo.run("INSERT INTO old VALUES (3, 'z')");
        refused("The table public.old holds 3 rows now, and by the plan 2 rows would go.", plan.getFirst());
        undone(plan(done));
        assertEquals("note", demo.one("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'"));
    }

    @Test
    void what_was_put_aside_since_is_taken_back_all_the_way() throws Exception {
        List<List<ChangeSet>> done = applied(
                step("made", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;"),
                step(
                        "aside",
                        "CREATE SCHEMA saywhen_keep; ALTER TABLE shelf SET SCHEMA saywhen_keep;",
                        "ALTER TABLE saywhen_keep.shelf SET SCHEMA public; DROP SCHEMA saywhen_keep;"));
        demo.run("INSERT INTO saywhen_keep.shelf VALUES (1)");
        List<Part> plan = plan(done);
        assertEquals(
                List.of("the table public.shelf goes, which holds 1 row now as saywhen_keep.shelf"),
                told(plan.getLast()));

        demo.run("INSERT INTO saywhen_keep.shelf VALUES (2)");
        refused("The table saywhen_keep.shelf holds 2 rows now", plan.getFirst());
        undone(plan(done));
    }

    @Test
    void what_was_kept_is_put_back_beside_newer_rows() throws Exception {
        List<List<ChangeSet>> done = applied(
                step(
                        "kept",
                        "CREATE SCHEMA saywhen_keep; CREATE TABLE saywhen_keep.old AS SELECT * FROM note WHERE id < 2; DELETE FROM note WHERE id < 2;",
                        "INSERT INTO note SELECT * FROM saywhen_keep.old; DROP TABLE saywhen_keep.old; DROP SCHEMA saywhen_keep;"));
        demo.run("INSERT INTO note VALUES (3, 'c')");

        List<Part> plan = plan(done);

        assertEquals(List.of(), told(plan.getFirst()));
        undone(plan);
        assertEquals("abc", demo.one("SELECT string_agg(text, '' ORDER BY id) FROM note"));
    }

    @Test
    void what_was_kept_and_is_not_put_back_is_a_loss() throws Exception {
        List<List<ChangeSet>> done = applied(step(
                "kept",
                "CREATE SCHEMA saywhen_keep; CREATE TABLE saywhen_keep.old AS SELECT * FROM note; DELETE FROM note;",
                "INSERT INTO note SELECT * FROM saywhen_keep.old ON CONFLICT DO NOTHING;"
                        + " DROP TABLE saywhen_keep.old; DROP SCHEMA saywhen_keep;"));
        demo.run("INSERT INTO note VALUES (1, 'c')");
        List<Part> plan = plan(done);
        assertEquals(List.of(), told(plan.getFirst()));

        refused("It takes more than the plan says: 1 row of the table saywhen_keep.old goes.", plan.getFirst());
        plan = plan(done);
        assertEquals(List.of("1 row of the table saywhen_keep.old goes"), told(plan.getFirst()));
        undone(plan);
        assertEquals("cb", demo.one("SELECT string_agg(text, '' ORDER BY id) FROM note"));
    }

    @Test
    void what_the_same_undo_makes_again_may_go_with_what_was_kept_of_it() throws Exception {
        List<List<ChangeSet>> done = applied(
                step(
                        "column",
                        "ALTER TABLE note ADD COLUMN rank int; UPDATE note SET rank = id;",
                        "ALTER TABLE note DROP COLUMN rank;"),
                step("table", "CREATE TABLE shelf AS SELECT id FROM note;", "DROP TABLE shelf;"),
                step(
                        "drops",
                        "CREATE SCHEMA saywhen_keep; CREATE TABLE saywhen_keep.ranks AS SELECT id, rank FROM note;"
                                + " ALTER TABLE note DROP COLUMN rank;"
                                + " CREATE TABLE saywhen_keep.shelf AS TABLE shelf; DROP TABLE shelf;",
                        "CREATE TABLE shelf AS TABLE saywhen_keep.shelf; ALTER TABLE note ADD COLUMN rank int;"
                                + " UPDATE note n SET rank = k.rank FROM saywhen_keep.ranks k WHERE k.id = n.id;"
                                + " DROP TABLE saywhen_keep.shelf; DROP TABLE saywhen_keep.ranks; DROP SCHEMA saywhen_keep;"));

        List<Part> plan = plan(done);

        assertEquals(
                List.of("the column public.note.rank goes, which holds 2 values now as public.note"),
                told(plan.getLast()));
        undone(plan);
        assertEquals("2", demo.one("SELECT count(*) FROM note"));
    }

    @Test
    void newer_rows_that_an_earlier_rollback_empties_are_not_lost_to_a_later_one() throws Exception {
        for (String emptying : List.of("TRUNCATE shelf;", "DELETE FROM shelf;")) {
            begin();
            List<List<ChangeSet>> done = applied(
                    step("made", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;"),
                    step("rows", "INSERT INTO shelf VALUES (1), (2);", emptying));
            List<Part> plan = plan(done);
            demo.run("INSERT INTO shelf VALUES (3)");

            refused("The table public.shelf holds 3 rows now, and by the plan 2 rows would go.", plan.getFirst());
            undone(plan(done));
        }
    }

    @Test
    void what_is_committed_while_a_lock_is_waited_for_is_counted() throws Exception {
        List<ChangeSet> step = step("made", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;");
        applied(step);
        Part part = new Part(step, demo.wayBack(step));
        for (String isolation : List.of("serializable", "read committed")) {
            asSuperuser("ALTER ROLE demo SET default_transaction_isolation = '" + isolation + "'");
            FutureTask<Boolean> undo = new FutureTask<>(() -> undo(part));
            try (Connection other = demo.target.login();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("INSERT INTO shelf VALUES (1)");
                Thread.ofVirtual().start(undo);
                await("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted");
                other.commit();
            }

            ExecutionException refusal = assertThrows(ExecutionException.class, () -> undo.get(9, TimeUnit.SECONDS));
            assertTrue(refusal.getMessage().contains("and by the plan no rows would go"), refusal.getMessage());
            demo.run("TRUNCATE shelf");
        }
    }

    @Test
    void rows_that_row_security_hides_are_not_taken_for_none() throws Exception {
        List<ChangeSet> step = step(
                "made",
                "CREATE TABLE shelf (id int); ALTER TABLE shelf ENABLE ROW LEVEL SECURITY; ALTER TABLE shelf FORCE ROW LEVEL SECURITY;",
                "DROP TABLE shelf;");
        applied(step);

        Unfit refusal = assertThrows(Unfit.class, () -> demo.wayBack(step));

        assertEquals(
                "The role that I use may not see all rows of the table public.shelf, so I can't count what would go. Let it"
                        + " read them; where row security hides some, that is ALTER TABLE public.shelf NO FORCE ROW LEVEL"
                        + " SECURITY. Then say `undo` again.",
                refusal.why());
    }

    @Test
    void values_that_a_narrower_type_cuts_are_named_and_newer_ones_are_not_cut() throws Exception {
        demo.run("CREATE TYPE place AS (street text); CREATE TABLE home (at place, price numeric(8,2), day date)");
        List<List<ChangeSet>> done = applied(
                step("finer", "ALTER TABLE home ALTER COLUMN price TYPE numeric(9,3);", """
                        ALTER TABLE home ALTER COLUMN price TYPE numeric(8,2);"""),
                step("town", "ALTER TYPE place ADD ATTRIBUTE town text;", "ALTER TYPE place DROP ATTRIBUTE town;"));
        demo.run("INSERT INTO home VALUES (ROW('a', 'b'), 1.234)");
        List<Part> plan = plan(done);
        for (Part part : plan) {
            assertTrue(
                    told(part).contains("the table public.home is emptied or written anew, which holds 1 row now"),
                    told(part).toString());
        }
        demo.run("INSERT INTO home VALUES (ROW('a', 'c'), 1.239)");

        refused("The table public.home holds 2 rows now, and by the plan 1 row would go.", plan.getFirst());
    }

    @Test
    void the_plan_names_what_is_locked_and_waiting_for_it_is_told_in_words() throws Exception {
        List<List<ChangeSet>> done = applied(
                step("made", "CREATE TABLE shelf (id int);", "DROP TABLE shelf;"),
                step("column", "ALTER TABLE note ADD COLUMN rank int;", "ALTER TABLE note DROP COLUMN rank;"));
        List<Part> plan = plan(done);
        assertEquals(
                List.of("public.note: nobody else reads or writes it (AccessExclusiveLock)"),
                plan.getFirst().proof().locks());
        assertEquals(
                List.of("public.shelf: nobody else reads or writes it (AccessExclusiveLock)"),
                plan.getLast().proof().locks());
        assertTrue(
                plan.getLast()
                        .proof()
                        .notes()
                        .contains("what goes is counted first; from then on until the end nobody else writes there"),
                plan.getLast().proof().notes().toString());
        assertTrue(undo(plan.getFirst()));
        try (Connection other = demo.target.login();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE shelf");
            try (Connection connection = demo.target.login();
                    Statement shorter = connection.createStatement()) {
                shorter.execute("SET statement_timeout = '50ms'");
                Unfit slow = assertThrows(Unfit.class, () -> PostgresRehearsal.counted(connection, plan.reversed()));
                assertEquals(
                        "I could not count what would go: somebody holds a lock on it, or it is too much to be counted in"
                                + " 2 min. Say `undo` again when that has changed.",
                        slow.why());
            }
            other.rollback();
            statement.execute("LOCK TABLE shelf IN ROW EXCLUSIVE MODE");
            refused("Somebody else holds a lock that this needs", plan.getLast());
        }
        assertTrue(undo(plan.getLast()));
    }

    @Test
    void a_server_that_counts_no_rows_is_not_changed() throws Exception {
        List<List<ChangeSet>> done =
                applied(step("seed", "INSERT INTO note VALUES (100, 'c');", "DELETE FROM note WHERE id >= 100;"));
        Part part = plan(done).getFirst();
        demo.run("INSERT INTO note VALUES (101, 'd')");
        asSuperuser("ALTER ROLE demo SET track_counts = off");
        try {
            refused("track_counts is off", part);
        } finally {
            asSuperuser("ALTER ROLE demo RESET track_counts");
        }
    }

    @Test
    void what_an_attempt_took_is_said_of_its_own_project_alone_until_one_succeeds() throws Exception {
        List<List<ChangeSet>> done =
                applied(step("seed", "INSERT INTO note VALUES (100, 'c');", "DELETE FROM note WHERE id >= 100;"));
        Part plain = plan(done).getFirst();
        Loss more = new Loss(new Loss.Place("public.shelf", ""), Loss.How.ROWS_GO, List.of(), 3);
        memory.remember(DEMO, plain.changeSets(), List.of(more));
        assertTrue(told(memory.withWhatWasFound(DEMO, plain)).toString().contains("public.shelf"));
        assertEquals(told(plain), told(memory.withWhatWasFound(new ProjectName("another"), plain)));
        memory.remember(DEMO, plain.changeSets(), List.of());
        assertEquals(told(plain), told(memory.withWhatWasFound(DEMO, plain)));
    }

    private static List<ChangeSet> step(String name, String apply, String rollback) {
        return DemoDatabase.changeSets(name, apply, rollback);
    }

    @SafeVarargs
    private static List<List<ChangeSet>> applied(List<ChangeSet>... steps) throws Exception {
        List<List<ChangeSet>> done = new ArrayList<>();
        for (List<ChangeSet> step : steps) {
            Proof proof = demo.proofs(List.of(step)).getFirst();
            new Migration(demo.target, Migration.Change.APPLY, step, proof, "test", _ -> {}).run(() -> {});
            done.addFirst(step);
        }
        return done;
    }

    /** @param done the newest first */
    private List<Part> plan(List<List<ChangeSet>> done) throws Exception {
        List<Part> parts;
        try (Connection connection = demo.target.login()) {
            parts = rehearsals.rehearse(connection, demo.target.shown(), 0, done, Trial::judgeBack).stream()
                    .map(part -> memory.withWhatWasFound(DEMO, part))
                    .toList();
        }
        try (Connection connection = demo.target.login()) {
            return PostgresRehearsal.counted(connection, parts);
        }
    }

    private static List<String> told(Part part) {
        return part.proof().losses().stream().map(Loss::told).toList();
    }

    private void refused(String why, Part part) throws SQLException {
        String before = demo.everything();
        IOException refusal = assertThrows(IOException.class, () -> undo(part));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertEquals(before, demo.everything());
    }

    private void undone(List<Part> plan) throws IOException {
        for (Part part : plan) {
            assertTrue(undo(part));
        }
    }

    private boolean undo(Part part) throws IOException {
        Effect.RollBackChangeSets effect = new Effect.RollBackChangeSets(RUN, DEMO, part.changeSets(), part.proof());
        return new RollsBackChangeSets(Map.of(DEMO, demo.target), stops, (_, _) -> {}, memory::remember)
                .perform(Clearances.live(effect, stops));
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection superuser = demo.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(String query) throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!demo.one(query).equals("t")) {
            assertTrue(System.nanoTime() < end, query);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
