package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.engineer.Engineer.Drafted;
import dev.saywhen.engineer.OutcomeUnknown;
import dev.saywhen.flow.fakes.FakeEffects;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.Approvers.Policy;
import dev.saywhen.safety.BaseCheck.Finding;
import dev.saywhen.safety.CommandResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What makes a run go on, and what ends or holds it without a STOP (gate.md, sections 2, 3, 5 and 8). */
class GoingOnTest {
    private static final Raise RAISE =
            new Raise(Raise.Limit.DAY, Raise.Unit.TOKENS, BigDecimal.valueOf(100), BigDecimal.valueOf(200));

    private static final String HELD = "\nNothing of this run goes on by itself. Say `resume` when I shall plan again.";

    private final Stage stage = new Stage();

    private ThreadId heldWhileItWorks() {
        ThreadId thread = stage.planned();
        stage.effects.results(FakeEffects.exit(0), FakeEffects.exit(0));
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        return thread;
    }

    @Test
    void resume_in_ask_asks_again() {
        stage.engineer.asks(new Asked.Questions(List.of(), List.of("With loans?")));
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        stage.engineer.asks(new Asked.Questions(List.of(), List.of("With loans?")));
        stage.say(thread, "ana", "resume");
        assertEquals("asking ASK", stage.state(thread));
        assertTrue(stage.last(thread).contains("1. With loans?"), stage.last(thread));
    }

    @Test
    void resume_of_a_pending_request_makes_a_new_revision_even_if_its_text_is_equal() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertTrue(stage.last(thread).contains("New since r1: same as r1, nothing added."), stage.last(thread));
        assertEquals(List.of("r1 is not the newest plan. r2 is."), stage.answers(thread, "ana", "proceed r1"));
        stage.say(thread, "ana", "proceed r2");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void resume_of_work_never_acts_by_itself_and_keeps_the_steps_that_are_done() {
        ThreadId thread = heldWhileItWorks();
        int deeds = stage.effects.deeds().size();
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(deeds, stage.effects.deeds().size());
        assertTrue(stage.last(thread).contains("Steps 1 to 1 are done and kept. Remaining: Keep books."));
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(3, stage.run(thread).commits().size());
    }

    @Test
    void a_yes_is_refused_before_anything_is_done_where_an_earlier_plan_can_not_be_read() {
        ThreadId thread = heldWhileItWorks();
        stage.say(thread, "ana", "resume");
        int deeds = stage.effects.deeds().size();
        stage.store.spoil(new RunId(1), RevisionNumber.FIRST);

        String refusal = "That yes does not count: the stored r1 of this run can't be read any more, and I don't act on"
                + " what I can't read. Open a new run for what remains.";
        assertEquals(List.of(refusal), stage.answers(thread, "ana", "proceed"));

        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(deeds, stage.effects.deeds().size());
        assertTrue(
                stage.ledger.events().getLast() instanceof AuditEvent.Refused refused
                        && refused.sentence().equals(refusal),
                stage.ledger.events().getLast()::toString);
        assertEquals(
                1,
                stage.ledger.types(new RunId(1)).stream()
                        .filter("permit-minted"::equals)
                        .count());
        assertEquals(List.of(), stage.broken);
    }

    @Test
    void a_run_whose_plan_can_not_be_read_does_not_resume_and_says_why() {
        ThreadId thread = heldWhileItWorks();
        String held = stage.state(thread);
        stage.store.spoil(new RunId(1), RevisionNumber.FIRST);
        assertEquals(
                List.of("I can't go on: the stored r1 of this run can't be read any more."
                        + " Open a new run for what remains."),
                stage.answers(thread, "ana", "resume"));
        assertEquals(held, stage.state(thread));
        assertEquals(List.of(), stage.broken);
    }

    @Test
    void a_plan_that_can_not_be_read_any_more_right_after_a_yes_holds_the_run() {
        ThreadId thread = heldWhileItWorks();
        stage.say(thread, "ana", "resume");
        int deeds = stage.effects.deeds().size();
        stage.base.whileLooking(() -> stage.store.spoil(new RunId(1), RevisionNumber.FIRST));

        stage.say(thread, "ana", "proceed");

        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(deeds, stage.effects.deeds().size());
        assertEquals(
                "Held in EXECUTE: I could not read its earlier plans, and every receipt has to tell what they changed"
                        + " outside" + HELD,
                stage.last(thread));
    }

    @Test
    void a_run_that_a_person_held_does_not_go_on_at_plan() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        stage.say(thread, "ana", "plan");
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void a_redelivered_resume_does_not_lift_a_later_stop() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        InboundMessage resume = stage.say(thread, "ana", "resume");
        stage.say(thread, "ana", "stop");
        stage.post(resume);
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void a_stop_between_a_resume_and_its_handling_wins() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        InboundMessage resume = stage.in(thread, "ana", "resume");
        stage.inbox.accept(new InboundEvent.Posted(resume));
        stage.inbox.hear(new InboundEvent.Posted(stage.in(thread, "mei", "stop")));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void a_plan_expires_and_plan_makes_a_fresh_one() {
        ThreadId thread = stage.planned();
        stage.tick(Stage.TIME_TO_LIVE);
        assertEquals("held PLAN", stage.state(thread));
        assertEquals("r1 expired, nothing was done. `plan` makes a fresh one.", stage.last(thread));
        assertEquals(List.of("Nothing waits for a yes here now."), stage.answers(thread, "ana", "proceed"));
        stage.say(thread, "ana", "plan");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(2, stage.run(thread).newest().value());
    }

    @Test
    void a_plan_that_expired_before_a_restart_is_made_afresh_after_it() {
        ThreadId thread = stage.planned();
        stage.tick(Stage.TIME_TO_LIVE);
        stage.restart();
        stage.settle();
        stage.say(thread, "ana", "plan");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void at_the_deadline_of_a_permit_the_run_is_held() {
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> {
            stage.clock.tick(Duration.ofHours(2));
            stage.limits.look();
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.said(thread).contains("Held in EXECUTE: the time of r1 is over" + HELD), stage.last(thread));
        assertEquals(List.of("OpenWorkTree", "WriteFile", "RunCommand"), stage.effects.names());
    }

    @Test
    void what_became_of_an_effect_that_the_deadline_cut_off_is_told() {
        ThreadId thread = stage.planned();
        stage.effects.after((effect, _) -> {
            stage.clock.tick(Duration.ofHours(2));
            stage.limits.look();
            throw new IllegalStateException("Cut off. Database shop: orders committed, looked at.");
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.said(thread).contains("Held in EXECUTE: the time of r1 is over" + HELD));
        assertEquals(
                "This was under way then: Cut off. Database shop: orders committed, looked at.", stage.last(thread));
    }

    @Test
    void an_effect_that_broke_when_the_deadline_was_just_over_is_told_too() {
        ThreadId thread = stage.planned();
        stage.effects.after((effect, _) -> {
            stage.clock.tick(Duration.ofHours(2));
            throw new IllegalStateException("Cut off.");
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.said(thread).contains("This was under way then: Cut off."), stage.said(thread)::toString);
    }

    @Test
    void what_was_under_way_is_told_once_the_database_is_back() {
        ThreadId thread = stage.planned();
        stage.effects.after((effect, _) -> {
            stage.clock.tick(Duration.ofHours(2));
            stage.power.cut();
            stage.limits.look();
            throw new IllegalStateException("Cut off.");
        });
        stage.post(stage.in(thread, "ana", "yes"));
        while (stage.executor.runOne()) {
            stage.join();
        }
        stage.power.restore();
        stage.limits.look();
        stage.settle();
        assertEquals(
                "Held in EXECUTE: the time of r1 is over; this was under way: Cut off." + HELD, stage.last(thread));
    }

    @Test
    void what_a_stop_cut_off_is_told_by_its_receipt_alone() {
        ThreadId thread = stage.planned();
        stage.effects.after((effect, _) -> {
            stage.post(stage.in(thread, "mei", "stop"));
            throw new IllegalStateException("Cut off.");
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(
                stage.said(thread).stream().noneMatch(text -> text.contains("under way")),
                stage.said(thread)::toString);
    }

    @Test
    void an_error_holds_the_run_and_its_lane_goes_on() {
        ThreadId thread = stage.planned();
        stage.engineer.whileCoding(() -> {
            throw new StackOverflowError();
        });
        stage.post(stage.in(thread, "ana", "yes"));
        stage.settle();
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(
                stage.last(thread).startsWith("Held in EXECUTE: something went wrong that I did not expect (Stack"),
                stage.last(thread));
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void at_the_deadline_everything_ends_though_the_database_is_away() {
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> {
            stage.clock.tick(Duration.ofHours(2));
            stage.power.cut();
            stage.limits.look();
            assertTrue(stage.stops.isHalted(new RunId(1)));
            stage.power.restore();
        });
        stage.say(thread, "ana", "yes");
        stage.tick(Duration.ofSeconds(1));
        assertEquals("held EXECUTE", stage.state(thread));
    }

    @Test
    void the_authorizing_message_deleted_or_changed_holds_the_run() {
        for (boolean deleted : List.of(true, false)) {
            Stage other = new Stage();
            ThreadId thread = other.planned();
            InboundMessage yes = other.in(thread, "ana", "yes");
            other.effects.inCommand(() -> other.bring(
                    deleted
                            ? new InboundEvent.Deleted(yes.id(), thread, other.clock.instant())
                            : new InboundEvent.Edited(new InboundMessage(
                                    yes.id(), thread, yes.author(), "yes?", other.clock.instant(), null, Set.of()))));
            other.post(yes);
            other.settle();
            assertEquals("held EXECUTE", other.state(thread));
            assertTrue(other.said(thread)
                    .contains("Held in EXECUTE: the message that said yes was " + (deleted ? "deleted" : "changed")
                            + HELD));
            assertEquals(List.of("OpenWorkTree", "WriteFile", "RunCommand"), other.effects.names());
        }
    }

    @Test
    void a_touched_plan_message_voids_the_revision() {
        for (int part : List.of(0, 1)) {
            Stage other = new Stage();
            ThreadId thread = other.planned();
            MessageId message = other.chat.in(thread).get(part).id();
            other.bring(new InboundEvent.OwnMessageLost(message, thread, other.clock.instant()));
            other.settle();
            assertEquals("held PLAN", other.state(thread));
            assertEquals(
                    "That plan is void: a message of the plan was changed or deleted. Say `plan` for a fresh one.",
                    other.last(thread));
            other.say(thread, "ana", "proceed");
            assertEquals(List.of(), other.effects.deeds());
        }
    }

    @Test
    void a_plan_message_that_is_touched_while_its_plan_is_worked_on_holds_the_run() {
        ThreadId thread = stage.planned();
        MessageId message = stage.chat.in(thread).getFirst().id();
        stage.effects.inCommand(
                () -> stage.bring(new InboundEvent.OwnMessageLost(message, thread, stage.clock.instant())));
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.said(thread).contains("Held in EXECUTE: a message of r1 was changed or deleted" + HELD));
    }

    @Test
    void a_service_that_is_told_to_end_lets_the_step_end_and_begins_no_other() {
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> {
            assertTrue(stage.driver.isAtWork());
            stage.driver.beginNoMore();
        });
        stage.say(thread, "ana", "yes");
        assertFalse(stage.driver.isAtWork());
        assertEquals("acting EXECUTE", stage.state(thread));
        assertEquals(1, stage.run(thread).commits().size());
        stage.restart();
        assertEquals("held EXECUTE", stage.state(thread));
    }

    @Test
    void who_leaves_the_list_holds_the_run_at_the_next_step() {
        ThreadId thread = stage.planned();
        stage.effects.inCommand(() -> stage.approvers.policy(new Policy(false, Set.of(Stage.BO), false, 1)));
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(1, stage.run(thread).commits().size());
        assertEquals("Held in EXECUTE: @ana may no longer say yes here." + HELD, stage.last(thread));
    }

    @Test
    void a_base_that_moved_makes_the_plan_stale() {
        ThreadId thread = stage.planned();
        stage.base.finds(new Finding.Stale("pom.xml changed on main."));
        assertEquals(List.of("pom.xml changed on main."), stage.answers(thread, "ana", "proceed"));
        assertEquals("held PLAN", stage.state(thread));
        stage.base.finds(new Finding.Holds("main moved by 3 commits, none in this plan's files; r2 still holds."));
        stage.say(thread, "ana", "plan");
        List<String> said = stage.answers(thread, "ana", "proceed");
        assertTrue(
                said.contains("main moved by 3 commits, none in this plan's files; r2 still holds."), said.toString());
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void a_repository_that_cannot_be_read_holds_the_run() {
        stage.workspace.lose();
        ThreadId thread = stage.planned();
        assertEquals("Held in ASK: The repository of demo is gone." + HELD, stage.last(thread));
    }

    @Test
    void a_request_is_pending_only_once_every_part_stands_on_the_platform() {
        stage.chat.refuse(message -> message.key().endsWith("/1"));
        ThreadId thread = stage.planned();
        assertEquals("planning PLAN", stage.state(thread));
        assertEquals(List.of(), stage.said(thread));
        stage.say(thread, "ana", "proceed");
        assertEquals("planning PLAN", stage.state(thread));
        stage.chat.refuse(_ -> false);
        stage.tick(Duration.ofSeconds(3));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void a_plan_whose_delivery_was_taken_and_not_recorded_is_pending_a_moment_later() {
        stage.engineer.meanwhile(() -> {});
        InboundMessage message = stage.root("ana", "@saywhen a library of books");
        stage.post(message);
        while (stage.executor.runOne()) {
            stage.join();
        }
        stage.deliveries.round();
        stage.chat.refuse(sent -> {
            if (sent.purpose() == Outgoing.Purpose.PLAN) {
                stage.power.cut();
            }
            return false;
        });
        for (int i = 0; i < 3; i++) {
            try {
                stage.deliveries.round();
            } catch (RuntimeException away) {
                assertEquals("the database is away", away.getMessage());
            }
        }
        stage.power.restore();
        stage.chat.refuse(_ -> false);
        stage.tick(Duration.ofSeconds(3));
        assertEquals("awaiting-authorization PLAN", stage.state(message.thread()));
        assertEquals(2, stage.said(message.thread()).size());
    }

    @Test
    void a_restart_while_the_plan_is_posted_goes_on_posting() {
        stage.chat.refuse(message -> message.key().endsWith("/1"));
        ThreadId thread = stage.planned();
        stage.chat.refuse(_ -> false);
        stage.restart();
        stage.tick(Duration.ofSeconds(3));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void a_restart_leaves_a_pending_request_pending() {
        ThreadId thread = stage.planned();
        stage.restart();
        stage.settle();
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void a_restart_never_clears_a_halt() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        stage.restart();
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        assertTrue(stage.stops.isHalted(new RunId(1)));
        stage.say(thread, "ana", "proceed");
        assertEquals(List.of(), stage.effects.deeds());
    }

    @Test
    void a_run_that_acted_when_its_process_ended_comes_back_held() {
        ThreadId thread = crashedAt("CommitFiles", true);
        assertEquals("held EXECUTE", stage.state(thread));
        String told = stage.last(thread);
        assertTrue(told.startsWith("Held in EXECUTE: the service ended while it worked"), told);
        int deeds = stage.effects.deeds().size();
        stage.say(thread, "ana", "proceed");
        assertEquals(deeds, stage.effects.deeds().size());
    }

    @Test
    void a_step_that_was_begun_and_not_recorded_as_ended_is_reported() {
        ThreadId thread = crashedAt("RunCommand", false);
        assertEquals(
                "Held in EXECUTE: the service ended while it worked. Begun, and what came of it is not recorded: "
                        + "RunCommand mvn -o verify" + HELD,
                stage.last(thread));
    }

    @Test
    void an_authorization_without_a_begun_step_is_held_too() {
        ThreadId thread = stage.planned();
        stage.post(stage.in(thread, "ana", "yes"));
        stage.executor.runOne();
        assertEquals("acting EXECUTE", stage.state(thread));
        stage.restart();
        stage.settle();
        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(List.of(), stage.effects.deeds());
    }

    @Test
    void a_commit_that_was_made_and_not_recorded_is_kept_and_told() {
        ThreadId thread = crashedAt("CommitFiles", false);
        assertEquals(0, stage.run(thread).commits().size());
        stage.say(thread, "ana", "resume");
        assertEquals(1, stage.run(thread).commits().size());
        assertTrue(stage.last(thread).contains("Steps 1 to 1 are done and kept."), stage.last(thread));
        assertTrue(stage.last(thread).contains("was made right before I ended; it is whole and kept"));
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(3, stage.run(thread).commits().size());
    }

    @Test
    void a_stop_that_only_stood_in_the_journal_does_its_work_at_the_next_start() {
        ThreadId thread = stage.planned();
        stage.power.cut();
        stage.whilePausing(times -> {
            if (times == 2) {
                stage.power.crashAfter(0);
            }
        });
        stage.inbox.hear(new InboundEvent.Posted(stage.in(thread, "mei", "stop")));
        try {
            stage.executor.runOne();
        } catch (Power.Crash | IllegalStateException died) {
            assertTrue(stage.power.isCrashed());
        }
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(1, stage.journal.lines().size());
        stage.restart();
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        assertEquals(List.of(), stage.journal.lines());
    }

    @Test
    void a_torn_line_of_the_journal_holds_everything() {
        ThreadId thread = stage.planned();
        stage.journal.write("7 ");
        stage.restart();
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void a_stop_that_was_kept_and_not_followed_does_its_work_at_the_next_start() {
        ThreadId thread = stage.planned();
        stage.post(stage.in(thread, "mei", "stop"));
        stage.restart();
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void what_was_a_stop_because_the_run_acted_is_one_after_a_restart_too() {
        ThreadId thread = stage.planned();
        stage.post(stage.in(thread, "ana", "yes"));
        stage.executor.runOne();
        stage.post(stage.in(thread, "ana", "cancel"));
        stage.restart();
        stage.settle();
        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(List.of(), stage.store.unhandled());
    }

    @Test
    void epochs_go_on_rising_after_a_restart() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "stop");
        long before = stage.stopLog.newestEpoch();
        stage.restart();
        stage.settle();
        stage.say(thread, "ana", "stop");
        assertTrue(stage.stopLog.newestEpoch() > before);
    }

    @Test
    void a_frozen_command_begins_again_from_the_last_commit() {
        ThreadId thread = stage.planned();
        stage.effects.results(FakeEffects.ending(CommandResult.Ending.LEASE_LOST));
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertTrue(stage.said(thread)
                .contains("I was frozen while a command ran, so it was ended. "
                        + "Going on with the same step from its last commit."));
    }

    @Test
    void a_step_that_may_have_changed_something_outside_is_not_begun_again_by_itself() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = stage.planned();
        stage.effects.results(FakeEffects.ending(CommandResult.Ending.LEASE_LOST));
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(
                stage.said(thread).stream()
                        .anyMatch(text -> text.startsWith(
                                "Held in EXECUTE: I was frozen while a command ran. The step may have changed something"
                                        + " at a server outside, so I don't begin it again by myself.\n")),
                stage.said(thread)::toString);
    }

    @Test
    void an_outcome_that_nobody_knows_holds_the_run() {
        ThreadId thread = stage.planned();
        stage.engineer.whileCoding(() -> {
            throw new OutcomeUnknown("I called close_issue of tracker and don't know what came of it.");
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(
                stage.said(thread).stream()
                        .anyMatch(text -> text.startsWith(
                                "Held in EXECUTE: I called close_issue of tracker and don't know what came of it.\n")),
                stage.said(thread)::toString);
    }

    @Test
    void an_outcome_that_nobody_knows_is_said_also_where_something_else_held_the_run_meanwhile() {
        ThreadId thread = stage.planned();
        stage.engineer.whileCoding(() -> {
            stage.clock.tick(Duration.ofHours(2));
            stage.limits.look();
            throw new OutcomeUnknown("I called close_issue of tracker and don't know what came of it.");
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));
        assertTrue(stage.said(thread).contains("Held in EXECUTE: the time of r1 is over" + HELD));
        assertTrue(
                stage.said(thread).contains("I called close_issue of tracker and don't know what came of it."),
                stage.said(thread)::toString);
    }

    @Test
    void a_push_that_was_not_answered_is_told_and_gone_on_from() {
        ThreadId thread = stage.planned();
        stage.effects.after((name, _) -> {
            if (name.equals("PublishBranch")) {
                stage.effects.after((_, _) -> {});
                stage.inbox.accept(new InboundEvent.Posted(stage.in(thread, "mei", "stop")));
                throw new IllegalStateException("git push was stopped; outcome unknown");
            }
        });

        stage.say(thread, "ana", "yes");

        assertEquals("held EXECUTE", stage.state(thread));
        String told = "into the project's repository and don't know whether it arrived (git push was stopped; outcome"
                + " unknown). `resume` looks there and goes on from where it stands.";
        assertTrue(
                stage.said(thread).stream()
                        .anyMatch(text -> text.startsWith("I was bringing saywhen/run-1 at ") && text.endsWith(told)),
                stage.said(thread)::toString);

        stage.say(thread, "ana", "resume");
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void a_run_whose_last_push_never_arrived_brings_its_branch_there_after_all() {
        stage.engineer.shape(GoingOnTest::withoutDocuments);
        ThreadId thread = stage.planned();
        AtomicInteger pushes = new AtomicInteger();
        stage.effects.before((name, _) -> {
            if (name.equals("PublishBranch") && pushes.incrementAndGet() == 2) {
                throw new IllegalStateException("git push was stopped; outcome unknown");
            }
        });
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread));

        stage.say(thread, "ana", "resume");
        stage.say(thread, "ana", "proceed");

        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(
                stage.run(thread).head(),
                stage.workspace.published(new RunId(1)).orElseThrow());
    }

    private static Outline withoutDocuments(Outline outline) {
        return new Outline(
                outline.title(),
                outline.summary(),
                outline.parts(),
                outline.steps(),
                outline.verify(),
                List.of(),
                outline.scopes(),
                outline.budget(),
                outline.notTouched(),
                outline.risks(),
                outline.wayBack(),
                outline.request());
    }

    @Test
    void an_outcome_that_nobody_knew_when_the_service_ended_is_told_after_it() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = stage.planned();
        stage.effects.after((name, _) -> {
            if (name.equals("CallTool")) {
                stage.power.crashAfter(1);
                throw new IllegalStateException("The server tracker broke off; outcome unknown");
            }
        });
        stage.post(stage.in(thread, "ana", "yes"));
        assertThrows(Power.Crash.class, stage::settle);
        stage.restart();
        stage.settle();
        assertTrue(
                stage.last(thread)
                        .startsWith("Held in EXECUTE: the service ended while it worked. Begun, and what came of it is"
                                + " not recorded: CallTool close_issue of tracker"),
                stage.last(thread));
    }

    @Test
    void a_call_outside_that_was_under_way_when_the_service_ended_is_told_and_not_made_again() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = crashedAt("CallTool", false);
        assertEquals("held EXECUTE", stage.state(thread));
        String told = stage.last(thread);
        assertTrue(
                told.startsWith(
                        "Held in EXECUTE: the service ended while it worked. Begun, and what came of it is not recorded: "
                                + "CallTool close_issue of tracker at https://tracker.example.org/mcp, arguments "),
                told);
        assertEquals(
                1, stage.effects.names().stream().filter("CallTool"::equals).count());
    }

    private void assertSaid(ThreadId thread, String part) {
        assertTrue(stage.last(thread).contains(part), stage.last(thread));
    }

    @Test
    void one_yes_covers_the_calls_that_its_plan_says_and_no_more() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        assertTrue(
                stage.last(thread)
                        .startsWith(
                                "Held in EXECUTE: The yes to r1 covers 1 call of close_issue of tracker, and no more"
                                        + " are left. Another one needs a plan that names it.\n"),
                stage.last(thread));
        assertEquals(
                1, stage.effects.names().stream().filter("CallTool"::equals).count());
        stage.say(thread, "ana", "resume");
        stage.say(thread, "ana", "proceed r2");
        assertEquals("completed DOCUMENT", stage.state(thread), "a plan that names it again, and a yes to that");
    }

    @Test
    void what_was_changed_outside_is_said_to_stay_when_a_run_is_taken_back() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE.calledAtMost(2));
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertSaid(
                thread,
                "`undo` takes it back. What was changed at servers outside stays: 2 calls of close_issue"
                        + " of tracker.");
        stage.workspace.clearWayBack();
        stage.say(thread, "ana", "undo");
        assertSaid(thread, "Risk: stays: what was changed at a server outside, by 2 calls of close_issue of tracker");
    }

    @Test
    void what_an_earlier_plan_changed_outside_is_said_in_the_next_ones_at_the_end_and_when_it_is_taken_back() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        assertEquals("held EXECUTE", stage.state(thread), "the second call is one too many");
        stage.restart();
        stage.settle();
        stage.engineer.calls();
        stage.say(thread, "ana", "resume");
        assertTrue(
                stage.said(thread).stream()
                        .anyMatch(text -> text.contains(
                                "done at a server outside before, and it stays: 1 call of close_issue of tracker")),
                stage.said(thread)::toString);
        stage.say(thread, "ana", "proceed r2");
        assertSaid(
                thread,
                "`undo` takes it back. What was changed at servers outside stays: 1 call of close_issue"
                        + " of tracker.");
        stage.workspace.clearWayBack();
        stage.say(thread, "ana", "undo");
        assertSaid(thread, "Risk: stays: what was changed at a server outside, by 1 call of close_issue of tracker");
    }

    @Test
    void where_nothing_was_committed_it_is_said_what_was_changed_outside_all_the_same() {
        stage.engineer.calls(PlanSample.CHANGES_OUTSIDE);
        ThreadId thread = crashedAt("CallTool", false);
        stage.engineer.calls();
        stage.say(thread, "ana", "resume");
        stage.say(thread, "ana", "undo");
        assertTrue(
                stage.last(thread)
                        .startsWith(
                                "Nothing of this run was committed, so there is nothing to take back. What was changed"
                                        + " at servers outside stays: 1 call of close_issue of tracker, outcome unknown."),
                stage.last(thread));
    }

    @Test
    void where_a_limit_leaves_no_room_to_plan_the_same_plan_asks_for_a_raise() {
        ThreadId thread = stage.planned();
        stage.say(thread, "mei", "stop");
        stage.engineer.meanwhile(() -> {
            throw new CannotThink("The limit is reached.", List.of(RAISE));
        });
        stage.say(thread, "ana", "resume");

        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        String raised =
                "raised for this run only: all runs of the project within 24 hours may use 200 model tokens, not"
                        + " 100 model tokens";
        String head = stage.last(thread);
        assertTrue(head.contains("\nAsks for more: " + raised + ".\n"), head);
        assertTrue(head.contains("New since r1: " + raised + "; all else as in r1."), head);
        PlanRevision plan =
                stage.store.plan(new RunId(1), new RevisionNumber(2)).orElseThrow();
        assertEquals(List.of(RAISE), plan.raises());
        assertTrue(PlanText.canonical(plan).contains("\n- " + raised + "\n"), "part of the digest");
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void a_plan_is_not_asked_for_again_on_a_commit_that_nobody_thought_it_for() {
        ThreadId thread = stage.planned();
        stage.say(thread, "mei", "stop");
        stage.workspace.moveBase();
        stage.engineer.meanwhile(() -> {
            throw new CannotThink("The limit is reached.", List.of(RAISE));
        });
        stage.say(thread, "ana", "resume");

        assertEquals("held PLAN", stage.state(thread));
        assertEquals("Held in PLAN: The limit is reached." + HELD, stage.last(thread));
        assertTrue(stage.store.plan(new RunId(1), new RevisionNumber(2)).isEmpty());

        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        PlanRevision anew =
                stage.store.plan(new RunId(1), new RevisionNumber(2)).orElseThrow();
        assertEquals(stage.workspace.base(PlanSample.PROJECT), anew.base(), "thought through where the branch is now");
    }

    @Test
    void a_plan_with_change_sets_is_not_asked_for_again_without_rehearsing_them() {
        Step.Migrate work = new Step.Migrate("db/shelf.sql", "", List.of(PlanSample.CHANGE_SET), PlanSample.PROOF);
        stage.engineer.drafts(
                new Drafted.Proposed(PlanSample.database(new RunId(1), 1, work).outline()));
        ThreadId thread = stage.planned();
        stage.say(thread, "mei", "stop");
        stage.engineer.meanwhile(() -> {
            throw new CannotThink("The limit is reached.", List.of(RAISE));
        });
        stage.say(thread, "ana", "resume");

        assertEquals("held PLAN", stage.state(thread));
        assertEquals("Held in PLAN: The limit is reached." + HELD, stage.last(thread));
        assertTrue(stage.store.plan(new RunId(1), new RevisionNumber(2)).isEmpty());
    }

    @Test
    void where_nothing_was_planned_or_more_was_said_since_there_is_nothing_to_ask_for_again() {
        stage.engineer.meanwhile(() -> stage.engineer.meanwhile(() -> {
            throw new CannotThink("The limit is reached.", List.of(RAISE));
        }));
        ThreadId thread = stage.planned();
        assertEquals("held PLAN", stage.state(thread));
        assertTrue(stage.last(thread).startsWith("Held in PLAN: The limit is reached.\n"), stage.last(thread));

        stage.say(thread, "ana", "resume");
        stage.engineer.meanwhile(() -> {
            throw new CannotThink("The limit is reached.", List.of(RAISE));
        });
        stage.say(thread, "ana", "change books have a shelf");
        assertTrue(stage.last(thread).startsWith("Held in PLAN: The limit is reached.\n"), stage.last(thread));
    }

    @Test
    void nothing_happens_twice_at_a_restart_after_the_end() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        int said = stage.said(thread).size();
        int deeds = stage.effects.deeds().size();
        stage.restart();
        stage.settle();
        assertEquals(said, stage.said(thread).size());
        assertEquals(deeds, stage.effects.deeds().size());
        assertFalse(stage.live.in(thread).isPresent());
    }

    /** The service dies when this effect was let through and is done, or when its end is recorded too. */
    private ThreadId crashedAt(String effect, boolean recorded) {
        ThreadId thread = stage.planned();
        stage.effects.after((name, _) -> {
            if (name.equals(effect)) {
                stage.power.crashAfter(recorded ? 2 : 0);
                stage.effects.after((_, _) -> {});
            }
        });
        stage.post(stage.in(thread, "ana", "yes"));
        try {
            stage.settle();
            throw new AssertionError("it lives");
        } catch (Power.Crash died) {
            stage.restart();
        }
        stage.settle();
        return thread;
    }
}
