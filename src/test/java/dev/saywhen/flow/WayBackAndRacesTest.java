package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.Approvers.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What meets in an unlucky moment: a yes and its deletion, a STOP and a commit, a way back and what is half done. */
class WayBackAndRacesTest {
    private final Stage stage = new Stage();
    private final ThreadId thread = stage.planned();

    @Test
    void a_yes_that_is_deleted_or_changed_while_it_is_checked_does_not_go_on() {
        for (boolean deleted : List.of(true, false)) {
            Stage other = new Stage();
            ThreadId there = other.planned();
            InboundMessage yes = other.in(there, "ana", "proceed");
            other.post(yes);
            other.bring(
                    deleted
                            ? new InboundEvent.Deleted(yes.id(), there, other.clock.instant())
                            : new InboundEvent.Edited(new InboundMessage(
                                    yes.id(), there, yes.author(), "no wait", other.clock.instant(), null, Set.of())));
            other.settle();
            assertEquals("held EXECUTE", other.state(there));
        }
    }

    @Test
    void words_that_become_a_stop_between_hearing_and_taking_in_are_carried_out() {
        stage.post(stage.in(thread, "ana", "proceed"));
        InboundMessage hold = stage.in(thread, "mei", "hold on");
        AtomicInteger commands = new AtomicInteger();
        assertFalse(stage.inbox.hear(new InboundEvent.Posted(hold)));
        stage.effects.before((name, run) -> {
            if (name.equals("RunCommand") && commands.getAndIncrement() == 0) {
                stage.inbox.accept(new InboundEvent.Posted(hold));
            }
        });
        stage.settle();
        assertEquals("held EXECUTE", stage.state(thread));
        assertEquals(List.of(), stage.store.unhandled());
    }

    @Test
    void a_second_stop_names_what_the_first_could_not_end() {
        stage.effects.survivors("mvn, pid 4471");
        stage.effects.whileCommandRuns(() -> stage.elsewhere(() -> stage.post(stage.in(thread, "mei", "stop"))));
        stage.whilePausing(pause -> {
            if (pause == 2) {
                Receipt receipt = stage.inbox.stop("ops", null, "the console");
                assertFalse(receipt.confirmed());
                assertEquals(List.of("mvn, pid 4471"), receipt.survivors());
                assertTrue(receipt.text().startsWith("UNCONFIRMED: may still be alive: mvn, pid 4471."));
            }
            if (pause == 3) {
                stage.effects.survivors();
            }
        });
        stage.say(thread, "ana", "proceed");
        assertTrue(stage.said(thread).stream().anyMatch(text -> text.startsWith("CONFIRMED now.")));
    }

    @Test
    void whoever_watches_over_deadlines_never_waits_for_the_database() {
        stage.say(thread, "ana", "cancel");
        stage.say(thread, "mei", "stop");
        stage.say(thread, "mei", "stop");
        stage.say(thread, "mei", "stop");
        stage.power.cut();
        stage.clock.tick(Duration.ofSeconds(11));
        stage.whilePausing(_ -> stage.power.restore());
        stage.following = stage.executor;
        stage.desk.unfold();
        assertEquals(0, stage.pauses());
        stage.settle();
        assertEquals(1, stage.pauses());
    }

    @Test
    void a_commit_that_a_stop_kept_out_of_the_records_is_the_first_to_be_taken_back() {
        stage.workspace.clearWayBack();
        stopAt("PublishBranch", 2, true);
        assertEquals(1, stage.run(thread).commits().size());

        stage.say(thread, "ana", "undo");
        assertEquals(2, stage.run(thread).commits().size());
        assertEquals(
                stage.run(thread).commits().reversed(), stage.run(thread).undo().commits());
        assertEquals(0, stage.run(thread).undo().done());
    }

    @Test
    void a_way_back_that_cannot_be_had_leaves_the_run_as_it_was() {
        stopAt("PublishBranch", 1, false);
        stage.say(thread, "ana", "undo");
        assertEquals("held PLAN", stage.state(thread));
        assertTrue(stage.last(thread).startsWith("I can't take this back. "));

        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(null, stage.run(thread).undo());
    }

    @Test
    void the_deadline_of_a_dead_permit_holds_nothing() {
        stopAt("PublishBranch", 1, false);
        stage.say(thread, "ana", "resume");
        stage.tick(Duration.ofHours(2));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void whoever_says_undo_asks_for_it() {
        stage.workspace.clearWayBack();
        stage.say(thread, "ana", "proceed");
        stage.say(thread, "bo", "undo");
        assertEquals(List.of(Stage.BO), stage.run(thread).changers());
    }

    @Test
    void who_may_undo_only_may_object_to_a_way_back_and_is_told_so() {
        Stage other = new Stage();
        ActorId cy = new ActorId(Stage.TEAM, "cy");
        other.approvers.policy(new Policy(false, Set.of(Stage.ANA), Set.of(cy), false, 1));
        other.workspace.clearWayBack();
        ThreadId there = other.planned();
        assertEquals(List.of("You are " + cy + ". You may not say yes here."), other.answers(there, "cy", "whoami"));
        other.say(there, "ana", "proceed");
        other.say(there, "ana", "undo");
        assertEquals("awaiting-authorization PLAN", other.state(there));
        assertEquals(List.of("You are " + cy + ". You may say yes here."), other.answers(there, "cy", "whoami"));
        other.say(there, "cy", "no");
        other.say(there, "ana", "proceed r2");
        assertEquals("awaiting-authorization PLAN", other.state(there));
    }

    /** A run that is stopped right before or after its n-th effect of a kind. */
    private void stopAt(String effect, int number, boolean before) {
        AtomicInteger seen = new AtomicInteger();
        BiConsumer<String, RunId> stop = (name, _) -> {
            if (name.equals(effect) && seen.incrementAndGet() == number) {
                stage.inbox.hear(new InboundEvent.Posted(stage.in(thread, "mei", "stop")));
            }
        };
        if (before) {
            stage.effects.before(stop);
        } else {
            stage.effects.after(stop);
        }
        stage.say(thread, "ana", "proceed");
        stage.effects.before((_, _) -> {});
        stage.effects.after((_, _) -> {});
        assertEquals("held EXECUTE", stage.state(thread));
    }
}
