package dev.saywhen.run;

import dev.saywhen.run.RunEvent.AmendmentNeeded;
import dev.saywhen.run.RunEvent.Answered;
import dev.saywhen.run.RunEvent.Approved;
import dev.saywhen.run.RunEvent.Authorized;
import dev.saywhen.run.RunEvent.BriefComplete;
import dev.saywhen.run.RunEvent.CancelRequested;
import dev.saywhen.run.RunEvent.ChangeRequested;
import dev.saywhen.run.RunEvent.GaveUp;
import dev.saywhen.run.RunEvent.HeldUp;
import dev.saywhen.run.RunEvent.Objected;
import dev.saywhen.run.RunEvent.PhaseDone;
import dev.saywhen.run.RunEvent.PlanDrafted;
import dev.saywhen.run.RunEvent.PlanPosted;
import dev.saywhen.run.RunEvent.PlanVoided;
import dev.saywhen.run.RunEvent.QuestionsAsked;
import dev.saywhen.run.RunEvent.Resumed;
import dev.saywhen.run.RunEvent.Spoke;
import dev.saywhen.run.RunEvent.UndoRequested;
import dev.saywhen.run.RunEvent.Withdrew;
import dev.saywhen.run.RunState.Acting;
import dev.saywhen.run.RunState.Asking;
import dev.saywhen.run.RunState.AwaitingAuthorization;
import dev.saywhen.run.RunState.Cancelled;
import dev.saywhen.run.RunState.Completed;
import dev.saywhen.run.RunState.Failed;
import dev.saywhen.run.RunState.Held;
import dev.saywhen.run.RunState.Planning;
import dev.saywhen.run.RunState.Posting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one transition function. Pure: the same state and event give the same answer everywhere.
 *
 * <p>An event that means nothing in a state gives nothing ({@code .}); it is never an error, since events race with each
 * other and with STOP. {@code next} is the next phase, after DOCUMENT Completed; {@code back} is Asking if the run was in
 * ASK and Planning otherwise. What is said about another revision than the state's means nothing.
 *
 * <pre>{@code
 * event           | Asking    Planning  Posting   Awaiting  Acting    Held      Completed Failed    Cancelled
 * ----------------+--------------------------------------------------------------------------------------------
 * QuestionsAsked  | Asking    Asking    .         .         .         .         .         .         .
 * Answered        | Asking    .         .         .         .         .         .         .         .
 * BriefComplete   | Planning  .         .         .         .         .         .         .         .
 * PlanDrafted     | .         Posting   .         .         .         .         .         .         .
 * PlanPosted      | .         .         Awaiting  .         .         .         .         .         .
 * ChangeRequested | .         Planning  Planning  Planning  .         .         .         .         .
 * Spoke           | .         .         .         Awaiting  .         .         .         .         .
 * Objected        | .         .         .         Awaiting  .         .         .         .         .
 * Withdrew        | .         .         .         Awaiting  .         .         .         .         .
 * Approved        | .         .         .         Awaiting  .         .         .         .         .
 * Authorized      | .         .         .         Acting    .         .         .         .         .
 * PhaseDone       | .         .         .         .         next      .         .         .         .
 * AmendmentNeeded | .         .         .         .         Planning  .         .         .         .
 * HeldUp          | Held      Held      Held      Held      Held      .         .         .         .
 * PlanVoided      | .         .         Held      Held      .         .         .         .         .
 * Resumed         | .         .         .         .         .         back      .         .         back
 * UndoRequested   | .         .         .         Planning  .         Planning  Planning  Planning  Planning
 * CancelRequested | Cancelled Cancelled Cancelled Cancelled Cancelled Cancelled .         .         .
 * GaveUp          | Failed    Failed    .         .         .         .         .         .         .
 * }</pre>
 */
public final class RunMachine {
    private RunMachine() {}

    /** The state after an event; empty if the event means nothing in this state. */
    public static Optional<RunState> next(RunState state, RunEvent event) {
        return Optional.ofNullable(
                switch (state) {
                    case Asking asking -> asking(asking, event);
                    case Planning _ -> planning(event);
                    case Posting posting -> posting(posting, event);
                    case AwaitingAuthorization awaiting -> awaiting(awaiting, event);
                    case Acting acting -> acting(acting, event);
                    case Held held -> held(held, event);
                    case Completed _, Failed _ -> event instanceof UndoRequested ? new Planning() : null;
                    case Cancelled cancelled -> cancelled(cancelled, event);
                });
    }

    private static @Nullable RunState asking(Asking state, RunEvent event) {
        return switch (event) {
            case QuestionsAsked _ -> new Asking(state.rounds() + 1, true);
            case Answered _ -> new Asking(state.rounds(), false);
            case BriefComplete _ -> new Planning();
            case GaveUp gaveUp -> new Failed(Phase.ASK, gaveUp.why());
            case HeldUp up -> new Held(Phase.ASK, up.hold());
            case CancelRequested cancel -> new Cancelled(Phase.ASK, cancel.at());
            case PlanDrafted _,
                    PlanPosted _,
                    ChangeRequested _,
                    Spoke _,
                    Objected _,
                    Withdrew _,
                    Approved _,
                    Authorized _,
                    PhaseDone _,
                    AmendmentNeeded _,
                    PlanVoided _,
                    Resumed _,
                    UndoRequested _ -> null;
        };
    }

    private static @Nullable RunState planning(RunEvent event) {
        return switch (event) {
            case PlanDrafted drafted -> new Posting(drafted.revision());
            case QuestionsAsked _ -> new Asking(1, true);
            case ChangeRequested _ -> new Planning();
            case GaveUp gaveUp -> new Failed(Phase.PLAN, gaveUp.why());
            case HeldUp up -> new Held(Phase.PLAN, up.hold());
            case CancelRequested cancel -> new Cancelled(Phase.PLAN, cancel.at());
            case Answered _,
                    BriefComplete _,
                    PlanPosted _,
                    Spoke _,
                    Objected _,
                    Withdrew _,
                    Approved _,
                    Authorized _,
                    PhaseDone _,
                    AmendmentNeeded _,
                    PlanVoided _,
                    Resumed _,
                    UndoRequested _ -> null;
        };
    }

    private static @Nullable RunState posting(Posting state, RunEvent event) {
        return switch (event) {
            case PlanPosted posted ->
                posted.revision().equals(state.revision())
                        ? new AwaitingAuthorization(state.revision(), posted.pending())
                        : null;
            case ChangeRequested _ -> new Planning();
            case HeldUp up -> new Held(Phase.PLAN, up.hold());
            case PlanVoided voided -> new Held(Phase.PLAN, voided.hold());
            case CancelRequested cancel -> new Cancelled(Phase.PLAN, cancel.at());
            case QuestionsAsked _,
                    Answered _,
                    BriefComplete _,
                    PlanDrafted _,
                    Spoke _,
                    Objected _,
                    Withdrew _,
                    Approved _,
                    Authorized _,
                    PhaseDone _,
                    AmendmentNeeded _,
                    Resumed _,
                    GaveUp _,
                    UndoRequested _ -> null;
        };
    }

    private static @Nullable RunState awaiting(AwaitingAuthorization state, RunEvent event) {
        Pending pending = state.pending();
        return switch (event) {
            case Authorized yes ->
                yes.revision().equals(state.revision()) ? new Acting(Phase.EXECUTE, state.revision(), yes.yes()) : null;
            case Approved yes ->
                yes.revision().equals(state.revision()) ? waiting(state, pending.approvedBy(yes.approvers())) : null;
            case Spoke spoke -> waiting(state, pending.spokenIn(spoke.speaker()));
            case Objected objected -> waiting(state, pending.objectedBy(objected.approver()));
            case Withdrew withdrew -> waiting(state, pending.withdrawnBy(withdrew.approver()));
            case ChangeRequested _, UndoRequested _ -> new Planning();
            case PlanVoided voided -> new Held(Phase.PLAN, voided.hold());
            case HeldUp up -> new Held(Phase.PLAN, up.hold());
            case CancelRequested cancel -> new Cancelled(Phase.PLAN, cancel.at());
            case QuestionsAsked _,
                    Answered _,
                    BriefComplete _,
                    PlanDrafted _,
                    PlanPosted _,
                    PhaseDone _,
                    AmendmentNeeded _,
                    Resumed _,
                    GaveUp _ -> null;
        };
    }

    private static @Nullable RunState acting(Acting state, RunEvent event) {
        return switch (event) {
            case PhaseDone done -> done.phase() == state.phase() ? afterPhase(state) : null;
            case AmendmentNeeded _ -> new Planning();
            case HeldUp up -> new Held(state.phase(), up.hold());
            case CancelRequested cancel -> new Cancelled(state.phase(), cancel.at());
            case QuestionsAsked _,
                    Answered _,
                    BriefComplete _,
                    PlanDrafted _,
                    PlanPosted _,
                    ChangeRequested _,
                    Spoke _,
                    Objected _,
                    Withdrew _,
                    Approved _,
                    Authorized _,
                    PlanVoided _,
                    Resumed _,
                    GaveUp _,
                    UndoRequested _ -> null;
        };
    }

    private static @Nullable RunState held(Held state, RunEvent event) {
        return switch (event) {
            case Resumed _ -> goneBack(state.phase());
            case UndoRequested _ -> new Planning();
            case CancelRequested cancel -> new Cancelled(state.phase(), cancel.at());
            case QuestionsAsked _,
                    Answered _,
                    BriefComplete _,
                    PlanDrafted _,
                    PlanPosted _,
                    ChangeRequested _,
                    Spoke _,
                    Objected _,
                    Withdrew _,
                    Approved _,
                    Authorized _,
                    PhaseDone _,
                    AmendmentNeeded _,
                    HeldUp _,
                    PlanVoided _,
                    GaveUp _ -> null;
        };
    }

    private static @Nullable RunState cancelled(Cancelled state, RunEvent event) {
        if (event instanceof UndoRequested) {
            return new Planning();
        }
        return event instanceof Resumed ? goneBack(state.phase()) : null;
    }

    private static RunState goneBack(Phase phase) {
        return phase == Phase.ASK ? new Asking(0, false) : new Planning();
    }

    private static RunState afterPhase(Acting state) {
        return state.phase() == Phase.DOCUMENT
                ? new Completed()
                : new Acting(state.phase().next(), state.revision(), state.yes());
    }

    private static RunState waiting(AwaitingAuthorization state, Pending pending) {
        return new AwaitingAuthorization(state.revision(), pending);
    }
}
