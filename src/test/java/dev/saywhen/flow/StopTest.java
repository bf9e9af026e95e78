package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.run.Run;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A STOP wherever it can be said: whom it covers, what it ends, and what people read (gate.md, sections 6 and 7). */
class StopTest {
    private static final String GOING_ON =
            "I do nothing until somebody who may says yes again. Say `resume` in a run's thread when it shall plan again.";

    private final Stage stage = new Stage();

    @Test
    void a_stop_in_the_thread_cuts_the_command_off_and_tells_what_it_did() {
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "please stop"))));
        stage.say(thread, "ana", "yes");

        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(List.of("OpenWorkTree", "WriteFile", "RunCommand"), stage.effects.names());
        assertEquals("""
                STOPPED, CONFIRMED. 1 run held, nothing of mine is alive. # s.
                Heard "stop" from @mei in #orders-dev at #.
                Run 1, demo: cut in EXECUTE after 0 steps. 2 processes killed, 0 left. Kept: no commits yet; \
                unfinished work is saved apart. Cannot be undone: nothing.
                """ + GOING_ON + "\nAudit #.", stage.receipt(thread));
        assertEquals(List.of(new RunId(1)), stage.workspace.kept());
        assertEquals(List.of(new RunId(1)), stage.stopLog.entries().getFirst().covered());
        assertEquals(List.of(), stage.store.unhandled());
        assertEquals(List.of(), stage.broken);
    }

    @Test
    void a_run_that_waits_is_held_and_its_request_is_void() {
        ThreadId thread = stage.planned();
        assertEquals(List.of("""
                STOPPED, CONFIRMED. 1 run held, nothing of mine is alive. # s.
                Heard "stop" from @bo in #orders-dev at #.
                Run 1, demo: was waiting for a yes. That request is void.
                """ + GOING_ON + "\nAudit #."), stage.answers(thread, "bo", "stop"));
        assertEquals(List.of("Nothing waits for a yes here now."), stage.answers(thread, "ana", "proceed"));
        assertEquals(List.of(), stage.effects.deeds());
    }

    @Test
    void in_its_thread_it_covers_that_run_only_and_tells_how_many_others_act() {
        ThreadId other = stage.planned();
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> {
            stage.post(stage.in(thread, "mei", "stop"));
            stage.executor.runOne();
        });
        stage.say(other, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(other));
        assertEquals("held PLAN", stage.state(thread));
        assertEquals("""
                STOPPED, CONFIRMED. 1 run held, nothing of mine is alive. # s.
                Heard "stop" from @mei in #orders-dev at #.
                Run 2, demo: was waiting for a yes. That request is void.
                """ + GOING_ON + """

                1 other run still at work. To hold them too say `stop everything`.
                Audit #.""", stage.receipt(thread));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop everything", "stop all", "STOP, everybody"})
    void with_all_in_it_it_covers_every_run(String words) {
        ThreadId other = stage.planned();
        ThreadId thread = stage.planned();
        stage.say(thread, "mei", words);
        assertEquals("held PLAN", stage.state(other));
        assertEquals("held PLAN", stage.state(thread));
        assertTrue(stage.receipt(other).startsWith("STOPPED, CONFIRMED. 2 runs held"), stage.receipt(other));
    }

    @Test
    void broadcast_from_a_thread_it_covers_every_run() {
        ThreadId other = stage.planned();
        ThreadId thread = stage.planned();
        stage.post(stage.by(thread, Stage.person("mei"), "stop", InboundMessage.Trait.BROADCAST));
        stage.settle();
        assertEquals("held PLAN", stage.state(other));
    }

    @Test
    void elsewhere_it_covers_every_run_and_the_receipt_goes_to_each_thread_and_to_where_it_was_called() {
        ThreadId one = stage.planned();
        ThreadId two = stage.planned();
        ThreadId direct = new ThreadId(new MessageId(new ChannelId(Stage.TEAM, "@mei"), "d1"));
        stage.post(stage.by(direct, Stage.person("mei"), "stop it now", InboundMessage.Trait.DIRECT));
        stage.settle();
        assertEquals(List.of("held PLAN", "held PLAN"), List.of(stage.state(one), stage.state(two)));
        String receipt = """
                STOPPED, CONFIRMED. 2 runs held, nothing of mine is alive. # s.
                Heard "stop" from @mei in a direct message at #.
                Run 1, demo: was waiting for a yes. That request is void.
                Run 2, demo: was waiting for a yes. That request is void.
                """ + GOING_ON;
        assertEquals(List.of(receipt), stage.said(direct));
        assertEquals(receipt + "\nAudit #.", stage.receipt(one));
        assertEquals(receipt + "\nAudit #.", stage.receipt(two));
    }

    @Test
    void a_reaction_to_a_message_of_the_bots_is_one() {
        ThreadId thread = stage.planned();
        MessageId head = stage.chat.in(thread).getLast().id();
        stage.bring(new InboundEvent.Reacted(head, thread, true, Stage.person("mei"), "🛑", stage.clock.instant()));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        assertTrue(stage.receipt(thread).contains("Heard \"🛑\" from @mei"), stage.receipt(thread));
    }

    @Test
    void a_reaction_to_somebody_elses_message_is_none() {
        ThreadId thread = stage.planned();
        stage.bring(new InboundEvent.Reacted(
                thread.root(), thread, false, Stage.person("mei"), "🛑", stage.clock.instant()));
        stage.settle();
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void an_edit_whose_new_text_is_a_stop_is_one() {
        ThreadId thread = stage.planned();
        InboundMessage talk = stage.say(thread, "mei", "nice");
        stage.bring(new InboundEvent.Edited(edited(talk, "stop")));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        assertEquals(List.of(), stage.store.unhandled());
    }

    private InboundMessage edited(InboundMessage message, String text) {
        stage.clock.tick(Duration.ofSeconds(1));
        return new InboundMessage(
                message.id(), message.thread(), message.author(), text, stage.clock.instant(), null, Set.of());
    }

    @Test
    void losing_the_thread_of_a_run_is_one() {
        ThreadId thread = stage.planned();
        stage.bring(new InboundEvent.PlaceLost(Stage.CHANNEL, thread, "the thread was locked", stage.clock.instant()));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void losing_a_channel_where_no_run_is_holds_nothing() {
        ThreadId thread = stage.planned();
        stage.bring(new InboundEvent.PlaceLost(
                new ChannelId(Stage.TEAM, "random"), null, "removed", stage.clock.instant()));
        stage.settle();
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void losing_the_channel_of_a_run_is_one() {
        ThreadId thread = stage.planned();
        stage.bring(new InboundEvent.PlaceLost(Stage.CHANNEL, null, "removed", stage.clock.instant()));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void an_operators_stop_gives_the_receipt_at_once() {
        ThreadId thread = stage.planned();
        Receipt receipt = stage.inbox.stop("the host", null, "the command line");
        assertTrue(receipt.confirmed());
        assertEquals(List.of(new RunId(1)), receipt.runs());
        assertEquals("held PLAN", stage.state(thread));
        stage.settle();
        assertTrue(stage.receipt(thread).contains("Heard \"stop\" from the host in the command line at"));
    }

    @Test
    void an_operators_stop_of_one_run_leaves_the_others() {
        ThreadId one = stage.planned();
        ThreadId two = stage.planned();
        stage.inbox.stop("the host", new RunId(2), "the command line");
        assertEquals("awaiting-authorization PLAN", stage.state(one));
        assertEquals("held PLAN", stage.state(two));
    }

    @Test
    void where_nothing_is_to_hold_a_thread_a_mention_and_a_direct_message_are_told() {
        ThreadId thread = stage.planned();
        stage.say(thread, "mei", "stop");
        String nothing =
                "Nothing to hold: no run of mine acts or waits here.\nHeard \"stop\" from @mei in #orders-dev at #.";
        assertEquals(List.of(nothing), stage.answers(thread, "mei", "stop"));
        InboundMessage mention = stage.root("mei", "@saywhen stop");
        stage.tick(Duration.ofSeconds(20));
        stage.post(mention);
        stage.settle();
        assertEquals(List.of(nothing), stage.said(mention.thread()));
        InboundMessage plain = stage.root("mei", "stop");
        stage.tick(Duration.ofSeconds(20));
        stage.post(plain);
        stage.settle();
        assertEquals(List.of(), stage.said(plain.thread()));
    }

    @Test
    void nothing_to_hold_here_still_tells_how_many_act_elsewhere() {
        ThreadId done = stage.planned();
        stage.say(done, "ana", "yes");
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> {
            stage.post(stage.in(done, "mei", "stop"));
            stage.executor.runOne();
        });
        stage.say(thread, "ana", "yes");
        assertEquals(
                "Nothing to hold: no run of mine acts or waits here.\nHeard \"stop\" from @mei in #orders-dev at #.\n"
                        + "1 other run still at work. To hold them too say `stop everything`.",
                stage.receipt(done));
    }

    @Test
    void a_flood_is_folded_per_place_with_a_count() {
        ThreadId thread = stage.planned();
        for (int i = 0; i < 50; i++) {
            stage.post(stage.by(thread, Stage.person("mei"), "stop"));
            stage.clock.tick(Duration.ofMillis(-950));
        }
        stage.settle();
        assertEquals(1, receipts(thread, "STOPPED"));
        assertEquals(1, receipts(thread, "Nothing to hold"));
        stage.tick(Duration.ofSeconds(11));
        assertEquals("Heard 48 more in the last 10 s. There was nothing left to hold.", stage.receipt(thread));
        long epoch = stage.stops.epochOf(new RunId(1)).number();
        assertTrue(epoch >= 50, "every one of them raises the epoch: " + epoch);
    }

    @Test
    void a_flood_in_a_channel_outside_of_threads_is_one_place() {
        stage.planned();
        for (int i = 0; i < 20; i++) {
            stage.post(stage.root("mei", "@saywhen stop"));
            stage.clock.tick(Duration.ofMillis(-950));
        }
        stage.settle();
        assertEquals(
                1,
                stage.chat.all().stream()
                        .filter(one -> one.text().startsWith("Nothing to hold"))
                        .count());
        stage.tick(Duration.ofSeconds(11));
        assertEquals(
                1,
                stage.chat.all().stream()
                        .filter(one -> one.text().startsWith("Heard 18 more"))
                        .count());
    }

    private long receipts(ThreadId thread, String beginning) {
        return stage.said(thread).stream()
                .filter(text -> text.startsWith(beginning))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "hold on", "cancel", "no", "pause"})
    void what_is_a_stop_while_a_run_acts_is_nothing_else_besides(String words) {
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> {
            var said = new InboundEvent.Posted(stage.in(thread, "ana", words));
            stage.inbox.hear(said);
            stage.executor.runOne();
            stage.inbox.accept(said);
        }));
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.receipt(thread).startsWith("STOPPED, CONFIRMED."), stage.receipt(thread));
    }

    @Test
    void a_late_copy_of_an_old_stop_holds_nothing_that_was_authorized_after_it() {
        ThreadId thread = stage.planned();
        InboundMessage stop = stage.in(thread, "mei", "stop");
        stage.post(stop);
        stage.settle();
        stage.say(thread, "ana", "resume");
        stage.effects.inCommand(() -> stage.post(stop));
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(2, stage.stopLog.entries().size());
    }

    @Test
    void a_stop_while_the_database_is_away_cuts_is_written_down_and_told_later() {
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> {
            stage.power.cut();
            stage.elsewhere(() -> stage.inbox.hear(new InboundEvent.Posted(stage.in(thread, "mei", "stop"))));
        });
        stage.whilePausing(times -> {
            assertEquals(
                    List.of("2 1 @mei".substring(2)),
                    stage.journal.lines().stream()
                            .map(line -> line.substring(line.indexOf(' ') + 1))
                            .toList());
            assertTrue(stage.stops.isHalted(new RunId(1)));
            if (times == 3) {
                stage.power.restore();
            }
        });
        stage.post(stage.in(thread, "ana", "yes"));
        while (stage.executor.runOne()) {
            stage.join();
        }
        stage.power.restore();
        stage.settle();
        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(List.of(), stage.journal.lines());
        assertTrue(stage.receipt(thread).startsWith("STOPPED, CONFIRMED. 1 run held"), stage.receipt(thread));
        assertEquals(1, stage.stopLog.entries().size());
    }

    @Test
    void a_thought_that_ends_after_a_stop_is_dropped_also_where_the_stop_is_not_recorded_yet() {
        InboundMessage message = stage.root("ana", "@saywhen a library of books");
        stage.engineer.meanwhile(() -> stage.post(stage.in(new ThreadId(message.id()), "mei", "stop")));
        stage.post(message);
        stage.settle();

        assertEquals("held ASK", stage.state(new ThreadId(message.id())));
    }

    @Test
    void a_thought_that_goes_on_in_spite_of_a_stop_is_told() {
        List<String> left = new ArrayList<>();
        stage.engineer.meanwhile(() -> {
            FutureTask<List<String>> stop = new FutureTask<>(() -> stage.stops
                    .pull(new StopOrder(null, null, "@mei", "stop", "#general", null))
                    .settle(Duration.ofMillis(100))
                    .get(new RunId(1))
                    .survivors());
            Thread.ofPlatform().start(stop);
            while (!stop.isDone()) {
                Thread.onSpinWait(); // as one who does not heed an interrupt
            }
            left.addAll(stop.resultNow());
        });
        stage.post(stage.root("ana", "@saywhen a library of books"));
        stage.settle();
        assertEquals(List.of("something that did not end in time"), left);
    }

    @Test
    void unfinished_work_that_could_not_be_kept_is_told_and_noted() {
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> {
            stage.workspace.lose();
            stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop")));
        });
        stage.say(thread, "ana", "yes");

        assertEquals("held EXECUTE", stage.state(thread));
        String told = "The unfinished work of run 1 is not saved apart: The repository of demo is gone.\n"
                + "It stays where it is until the run goes on.";
        assertTrue(stage.said(thread).contains(told), stage.said(thread)::toString);
        assertTrue(
                stage.ledger
                        .events()
                        .contains(new AuditEvent.Observed(
                                "unfinished work", "not kept: The repository of demo is gone.")),
                stage.ledger.events()::toString);
    }

    @Test
    void a_plan_that_can_never_be_read_ends_the_keeping_of_work_and_nothing_else_of_a_stop() {
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> {
            stage.store.spoil(new RunId(1), RevisionNumber.FIRST);
            stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop")));
        });
        stage.say(thread, "ana", "yes");

        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(0, stage.pauses());
        List<String> said = stage.chat.in(thread).stream()
                .filter(one -> one.purpose() == Outgoing.Purpose.RECEIPT)
                .map(one -> one.text())
                .toList();
        assertEquals(2, said.size(), said::toString);
        assertTrue(said.getFirst().startsWith("STOPPED, CONFIRMED. 1 run held"), said::toString);
        assertEquals(
                "The unfinished work of run 1 is not saved apart: its plan cannot be read any more.", said.getLast());
        assertEquals(
                List.of(new AuditEvent.Observed(
                        "unfinished work", "not kept: cannot read the stored plan r1 of run 1")),
                stage.ledger.events().stream()
                        .filter(AuditEvent.Observed.class::isInstance)
                        .toList());
        assertEquals(List.of(), stage.workspace.kept());
        assertEquals(List.of(), stage.journal.lines());
        assertEquals(List.of(), stage.broken);
    }

    @Test
    void a_full_disk_does_not_end_the_recording_of_a_stop() {
        ThreadId thread = stage.planned();
        stage.journal.fill();
        InboundMessage stop = stage.in(thread, "mei", "stop");
        stage.whilePausing(times -> {
            if (times == 3) {
                stage.power.restore();
            }
        });
        stage.power.cut();
        stage.inbox.hear(new InboundEvent.Posted(stop));
        stage.executor.runOne();
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void what_survives_is_unconfirmed_until_it_is_gone() {
        ThreadId thread = stage.planned();
        stage.effects.survivors("mvn, pid 4471");
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        stage.whilePausing(times -> {
            if (times == 2) {
                stage.effects.survivors();
            }
        });
        int before = stage.said(thread).size();
        stage.say(thread, "ana", "yes");
        List<String> said = stage.since(thread, before).stream()
                .filter(text -> text.contains("CONFIRMED"))
                .toList();
        assertEquals(
                List.of("""
                UNCONFIRMED: may still be alive: mvn, pid 4471. I look again every 5 s and tell you here.
                All permits are dead, nothing new starts. What to do: docs/operations.md#unconfirmed
                Heard "stop" from @mei in #orders-dev at #.
                Run 1, demo: cut in EXECUTE after 0 steps. 2 processes killed, 1 left. Kept: no commits yet; \
                unfinished work is saved apart. Cannot be undone: nothing.
                """ + GOING_ON + "\nAudit #.", "CONFIRMED now. 1 run held, nothing of mine is alive any more."),
                said);
        assertTrue(stage.said(thread).contains("Stopping 1 run. Nothing new starts."));
    }

    @Test
    void what_nobody_can_find_out_is_never_confirmed_and_not_looked_for_again() {
        ThreadId thread = stage.planned();
        stage.effects.leaves(List.of("a call of close_issue of tracker"), List.of("2 calls of close_issue of tracker"));
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        int before = stage.said(thread).size();
        stage.say(thread, "ana", "yes");
        List<String> said = stage.since(thread, before).stream()
                .filter(text -> text.contains("CONFIRMED"))
                .toList();
        assertEquals(List.of("""
                UNCONFIRMED: outcome unknown: a call of close_issue of tracker. I can't find out; somebody has to look there.
                All permits are dead, nothing new starts. What to do: docs/operations.md#unconfirmed
                Heard "stop" from @mei in #orders-dev at #.
                Run 1, demo: cut in EXECUTE after 0 steps. 2 processes killed, 0 left. Kept: no commits yet; \
                unfinished work is saved apart. Cannot be undone: 2 calls of close_issue of tracker.
                """ + GOING_ON + "\nAudit #."), said);
        assertTrue(
                stage.ledger.events().stream()
                        .anyMatch(event -> event instanceof AuditEvent.StopSettled settled
                                && settled.survivors()
                                        .equals(List.of("outcome unknown: a call of close_issue of tracker"))),
                "in the trail");
    }

    @Test
    void what_nobody_can_find_out_is_told_again_at_a_stop_that_has_nothing_left_to_hold() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        RunId run = new RunId(1);
        stage.stops.onPull(
                stage.stops.epochOf(run),
                () -> new CutOff.Report(
                        0, List.of(), List.of(), List.of("a call of close_issue of tracker"), List.of()));
        for (int time = 0; time < 2; time++) {
            stage.say(thread, "mei", "stop");
            assertTrue(
                    stage.last(thread)
                            .startsWith("UNCONFIRMED: outcome unknown: a call of close_issue of tracker. I can't find"
                                    + " out; somebody has to look there.\n"),
                    stage.last(thread));
        }
    }

    @Test
    void a_receipt_speaks_of_what_an_earlier_plan_may_have_changed_outside_after_a_restart_too() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        stage.restart();
        stage.settle();
        stage.engineer.calls();
        stage.say(thread, "ana", "resume");
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        stage.say(thread, "ana", "proceed");
        assertTrue(
                stage.said(thread).stream()
                        .anyMatch(text -> text.contains(
                                "Cannot be undone: 1 call of close_issue of tracker, under an earlier plan.")),
                stage.said(thread)::toString);
    }

    @Test
    void a_team_reads_what_is_open_in_its_own_runs_and_of_others_only_how_many() {
        ThreadId own = stage.planned();
        ThreadId theirs = new ThreadId(new MessageId(
                new ChannelId(new TeamId(Stage.TEAM.platform(), "elsewhere"), "secret-plans"), "s1"));
        Run other = stage.store.open(new RunStore.Opening(
                PlanSample.PROJECT,
                theirs,
                new ActorId(theirs.team(), "eve"),
                Brief.of("a shop"),
                theirs.root(),
                stage.clock.instant(),
                List.of()));
        stage.live.put(other);
        stage.stops.track(other.id(), false);
        String call = "a call of sell of shop at https://shop.example.org/mcp";
        List<String> left = new ArrayList<>(List.of("node, pid 12"));
        stage.stops.onPull(
                stage.stops.epochOf(other.id()),
                () -> new CutOff.Report(0, left, List.of(), List.of(call), List.of(call)));
        stage.whilePausing(_ -> left.clear());

        stage.say(own, "mei", "stop everything");

        String ours = String.join("\n", stage.said(own));
        assertTrue(
                ours.contains(
                        "UNCONFIRMED: may still be alive: something of 1 run of other teams. I look again every 5 s"
                                + " and tell you here. outcome unknown: something of 1 run of other teams. I can't find out;"
                                + " somebody has to look there.\n"),
                ours);
        assertTrue(ours.contains("the outcome stays unknown: something of 1 run of other teams."), ours);
        assertFalse(ours.contains("shop") || ours.contains("node"), ours);
        String told = String.join("\n", stage.said(theirs));
        assertTrue(told.contains("may still be alive: node, pid 12. I look again"), told);
        assertTrue(told.contains("outcome unknown: " + call + ". I can't"), told);
        assertTrue(told.contains("the outcome stays unknown: " + call + "."), told);
        assertEquals(
                List.of(List.of("open in runs of other teams: 1"), List.of("node, pid 12", "outcome unknown: " + call)),
                stage.ledger.events().stream()
                        .filter(AuditEvent.StopSettled.class::isInstance)
                        .map(event -> ((AuditEvent.StopSettled) event).survivors())
                        .toList());
    }

    @Test
    void what_nobody_can_find_out_stays_so_when_what_survived_is_gone() {
        ThreadId thread = stage.planned();
        stage.effects.survivors("mvn, pid 4471");
        stage.effects.leaves(List.of("a call of close_issue of tracker"), List.of());
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        stage.whilePausing(times -> {
            if (times == 2) {
                stage.effects.survivors();
            }
        });
        stage.say(thread, "ana", "yes");
        assertTrue(
                stage.said(thread)
                        .contains("UNCONFIRMED still: nothing of mine is alive any more, and the outcome stays unknown:"
                                + " a call of close_issue of tracker."),
                stage.said(thread)::toString);
    }

    @Test
    void where_commands_are_not_kept_apart_nothing_is_confirmed() {
        stage.sandbox.weaken();
        ThreadId thread = stage.planned();
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        stage.say(thread, "ana", "yes");
        assertTrue(
                stage.receipt(thread)
                        .startsWith(
                                "UNCONFIRMED: commands are not kept apart, so I cannot prove that nothing is left."),
                stage.receipt(thread));
    }

    @Test
    void a_stop_between_two_effects_lets_no_other_through() {
        for (String effect : List.of("OpenWorkTree", "WriteFile", "CommitFiles", "PublishBranch")) {
            Stage other = new Stage();
            ThreadId thread = other.planned();
            other.effects.before((name, _) -> {
                if (name.equals(effect)) {
                    other.inbox.hear(new InboundEvent.Posted(other.in(thread, "mei", "stop")));
                }
            });
            other.say(thread, "ana", "yes");
            assertFalse(other.effects.names().contains(effect), effect);
            assertEquals("held EXECUTE", other.state(thread), effect);
        }
    }

    @Test
    void the_permit_is_never_stored_or_printed() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        String everything = stage.ledger.events() + " " + stage.said(thread) + stage.store.all();
        assertFalse(everything.contains("Permit@"), everything);
        assertFalse(everything.contains("Permit["), everything);
        assertFalse(stage.said(thread).toString().contains("permit"), everything);
    }

    @Test
    void no_text_of_ours_is_a_stop_when_a_machine_mirrors_it() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "ok");
        ThreadId waiting = stage.planned();
        List<String> texts = stage.chat.all().stream().map(one -> one.text()).toList();
        for (String text : texts) {
            stage.post(stage.by(waiting, new Author(Stage.BO, Author.Kind.MACHINE), text));
            stage.settle();
            assertEquals("awaiting-authorization PLAN", stage.state(waiting), text);
        }
    }
}
