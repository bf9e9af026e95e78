package dev.saywhen.adapter.database;

import dev.saywhen.adapter.database.sql.Script;
import dev.saywhen.adapter.database.sql.Warnings;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Proof;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rehearsal on a copy: everything in one transaction that is rolled back; then step by step there, all the way back,
 * and there again. What is compared is what a schema is and what its tables hold, never what the SQL says it does.
 */
final class Trial {
    private static final String SHADOW =
            " Keep what would be lost first, in the same change set: CREATE SCHEMA IF NOT EXISTS"
                    + " saywhen_keep; CREATE TABLE saywhen_keep.NAME AS SELECT the key and what goes; and let the rollback put it"
                    + " back from there. Or add the new beside the old now and remove the old later, or leave it out.";
    private static final String UNFILLED =
            " Move a table out of the way instead of dropping it (ALTER TABLE ... SET SCHEMA saywhen_keep, and back in the"
                    + " rollback), or leave it out.";
    private static final String WATCH = """
            CREATE SCHEMA saywhen_watch;
            CREATE TABLE saywhen_watch.seen (what text);
            CREATE TABLE saywhen_watch.taken (relation oid);
            CREATE FUNCTION saywhen_watch.rewrites() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = '' AS $$ BEGIN
                INSERT INTO saywhen_watch.seen VALUES ('rewrites ' || pg_event_trigger_table_rewrite_oid()::regclass);
              END $$;
            CREATE FUNCTION saywhen_watch.drops() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = '' AS $$ BEGIN
                INSERT INTO saywhen_watch.seen SELECT 'drops ' || object_type || ' ' || object_identity
                  FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary AND (original OR normal)
                    AND object_type NOT IN ('type', 'default value');
                INSERT INTO saywhen_watch.taken SELECT objid FROM pg_event_trigger_dropped_objects()
                  WHERE classid = 'pg_catalog.pg_class'::regclass;
              END $$;
            CREATE EVENT TRIGGER saywhen_rewrites ON table_rewrite EXECUTE FUNCTION saywhen_watch.rewrites();
            CREATE EVENT TRIGGER saywhen_drops ON sql_drop EXECUTE FUNCTION saywhen_watch.drops();
            """;
    private static final String LOCKS = """
            SELECT c.oid::regclass::text AS name, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = pg_backend_pid() AND c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_'
              AND n.nspname NOT IN ('information_schema', 'saywhen_watch')
            """;
    /** This lock is for writing rows, and is taken whether any is found or not. */
    private static final String MISSED = """
            SELECT DISTINCT c.oid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
              LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
            WHERE l.pid = pg_backend_pid() AND c.relkind = 'r' AND l.mode = 'RowExclusiveLock'
              AND coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0) = 0
            """;

    private static final String WRITES = """
            SELECT format('%I.%I', schemaname, relname) AS name, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables
            WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND schemaname <> 'saywhen_watch' ORDER BY 1
            """;
    private static final List<String> LOCK_ORDER = List.of(
            "RowExclusiveLock",
            "ShareUpdateExclusiveLock",
            "ShareLock",
            "ShareRowExclusiveLock",
            "ExclusiveLock",
            "AccessExclusiveLock");

    private final ThrowAwayServer server;
    private final String database;
    private final Ground ground;
    private int sampled;

    /** Where the copy stands at a moment. */
    private record State(Schema schema, Contents contents) {}

    /**
     * What was seen while a step was applied.
     *
     * @param taken tables whose rows it would have written, and none was there; and what it dropped, wholly or in part
     */
    private record Applied(State after, List<String> locks, Set<Long> taken, List<String> notes, Duration took) {}

    /** @param writes which rows it wrote in tables that stay, one note each */
    private record RolledBack(Duration took, List<String> locks, List<String> writes, Toll toll) {
        /** What is dropped is locked too, and stands nowhere any more by then. */
        List<String> allLocks() {
            return Stream.concat(
                            locks.stream(),
                            toll.losses().stream()
                                    .filter(loss -> loss.how() == Loss.How.GOES
                                            && loss.place().isTable())
                                    .map(loss -> loss.place().table() + ": " + meaning("AccessExclusiveLock")))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    Trial(ThrowAwayServer server, String database, Ground ground) {
        this.server = server;
        this.database = database;
        this.ground = ground;
    }

    private Connection login(String role) throws SQLException {
        return ground.hasReadRows() ? server.loginWithoutDetails(role, database) : server.login(role, database);
    }

    /** The copy is laid out as another one is. */
    void prepareAs(String other) throws SQLException {
        server.makeDatabase(database, ground.role(), other);
    }

    /** Lays out the copy and fills it. */
    void prepare(RowMaker.Sort rows) throws SQLException, Unfit {
        server.makeDatabase(database, ground.role(), "template1");
        try (Connection owner = login(ThrowAwayServer.OWNER)) {
            try (Connection plain = login(ground.role())) {
                sampled = ground.layOut(owner, plain);
            }
            RowMaker.fill(owner, rows);
            try (Statement statement = owner.createStatement()) {
                statement.execute("RESET search_path");
                refreshViews(statement);
                statement.execute(WATCH);
                statement.execute("ANALYZE");
            }
            ground.check(state(owner).schema());
        }
    }

    private static void refreshViews(Statement statement) throws SQLException {
        List<String> views = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT format('%I.%I', schemaname, matviewname) FROM pg_matviews WHERE ispopulated ORDER BY 1")) {
            while (rows.next()) {
                views.add(rows.getString(1));
            }
        }
        for (String view : views) {
            statement.execute("REFRESH MATERIALIZED VIEW " + view);
        }
    }

    /** Each step forth, all back, forth again. */
    List<Part> judge(List<List<ChangeSet>> steps) throws SQLException, Unfit, NotWithTheseRows {
        try (Connection owner = login(ThrowAwayServer.OWNER);
                Connection plain = login(ground.role())) {
            plain.setAutoCommit(false);
            State start = state(owner);
            Map<Long, String> unfilled = unfilled(owner, start.contents());
            inOneTransaction(plain, steps);
            compare(start, state(owner), "all of it in one transaction, rolled back,", steps);

            List<State> before = new ArrayList<>();
            List<Applied> applied = new ArrayList<>();
            State now = start;
            for (List<ChangeSet> step : steps) {
                before.add(now);
                applied.add(applied(plain, owner, step, now));
                now = applied.getLast().after();
            }
            List<Duration> back = new ArrayList<>();
            List<State> restored = new ArrayList<>();
            for (int at = steps.size() - 1; at >= 0; at--) {
                back.addFirst(rolledBack(plain, steps.get(at)).took());
                restored.addFirst(state(owner));
                compare(before.get(at), restored.getFirst(), "its rollback", List.of(steps.get(at)));
            }
            List<Part> parts = new ArrayList<>();
            for (int at = 0; at < steps.size(); at++) {
                Applied again = applied(plain, owner, steps.get(at), before.get(at));
                refuseUnproven(steps.get(at), unfilled, applied.get(at));
                parts.add(part(steps.get(at), before.get(at), restored.get(at), applied.get(at), again, back.get(at)));
            }
            return parts;
        }
    }

    /** What was applied is taken back first; then it is applied again and taken back once more. */
    List<Part> judgeBack(List<List<ChangeSet>> steps) throws SQLException, Unfit, NotWithTheseRows {
        try (Connection owner = login(ThrowAwayServer.OWNER);
                Connection plain = login(ground.role())) {
            plain.setAutoCommit(false);
            List<Part> parts = new ArrayList<>();
            Holders start = Holders.at(plain);
            plain.rollback();
            emptyWhatWasKept(owner, start);
            Tolls tolls = new Tolls(start);
            for (List<ChangeSet> step : steps) {
                State before = state(owner);
                RolledBack back = rolledBack(plain, step);
                State after = state(owner);
                applied(plain, owner, step, after);
                List<String> differences =
                        before.schema().changesTo(state(owner).schema());
                if (!differences.isEmpty()) {
                    throw new Unfit("Taken back and applied again on a copy, " + names(List.of(step))
                            + " does not come to the same schema: " + Schema.few(differences) + ".");
                }
                RolledBack again = rolledBack(plain, step);
                tolls.add(back.toll(), again.toll(), emptied(back.toll(), before, after));
                Set<String> notes = new LinkedHashSet<>(back.writes());
                notes.addAll(again.writes());
                notes.add(
                        "taken back in %d ms on the copy".formatted(back.took().toMillis()));
                parts.add(new Part(
                        step,
                        new Proof(
                                ground.database(),
                                before.schema().fingerprint(),
                                state(owner).schema().fingerprint(),
                                before.contents().rows(),
                                back.allLocks(),
                                changes(before, after),
                                List.copyOf(notes))));
            }
            return losing(parts, tolls.losses());
        }
    }

    /** Made rows would be put back among made rows; what is kept there comes from the change sets themselves. */
    private static void emptyWhatWasKept(Connection owner, Holders start) throws SQLException {
        String kept = start.places().stream()
                .filter(Loss.Place::isTable)
                .filter(Toll::isKept)
                .map(Loss.Place::table)
                .collect(Collectors.joining(", "));
        if (!kept.isEmpty()) {
            try (Statement statement = owner.createStatement()) {
                statement.execute("TRUNCATE " + kept + " CASCADE");
            }
        }
    }

    /** Tables that held rows and hold none any more, as they were called before. */
    private static Set<String> emptied(Toll toll, State before, State after) {
        Set<String> emptied = new TreeSet<>();
        toll.before().byId().forEach((id, table) -> {
            Holders.Table then = toll.after().byId().get(id);
            if (then != null
                    && after.contents().empty().contains(then.name())
                    && !before.contents().empty().contains(table.name())) {
                emptied.add(table.name());
            }
        });
        return emptied;
    }

    private static List<Part> losing(List<Part> parts, List<List<Loss>> losses) {
        List<Part> losing = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            Proof proof = parts.get(at).proof().losing(losses.get(at));
            boolean isCounted = losses.get(at).stream().anyMatch(Loss::isCountedFirst);
            List<String> notes = new ArrayList<>(proof.notes());
            if (isCounted) {
                notes.add("what goes is counted first; from then on until the end nobody else writes there");
            }
            losing.add(new Part(parts.get(at).changeSets(), proof.noting(notes)));
        }
        return losing;
    }

    private static void inOneTransaction(Connection plain, List<List<ChangeSet>> steps)
            throws SQLException, Unfit, NotWithTheseRows {
        List<ChangeSet> all = steps.stream().flatMap(List::stream).toList();
        attempt(plain, all, () -> Changes.apply(plain, all), "can't be applied");
        plain.rollback();
    }

    private static Applied applied(Connection plain, Connection owner, List<ChangeSet> step, State before)
            throws SQLException, Unfit, NotWithTheseRows {
        if (step.getFirst().standsAlone()) {
            return appliedAlone(plain, owner, step);
        }
        Set<String> known = before.contents().tables().keySet();
        SortedMap<String, Long> emptied = new TreeMap<>();
        long begin = System.nanoTime();
        attempt(plain, step, () -> emptied.putAll(Changes.apply(plain, step)), "can't be applied");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        List<String> locks = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Set<Long> taken = new TreeSet<>();
        emptied.forEach((table, rows) -> notes.add("empties %s: %d rows on the copy".formatted(table, rows)));
        try (Statement statement = plain.createStatement()) {
            statement.execute("SET LOCAL search_path = ''");
            locks.addAll(locks(statement, known));
            taken.addAll(oids(statement, MISSED));
            notes.addAll(writes(statement, known::contains));
        }
        commit(plain, step);
        try (Statement statement = owner.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT DISTINCT what FROM saywhen_watch.seen ORDER BY 1")) {
                while (rows.next()) {
                    notes.add(rows.getString(1));
                }
            }
            taken.addAll(oids(statement, "SELECT relation FROM saywhen_watch.taken"));
            statement.execute("TRUNCATE saywhen_watch.seen, saywhen_watch.taken");
        }
        return new Applied(state(owner), locks, taken, notes, took);
    }

    private static Applied appliedAlone(Connection plain, Connection owner, List<ChangeSet> step)
            throws SQLException, Unfit, NotWithTheseRows {
        StandingAlone alone = new StandingAlone(step);
        long begin = System.nanoTime();
        String table;
        plain.setAutoCommit(true);
        try {
            attempt(plain, step, () -> alone.build(plain), "can't be applied");
            table = alone.table(plain);
        } finally {
            plain.setAutoCommit(false);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Applied(
                state(owner),
                List.of(table + ": " + meaning("ShareUpdateExclusiveLock")),
                Set.of(),
                List.of("not transactional: " + alone.whatIfNot()),
                took);
    }

    private static RolledBack rolledBack(Connection plain, List<ChangeSet> step)
            throws SQLException, Unfit, NotWithTheseRows {
        List<Toll> tolls = new ArrayList<>();
        long begin = System.nanoTime();
        attempt(plain, step, () -> tolls.add(Changes.rollBack(plain, step)), "can't be rolled back");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Toll toll = tolls.getFirst();
        List<String> locks;
        List<String> writes;
        try (Statement statement = plain.createStatement()) {
            statement.execute("SET LOCAL search_path = ''");
            locks = locks(statement, toll.before().names());
            writes = writes(statement, _ -> true);
        }
        commit(plain, step);
        return new RolledBack(took, locks, writes, toll);
    }

    /** Deferred constraints speak at the end. */
    private static void commit(Connection plain, List<ChangeSet> step) throws SQLException, Unfit, NotWithTheseRows {
        attempt(plain, step, plain::commit, "can't be committed");
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    private static void attempt(Connection plain, List<ChangeSet> changeSets, Attempt attempt, String fails)
            throws SQLException, Unfit, NotWithTheseRows {
        try {
            attempt.run();
        } catch (Changes.TooManyRows tooMany) {
            plain.rollback();
            throw new Unfit(tooMany.why());
        } catch (SQLException failure) {
            if (plain.isClosed()) {
                throw failure;
            }
            if (!plain.getAutoCommit()) {
                plain.rollback();
            }
            String why = "On a copy " + names(List.of(changeSets)) + " " + fails + ": " + failure.getMessage() + ".";
            String state = failure.getSQLState();
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                throw new NotWithTheseRows(why);
            }
            throw new Unfit(why);
        }
    }

    private static List<String> locks(Statement statement, Set<String> known) throws SQLException {
        SortedMap<String, String> strongest = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(LOCKS)) {
            while (rows.next()) {
                String mode = rows.getString("mode");
                if (known.contains(rows.getString("name")) && LOCK_ORDER.contains(mode)) {
                    strongest.merge(
                            rows.getString("name"),
                            mode,
                            (one, other) -> LOCK_ORDER.indexOf(one) > LOCK_ORDER.indexOf(other) ? one : other);
                }
            }
        }
        return strongest.entrySet().stream()
                .map(lock -> lock.getKey() + ": " + meaning(lock.getValue()))
                .toList();
    }

    private static Set<Long> oids(Statement statement, String query) throws SQLException {
        Set<Long> oids = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                oids.add(rows.getLong(1));
            }
        }
        return oids;
    }

    private static String meaning(String mode) {
        return switch (mode) {
                    case "AccessExclusiveLock", "ExclusiveLock" -> "nobody else reads or writes it";
                    case "ShareLock", "ShareRowExclusiveLock" -> "nobody else writes it";
                    case "ShareUpdateExclusiveLock" -> "no other change of its schema";
                    default -> "the rows that are written";
                }
                + " (" + mode + ")";
    }

    private static List<String> writes(Statement statement, Predicate<String> isKnown) throws SQLException {
        List<String> writes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(WRITES)) {
            while (rows.next()) {
                String what = isKnown.test(rows.getString("name")) ? "writes rows of " : "writes rows of the new ";
                writes.add(what
                        + rows.getString("name")
                        + " on the copy: %d new, %d changed, %d deleted"
                                .formatted(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
            }
        }
        return writes;
    }

    private static State state(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        try {
            Schema schema = Schema.of(owner);
            return new State(schema, Contents.of(owner));
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    /** Throws unless the second is as the first was. */
    private static void compare(State before, State after, String what, List<List<ChangeSet>> steps) throws Unfit {
        String who = names(steps);
        List<String> differences = before.schema().changesTo(after.schema());
        if (!differences.isEmpty()) {
            throw new Unfit("Not reversible: on a copy " + what + " of " + who + " leaves the schema different: "
                    + Schema.few(differences) + ". Write a rollback that undoes all of it, or leave it out.");
        }
        List<String> changed = before.contents().changedIn(after.contents());
        if (!changed.isEmpty()) {
            throw new Unfit("Not reversible: on a copy " + what + " of " + who + " does not bring back the rows of "
                    + Schema.few(changed) + "." + SHADOW);
        }
        List<String> moved = before.contents().movedIn(after.contents()).stream()
                .filter(name -> steps.stream().flatMap(List::stream).anyMatch(Trial::setsSequences)
                        || after.contents().at(name) < before.contents().at(name))
                .toList();
        if (!moved.isEmpty()) {
            throw new Unfit("Not reversible: on a copy " + what + " of " + who + " leaves the sequence "
                    + Schema.few(moved) + " elsewhere. Let the rollback set it back, or leave it out.");
        }
    }

    /** Tables that hold nothing, by what stays theirs whatever they are called. */
    private static Map<Long, String> unfilled(Connection owner, Contents contents) throws SQLException {
        Map<Long, String> unfilled = new TreeMap<>();
        try (PreparedStatement query = owner.prepareStatement("SELECT ?::regclass::oid")) {
            for (String table : contents.empty()) {
                query.setString(1, table);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    unfilled.put(row.getLong(1), table);
                }
            }
        }
        return unfilled;
    }

    /** Where there were no rows, that they come back was not seen; what takes rows away is not offered then. */
    private static void refuseUnproven(List<ChangeSet> step, Map<Long, String> unfilled, Applied applied) throws Unfit {
        List<String> taken = unfilled.entrySet().stream()
                .filter(table -> applied.taken().contains(table.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!taken.isEmpty()) {
            throw new Unfit("Not proven: " + names(List.of(step)) + " takes or writes rows of " + Schema.few(taken)
                    + ", and I could make none for it on the copy, so nothing shows that they come back." + UNFILLED);
        }
    }

    /** That numbers are used up is nobody's loss; that a sequence was set is. */
    private static boolean setsSequences(ChangeSet changeSet) {
        String sql = changeSet.apply().toLowerCase(java.util.Locale.ROOT);
        return sql.contains("setval") || sql.contains("restart");
    }

    private Part part(List<ChangeSet> step, State before, State restored, Applied first, Applied again, Duration back)
            throws Unfit {
        List<String> differences =
                first.after().schema().changesTo(again.after().schema());
        if (!differences.isEmpty()) {
            throw new Unfit("On a copy " + names(List.of(step)) + ", applied a second time, comes to another schema: "
                    + Schema.few(differences) + ".");
        }
        Set<String> notes = new LinkedHashSet<>(first.notes());
        for (ChangeSet changeSet : step) {
            for (dev.saywhen.adapter.database.sql.Statement statement : Script.statements(changeSet.apply())) {
                Warnings.of(statement).forEach(warning -> notes.add(changeSet.name() + " " + warning));
            }
        }
        before.schema()
                .reordered(restored.schema())
                .forEach(table -> notes.add("after a rollback the columns of " + table + " stand in another order"));
        before.contents()
                .movedIn(restored.contents())
                .forEach(name -> notes.add("numbers of the sequence " + name + " are used up, also by a rollback"));
        first.after()
                .contents()
                .changedIn(again.after().contents())
                .forEach(table -> notes.add(table + " holds other values each time, such as the time or random ones"));
        before.contents().empty().stream()
                .filter(table -> first.locks().stream().anyMatch(lock -> lock.startsWith(table + ":")))
                .forEach(table -> notes.add("unproven for rows of " + table + ": none could be made"));
        notes.add("applied in %d ms, rolled back in %d ms on the copy"
                        .formatted(first.took().toMillis(), back.toMillis())
                + (sampled == 0 ? "" : ", which held %,d rows of the database, masked".formatted(sampled)));
        return new Part(
                step,
                new Proof(
                        ground.database(),
                        before.schema().fingerprint(),
                        first.after().schema().fingerprint(),
                        before.contents().rows(),
                        first.locks(),
                        changes(before, first.after()),
                        List.copyOf(notes)));
    }

    private static List<String> changes(State before, State after) {
        List<String> changes = new ArrayList<>(before.schema().changesTo(after.schema()));
        changes.addAll(before.schema().staysAround(changes));
        return changes;
    }

    private static String names(List<List<ChangeSet>> steps) {
        return String.join(
                ", ", steps.stream().flatMap(List::stream).map(ChangeSet::name).toList());
    }

    /** It failed on what the rows held; with others it may do. */
    static final class NotWithTheseRows extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        NotWithTheseRows(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }
}
