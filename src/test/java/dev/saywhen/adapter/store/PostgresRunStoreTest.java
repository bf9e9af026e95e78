package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.BO;
import static dev.saywhen.adapter.store.SomeRecords.COMMIT;
import static dev.saywhen.adapter.store.SomeRecords.NOON;
import static dev.saywhen.adapter.store.SomeRecords.ODD_TEXT;
import static dev.saywhen.adapter.store.SomeRecords.inbound;
import static dev.saywhen.adapter.store.SomeRecords.message;
import static dev.saywhen.adapter.store.SomeRecords.opening;
import static dev.saywhen.adapter.store.SomeRecords.plan;
import static dev.saywhen.adapter.store.SomeRecords.say;
import static dev.saywhen.adapter.store.SomeRecords.thread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.AuditVerifier;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.chat.Outgoing.Purpose;
import dev.saywhen.flow.Outbox;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.flow.RunStore.PlanUnreadable;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class PostgresRunStoreTest {
    private static final int THREADS = 20;
    private static final AuditEvent NOTED = new AuditEvent.ServiceNoted("something");

    @Inject
    PostgresRunStore store;

    @Inject
    Outbox outbox;

    @Inject
    AuditTrail trail;

    @Inject
    AuditLog log;

    @Inject
    TestRows database;

    @AfterEach
    void clean() throws SQLException {
        database.clean();
    }

    @Test
    void a_run_opens_in_state_asking_with_its_record() {
        ThreadId thread = thread();

        Run run = store.open(opening(thread));

        assertEquals(new RunState.Asking(0, false), run.state());
        assertEquals(List.of(thread.root()), run.heard());
        assertEquals(NOON.truncatedTo(ChronoUnit.MICROS), run.openedAt());
        assertEquals(Optional.of(run), store.find(run.id()));
        assertEquals(Optional.of(run), store.inThread(thread));
        assertEquals(1, trail.head(AuditChain.of(run.id())).sequence());
    }

    @Test
    void a_thread_that_has_a_run_gives_that_one_and_stores_nothing() {
        ThreadId thread = thread();
        Run first = store.open(opening(thread));

        Run second = store.open(opening(thread));

        assertEquals(first, second);
        assertEquals(1, trail.head(AuditChain.of(first.id())).sequence());
    }

    @Test
    void one_thread_opened_by_many_at_once_has_one_run_and_wastes_no_number() throws Exception {
        Run before = store.open(opening(thread()));
        ThreadId thread = thread();

        List<Run> opened = Race.of(THREADS, _ -> () -> store.open(opening(thread)));
        Run after = store.open(opening(thread()));

        assertEquals(1, Set.copyOf(opened).size());
        assertEquals(before.id().number() + 1, opened.getFirst().id().number());
        assertEquals(before.id().number() + 2, after.id().number());
    }

    @Test
    void many_threads_opened_at_once_have_numbers_without_a_gap() throws Exception {
        long before = store.open(opening(thread())).id().number();

        List<Run> opened = Race.of(THREADS, _ -> () -> store.open(opening(thread())));

        assertEquals(
                LongStream.rangeClosed(before + 1, before + THREADS).boxed().collect(Collectors.toSet()),
                opened.stream().map(run -> run.id().number()).collect(Collectors.toSet()));
    }

    @Test
    void everything_about_a_run_comes_back_as_it_was_stored() {
        Run run = store.open(opening(thread()));
        Run after = run.changedBy(BO)
                .saying(run.brief().with(ODD_TEXT).assuming(), message())
                .at(new RevisionNumber(2))
                .committed(COMMIT)
                .stepDone()
                .reported(ODD_TEXT)
                .in(new RunState.Held(dev.saywhen.run.Phase.DEBUG, new RunState.Hold("mei", NOON, ODD_TEXT)));

        Run stored = store.advance(run, after, Change.NOTHING).orElseThrow();

        assertEquals(after.versioned(run.version() + 1), stored);
        assertEquals(Optional.of(stored), store.find(run.id()));
    }

    @Test
    void a_change_stores_state_records_messages_plan_and_use_together() {
        Run run = store.open(opening(thread()));
        PlanRevision plan = plan(run.id(), RevisionNumber.FIRST);
        MessageId yes = message();
        String key = "run-" + run.id() + "/note";

        Run stored = store.advance(
                        run,
                        run.in(new RunState.Planning()),
                        new Change(List.of(NOTED, NOTED), List.of(say(key, run.thread(), Purpose.NOTE)), plan, yes))
                .orElseThrow();

        assertEquals(Optional.of(stored), store.find(run.id()));
        assertEquals(3, trail.head(AuditChain.of(run.id())).sequence());
        assertEquals(Optional.of(plan), store.plan(run.id(), RevisionNumber.FIRST));
        assertTrue(store.isUsed(yes));
        assertTrue(outbox.due(run.thread().platform(), NOON, 1000).stream()
                .anyMatch(out -> out.key().equals(key)));
    }

    @Test
    void a_version_that_moved_stores_nothing_and_is_no_error() {
        Run run = store.open(opening(thread()));
        Run moved = store.advance(run, run.in(new RunState.Planning()), Change.NOTHING)
                .orElseThrow();
        MessageId yes = message();
        AuditMark head = trail.head(AuditChain.of(run.id()));
        long waiting = outbox.waiting();

        Optional<Run> late = store.advance(
                run,
                run.in(new RunState.Completed()),
                new Change(
                        List.of(NOTED),
                        List.of(say("late-" + run.id(), run.thread(), Purpose.NOTE)),
                        plan(run.id(), RevisionNumber.FIRST),
                        yes));

        assertEquals(Optional.empty(), late);
        assertEquals(Optional.of(moved), store.find(run.id()));
        assertEquals(head, trail.head(AuditChain.of(run.id())));
        assertEquals(waiting, outbox.waiting());
        assertEquals(Optional.empty(), store.plan(run.id(), RevisionNumber.FIRST));
        assertFalse(store.isUsed(yes));
    }

    @Test
    void a_message_that_authorized_never_does_so_again_and_nothing_of_the_change_is_stored() {
        Run run = store.open(opening(thread()));
        MessageId yes = message();
        Run used = store.advance(run, run.in(new RunState.Planning()), new Change(List.of(), List.of(), null, yes))
                .orElseThrow();
        AuditMark head = trail.head(AuditChain.of(run.id()));

        assertThrows(
                IllegalStateException.class,
                () -> store.advance(
                        used,
                        used.in(new RunState.Completed()),
                        new Change(
                                List.of(NOTED),
                                List.of(say("again-" + run.id(), run.thread(), Purpose.NOTE)),
                                null,
                                yes)));

        assertEquals(Optional.of(used), store.find(run.id()));
        assertEquals(head, trail.head(AuditChain.of(run.id())));
        assertEquals(Optional.empty(), outbox.sent("again-" + run.id()));
    }

    @Test
    void a_revision_that_is_there_already_rolls_everything_back() {
        Run run = store.open(opening(thread()));
        PlanRevision plan = plan(run.id(), RevisionNumber.FIRST);
        Run planned = store.advance(run, run.in(new RunState.Planning()), new Change(List.of(), List.of(), plan, null))
                .orElseThrow();
        AuditMark head = trail.head(AuditChain.of(run.id()));
        String key = "twice-" + run.id();

        assertThrows(
                RuntimeException.class,
                () -> store.advance(
                        planned,
                        planned.in(new RunState.Completed()),
                        new Change(List.of(NOTED), List.of(say(key, run.thread(), Purpose.NOTE)), plan, null)));

        assertEquals(Optional.of(planned), store.find(run.id()));
        assertEquals(head, trail.head(AuditChain.of(run.id())));
        assertTrue(outbox.due(run.thread().platform(), NOON, 1000).stream()
                .noneMatch(out -> out.key().equals(key)));
    }

    @Test
    void of_many_who_advance_one_version_exactly_one_wins() throws Exception {
        Run run = store.open(opening(thread()));
        int versions = 5;

        for (int round = 0; round < versions; round++) {
            Run before = store.find(run.id()).orElseThrow();
            List<Optional<Run>> results = Race.of(
                    THREADS,
                    at -> () -> store.advance(
                            before,
                            before.in(new RunState.Asking(at, true)),
                            new Change(List.of(NOTED), List.of(), null, null)));

            List<Run> won = results.stream().flatMap(Optional::stream).toList();
            assertEquals(1, won.size());
            assertEquals(before.version() + 1, won.getFirst().version());
            assertEquals(Optional.of(won.getFirst()), store.find(run.id()));
        }

        assertEquals(1 + versions, trail.head(AuditChain.of(run.id())).sequence());
        assertEquals(
                new AuditVerifier.Verdict.Holds(trail.head(AuditChain.of(run.id()))),
                new AuditVerifier(log, trail).verify(AuditChain.of(run.id()), List.of()));
    }

    @Test
    void an_interrupt_while_a_change_is_stored_does_not_tear_it() throws Exception {
        Run run = store.open(opening(thread()));
        AtomicReference<Optional<Run>> stored = new AtomicReference<>(Optional.empty());
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread writer;
        try (Connection holder = database.connection()) {
            holder.setAutoCommit(false);
            database.sql(holder, "select 1 from run where id = " + run.id() + " for update");
            writer = Thread.ofVirtual().start(() -> {
                stored.set(store.advance(run, run.in(new RunState.Planning()), Change.NOTHING));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            untilSomebodyWaitsForALock();
            writer.interrupt();
            holder.commit();
        }

        assertTrue(writer.join(Duration.ofSeconds(20)));
        assertTrue(stillInterrupted.get());
        assertEquals(stored.get(), store.find(run.id()));
        assertEquals(
                new RunState.Planning(),
                Objects.requireNonNull(stored.get()).orElseThrow().state());
    }

    @Test
    void a_change_whose_records_cannot_be_stored_leaves_nothing() throws Exception {
        Run run = store.open(opening(thread()));
        MessageId yes = message();
        String key = "store-test/lost-" + run.id();
        Change everything = new Change(
                List.of(NOTED),
                List.of(say(key, run.thread(), Purpose.NOTE)),
                plan(run.id(), RevisionNumber.FIRST),
                yes);

        database.sql("alter table audit_record add constraint broken check (chain <> 'run-" + run.id()
                + "' or sequence < 2) not valid");
        try {
            assertThrows(RuntimeException.class, () -> store.advance(run, run.in(new RunState.Planning()), everything));
        } finally {
            database.sql("alter table audit_record drop constraint broken");
        }

        assertEquals(Optional.of(run), store.find(run.id()));
        assertEquals(1, trail.head(AuditChain.of(run.id())).sequence());
        assertEquals(Optional.empty(), store.plan(run.id(), RevisionNumber.FIRST));
        assertFalse(store.isUsed(yes));
        assertEquals(List.of(), database.query("select key from outgoing where key = '" + key + "'"));
        assertTrue(
                store.advance(run, run.in(new RunState.Planning()), everything).isPresent());
    }

    @Test
    void an_interrupted_caller_finds_its_change_stored_and_its_interrupt_kept() throws Exception {
        Run run = store.open(opening(thread()));

        Race.of(1, _ -> () -> {
            Thread.currentThread().interrupt();
            Optional<Run> stored = store.advance(run, run.in(new RunState.Planning()), Change.NOTHING);
            assertTrue(Thread.currentThread().isInterrupted());
            assertTrue(stored.isPresent());
            return stored;
        });

        assertEquals(new RunState.Planning(), store.find(run.id()).orElseThrow().state());
    }

    @Test
    void live_runs_come_oldest_first_and_ended_ones_do_not() {
        Run first = store.open(opening(thread()));
        Run ended = store.open(opening(thread()));
        Run last = store.open(opening(thread()));
        store.advance(ended, ended.in(new RunState.Failed(dev.saywhen.run.Phase.PLAN, "why")), Change.NOTHING);

        List<RunId> live = store.live().stream().map(Run::id).toList();

        assertEquals(live.stream().sorted().toList(), live);
        assertTrue(live.containsAll(List.of(first.id(), last.id())));
        assertFalse(live.contains(ended.id()));
        assertEquals(
                List.of(last.id(), ended.id()),
                store.newest(2).stream().map(Run::id).toList());
    }

    @Test
    void a_plan_that_was_changed_in_the_database_is_an_error() throws Exception {
        Run run = store.open(opening(thread()));
        PlanRevision plan = plan(run.id(), RevisionNumber.FIRST);
        assertTrue(store.advance(run, run, new Change(List.of(), List.of(), plan, null))
                .isPresent());

        database.sqlPastTheTriggers(
                "plan_revision",
                "update plan_revision set plan = jsonb_set(plan, '{outline,title}', '\"Other\"') where run = "
                        + run.id());

        PlanUnreadable changed = assertThrows(PlanUnreadable.class, () -> store.plan(run.id(), RevisionNumber.FIRST));
        assertTrue(String.valueOf(changed.getMessage())
                .startsWith("the stored plan r1 of run " + run.id() + " was changed"));
    }

    @Test
    void a_state_that_is_not_understood_is_an_error() throws Exception {
        Run run = store.open(opening(thread()));
        database.sqlPastTheTriggers(
                "run", "update run set ended = true, state = '{\"type\":\"dreaming\"}' where id = " + run.id());

        IllegalStateException unknown = assertThrows(IllegalStateException.class, () -> store.find(run.id()));

        assertTrue(String.valueOf(unknown.getMessage()).contains("dreaming"), unknown::getMessage);
    }

    @Test
    void the_database_refuses_to_change_a_plan_or_free_a_used_message() {
        for (String sql : List.of(
                "delete from plan_revision",
                "update plan_revision set digest = ''",
                "truncate plan_revision",
                "delete from used_message",
                "truncate used_message")) {
            SQLException refused = assertThrows(SQLException.class, () -> database.sql(sql), sql);
            assertTrue(String.valueOf(refused.getMessage()).contains("append only"), refused::getMessage);
        }
    }

    @Test
    void a_message_is_kept_once_until_it_is_handled_and_known_afterwards() {
        var message = inbound(message(), ODD_TEXT);

        assertTrue(store.remember(message));
        assertFalse(store.remember(message));
        assertTrue(store.unhandled().contains(message));
        store.handled(message.id());
        assertFalse(store.unhandled().contains(message));
        assertFalse(store.remember(message));
    }

    @Test
    void a_message_that_was_handled_before_it_was_kept_is_not_kept() {
        var message = inbound(message(), "late");

        store.handled(message.id());

        assertFalse(store.remember(message));
        assertFalse(store.unhandled().contains(message));
    }

    @Test
    void one_message_remembered_by_many_at_once_is_kept_once() throws Exception {
        var message = inbound(message(), "yes");

        List<Boolean> kept = Race.of(THREADS, _ -> () -> store.remember(message));

        assertEquals(1, kept.stream().filter(one -> one).count());
    }

    @Test
    void unhandled_messages_come_in_the_order_in_which_they_were_kept() {
        var second = inbound(MessageId.parse("store-test:home:general:zz-second"), "2");
        var first = inbound(MessageId.parse("store-test:home:general:zz-first"), "1");
        store.remember(second);
        store.remember(first);

        assertEquals(
                List.of(second, first),
                store.unhandled().stream()
                        .filter(one -> one.equals(first) || one.equals(second))
                        .toList());
    }

    @Test
    void a_handled_message_is_forgotten_after_a_day_and_never_sooner() throws Exception {
        var old = inbound(message(), "old");
        var young = inbound(message(), "young");
        var waiting = inbound(message(), "waiting");
        List.of(old, young, waiting).forEach(store::remember);
        store.handled(old.id());
        store.handled(young.id());
        database.sql(
                "update kept_message set handled_at = now() - interval '25 hours' where message = '" + old.id() + "'");
        Instant now = Instant.now();

        assertThrows(IllegalArgumentException.class, () -> store.forgetHandled(now));
        assertEquals(1, store.forgetHandled(now.minus(PostgresRunStore.REMEMBERED)));

        assertTrue(store.remember(old));
        assertFalse(store.remember(young));
        assertTrue(store.unhandled().contains(waiting));
    }

    @Test
    void a_run_never_becomes_another_one() {
        Run run = store.open(opening(thread()));
        Run other = store.open(opening(thread()));

        assertThrows(IllegalArgumentException.class, () -> store.advance(run, other, Change.NOTHING));
        assertThrows(
                IllegalArgumentException.class,
                () -> store.advance(
                        run, run, new Change(List.of(), List.of(), plan(other.id(), RevisionNumber.FIRST), null)));
    }

    private void untilSomebodyWaitsForALock() throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (database.query("select pid from pg_locks where not granted").isEmpty()) {
            assertTrue(System.nanoTime() < end, "nobody waits for a lock");
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
