package dev.saywhen.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanSample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");
    private static final ActorId TIM = ActorId.parse("slack:T1:tim");
    private static final ActorId ANA = ActorId.parse("slack:T1:ana");
    private static final ThreadId THREAD = ThreadId.parse("slack:T1:general:1");
    private static final MessageId SECOND = MessageId.parse("slack:T1:general:2");

    private final Run run = Run.opened(
                    new RunId(7), PlanSample.PROJECT, THREAD, TIM, Brief.of("books"), THREAD.root(), AT)
            .versioned(3);

    @Test
    void each_change_changes_one_thing() {
        CommitId commit = new CommitId("a".repeat(40));
        Run changed = run.saying(run.brief().with("loans"), SECOND)
                .changedBy(ANA)
                .at(new RevisionNumber(2))
                .stepDone()
                .committed(commit)
                .reported("# Report")
                .in(new RunState.Planning())
                .versioned(4);

        assertEquals(
                new Run(
                        run.id(),
                        run.project(),
                        run.thread(),
                        TIM,
                        AT,
                        new Run.Talk(
                                new Brief("books", List.of("loans"), false),
                                List.of(ANA),
                                List.of(THREAD.root(), SECOND)),
                        new Run.Work(new RevisionNumber(2), 1, List.of(commit), "# Report", null),
                        new RunState.Planning(),
                        4),
                changed);
        assertEquals(commit, changed.head());
    }

    @Test
    void what_is_taken_back_is_every_commit_the_newest_first_and_its_steps_are_counted_apart() {
        CommitId first = new CommitId("a".repeat(40));
        CommitId second = new CommitId("b".repeat(40));
        Run built = run.committed(first).stepDone().committed(second).stepDone();

        Run begun = built.undoing();
        assertEquals(new Undo(List.of(second, first), 0), begun.undo());
        assertEquals(0, begun.stepsDone());

        CommitId back = new CommitId("c".repeat(40));
        Run halfway = begun.committed(back).stepDone();
        assertEquals(1, halfway.stepsDone());
        assertEquals(2, halfway.work().built());
        assertEquals(halfway, halfway.undoing());
        assertFalse(halfway.undo().isDone());
        assertTrue(halfway.stepDone().undo().isDone());
        assertThrows(IllegalArgumentException.class, () -> halfway.stepDone().stepDone());
    }

    @Test
    void whoever_asks_for_a_change_twice_is_named_once() {
        assertEquals(List.of(ANA), run.changedBy(ANA).changedBy(ANA).changers());
    }

    @Test
    void revisions_are_counted_from_the_newest() {
        assertEquals(RevisionNumber.FIRST, run.nextRevision());
        assertEquals(new RevisionNumber(3), run.at(new RevisionNumber(2)).nextRevision());
        assertNull(run.head());
    }

    @Test
    void an_event_keeps_the_version_and_means_nothing_where_the_machine_says_so() {
        assertEquals(Optional.of(run.in(new RunState.Planning())), run.after(new RunEvent.BriefComplete()));
        assertEquals(Optional.empty(), run.after(new RunEvent.Resumed()));
    }

    @Test
    void only_the_last_four_phases_act() {
        assertEquals(
                List.of(Phase.EXECUTE, Phase.DEBUG, Phase.REVIEW, Phase.DOCUMENT),
                List.of(Phase.values()).stream().filter(Phase::acts).toList());
        assertThrows(IllegalStateException.class, Phase.DOCUMENT::next);
        assertThrows(
                IllegalArgumentException.class,
                () -> new RunState.Acting(
                        Phase.PLAN, RevisionNumber.FIRST, new RunState.Yes(ANA, SECOND, "yes", AT, List.of(ANA))));
    }

    @Test
    void a_run_has_ended_when_nothing_happens_by_itself_any_more() {
        assertTrue(new RunState.Completed().hasEnded());
        assertTrue(new RunState.Failed(Phase.ASK, "no").hasEnded());
        assertTrue(new RunState.Cancelled(Phase.ASK, AT).hasEnded());
        assertFalse(new RunState.Held(Phase.ASK, new RunState.Hold("mei", AT, "stop")).hasEnded());
        assertFalse(new RunState.Posting(RevisionNumber.FIRST).hasEnded());
    }

    @Test
    void states_have_these_names_outside() {
        assertEquals("asking", new RunState.Asking(0, false).name());
        assertEquals("planning", new RunState.Planning().name());
        assertEquals("planning", new RunState.Posting(RevisionNumber.FIRST).name());
        assertEquals("completed", new RunState.Completed().name());
        assertEquals("failed", new RunState.Failed(Phase.ASK, "no").name());
        assertEquals("cancelled", new RunState.Cancelled(Phase.ASK, AT).name());
    }
}
