package dev.saywhen.run;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.run.RunState.Hold;
import java.time.Instant;
import java.util.List;

/** What can happen to a run. */
public sealed interface RunEvent {
    /** The engineer asked questions. */
    record QuestionsAsked() implements RunEvent {}

    /** A person answered, or told the engineer something while it asks. */
    record Answered() implements RunEvent {}

    /** Enough is known, or a person said {@code plan}. */
    record BriefComplete() implements RunEvent {}

    /** The engineer made a revision; its messages are on their way. */
    record PlanDrafted(RevisionNumber revision) implements RunEvent {}

    /** The platform confirmed every message of the revision. */
    record PlanPosted(RevisionNumber revision, Pending pending) implements RunEvent {}

    /** A person asked for a change. */
    record ChangeRequested() implements RunEvent {}

    /** A person wrote in the thread while the plan waits. */
    record Spoke(ActorId speaker) implements RunEvent {}

    /** An approver said no, or not yet. */
    record Objected(ActorId approver) implements RunEvent {}

    /** An approver took an objection back. */
    record Withdrew(ActorId approver) implements RunEvent {}

    /** One of several people whose yes is needed said it. */
    record Approved(RevisionNumber revision, List<ActorId> approvers) implements RunEvent {}

    /** The gate granted the revision. */
    record Authorized(RevisionNumber revision, RunState.Yes yes) implements RunEvent {}

    /** The acting phase is done. */
    record PhaseDone(Phase phase) implements RunEvent {}

    /** The work needs something that the plan does not name. */
    record AmendmentNeeded() implements RunEvent {}

    /** A STOP, a fault or a limit. */
    record HeldUp(Hold hold) implements RunEvent {}

    /** The waiting plan no longer counts: expired, deleted, or what it was made against moved. */
    record PlanVoided(Hold hold) implements RunEvent {}

    /** A person said {@code resume}. */
    record Resumed() implements RunEvent {}

    /** A person said {@code undo}. */
    record UndoRequested() implements RunEvent {}

    /** A person said {@code cancel}. */
    record CancelRequested(Instant at) implements RunEvent {}

    /** It cannot be done. */
    record GaveUp(String why) implements RunEvent {}
}
