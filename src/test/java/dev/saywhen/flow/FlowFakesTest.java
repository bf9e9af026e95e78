package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.flow.RunStore.Opening;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The stand-ins do what the ports promise, as the tests of the real ones have it. */
class FlowFakesTest {
    private static final MessageId ROOT = new MessageId(Stage.CHANNEL, "m1");
    private static final ThreadId THREAD = new ThreadId(ROOT);

    private final Stage stage = new Stage();
    private final Instant now = stage.clock.instant();

    private Run opened() {
        return stage.store.open(new Opening(
                PlanSample.PROJECT,
                THREAD,
                Stage.ANA,
                Brief.of("a library"),
                ROOT,
                now,
                List.of(new AuditEvent.RunOpened(Stage.ANA, ROOT, "demo", "a library"))));
    }

    @Test
    void a_thread_has_one_run() {
        assertEquals(opened(), opened());
        assertEquals(List.of("run-opened"), stage.ledger.types(opened().id()));
    }

    @Test
    void only_one_of_two_moves_from_the_same_version_is_stored() {
        Run before = opened();
        Run after = before.after(new RunEvent.BriefComplete()).orElseThrow();
        assertEquals(Optional.of(after.versioned(1)), stage.store.advance(before, after, Change.NOTHING));
        assertEquals(Optional.empty(), stage.store.advance(before, after, Change.NOTHING));
    }

    @Test
    void a_message_authorizes_once() {
        Run before = opened();
        Run after = stage.store
                .advance(before, before, new Change(List.of(), List.of(), null, ROOT))
                .orElseThrow();
        assertTrue(stage.store.isUsed(ROOT));
        assertThrows(
                IllegalStateException.class,
                () -> stage.store.advance(after, after, new Change(List.of(), List.of(), null, ROOT)));
    }

    @Test
    void a_message_is_remembered_once_and_lies_there_until_it_is_handled() {
        var message = stage.in(THREAD, "ana", "yes");
        assertTrue(stage.store.remember(message));
        assertFalse(stage.store.remember(message));
        assertEquals(List.of(message), stage.store.unhandled());
        stage.store.handled(message.id());
        assertEquals(List.of(), stage.store.unhandled());
        assertFalse(stage.store.remember(message));
    }

    @Test
    void a_thread_keeps_its_order_and_receipts_overtake() {
        stage.outbox.put(List.of(say("a", Outgoing.Purpose.NOTE), say("b", Outgoing.Purpose.NOTE)));
        assertEquals(List.of("a"), due());
        stage.outbox.put(List.of(say("r", Outgoing.Purpose.RECEIPT), say("a", Outgoing.Purpose.NOTE)));
        assertEquals(List.of("r"), due());
        stage.outbox.delivered("r", new Sent(ROOT, now));
        stage.outbox.failed("a", "away", now.plusSeconds(2));
        assertEquals(List.of(), due());
        stage.outbox.delivered("a", new Sent(ROOT, now));
        assertEquals(List.of("b"), due());
        assertEquals(1, stage.outbox.waiting());
    }

    @Test
    void of_several_edits_only_the_newest_is_due_and_only_once_its_message_was_sent() {
        stage.outbox.put(List.of(
                say("a", Outgoing.Purpose.PROGRESS),
                new Outgoing.Edit("a/1", "a", THREAD, "one"),
                new Outgoing.Edit("a/2", "a", THREAD, "two")));
        assertEquals(List.of("a"), due());
        stage.outbox.delivered("a", new Sent(ROOT, now));
        assertEquals(List.of("a/2"), due());
    }

    @Test
    void a_chat_posts_a_message_once_per_key() {
        Sent sent = stage.chat.send(say("a", Outgoing.Purpose.NOTE));
        assertEquals(sent, stage.chat.send(say("a", Outgoing.Purpose.NOTE)));
        assertEquals(List.of("a"), stage.said(THREAD));
        stage.chat.edit(sent.id(), "b");
        assertEquals(List.of("b"), stage.said(THREAD));
    }

    @Test
    void what_needs_the_database_fails_while_it_is_away_and_nothing_is_half_done() {
        Run run = opened();
        stage.power.cut();
        assertThrows(IllegalStateException.class, () -> stage.store.advance(run, run, Change.NOTHING));
        assertThrows(IllegalStateException.class, () -> stage.outbox.put(List.of()));
        assertThrows(IllegalStateException.class, () -> stage.stopLog.newestEpoch());
        assertThrows(
                IllegalStateException.class,
                () -> stage.ledger.append(AuditChain.installation(), new AuditEvent.ServiceNoted("x")));
        stage.power.restore();
        assertEquals(Optional.of(run), stage.store.find(run.id()));
    }

    @Test
    void a_crash_lasts_until_the_restart_and_what_was_stored_stays() {
        stage.power.crashAfter(1);
        assertThrows(Power.Crash.class, this::opened);
        assertThrows(Power.Crash.class, () -> stage.store.live());
        stage.power.restart();
        assertEquals(1, stage.store.live().size());
    }

    @Test
    void tasks_wait_until_they_are_run_one_by_one() {
        List<String> ran = new ArrayList<>();
        stage.executor.execute(() -> ran.add("a"));
        stage.executor.execute(() -> ran.add("b"));
        assertEquals(List.of(), ran);
        assertTrue(stage.executor.runOne());
        assertEquals(List.of("a"), ran);
        assertTrue(stage.executor.runAny(new Random(1)));
        assertFalse(stage.executor.runOne());
    }

    private List<String> due() {
        return stage.outbox.due(Stage.TEAM.platform(), now, 10).stream()
                .map(Outgoing::key)
                .toList();
    }

    private static Outgoing.Message say(String key, Outgoing.Purpose purpose) {
        return new Outgoing.Message(key, THREAD, purpose, key, null);
    }
}
