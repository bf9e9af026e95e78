package dev.saywhen.phase;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Engineer.Drafted;
import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.engineer.Sandbox;
import dev.saywhen.engineer.Unwinding;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.run.Undo;
import dev.saywhen.safety.Approvers;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** PLAN: makes a revision and puts it into the thread, the exact request last. Reads only. */
public final class PlanPhase {
    private final Engineer engineer;
    private final Workspace workspace;
    private final Rehearsal rehearsal;
    private final Sandbox sandbox;
    private final Approvers approvers;
    private final Function<ProjectName, Budget> budgets;
    private final AuditTrail trail;
    private final Duration timeToLive;
    private final InstantSource clock;

    public PlanPhase(
            Engineer engineer,
            Workspace workspace,
            Rehearsal rehearsal,
            Sandbox sandbox,
            Approvers approvers,
            Function<ProjectName, Budget> budgets,
            AuditTrail trail,
            Duration timeToLive,
            InstantSource clock) {
        this.engineer = engineer;
        this.workspace = workspace;
        this.rehearsal = rehearsal;
        this.sandbox = sandbox;
        this.approvers = approvers;
        this.budgets = budgets;
        this.trail = trail;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /**
     * Makes the next revision.
     *
     * @param before the newest one there is, whatever became of it
     * @param outside what the run told servers outside to change, under any of its plans
     */
    public PhaseResult handle(Run run, @Nullable PlanRevision before, List<String> outside, StopSwitch.Epoch began) {
        Optional<CommitId> stray = before == null
                ? Optional.empty()
                : workspace.head(run.id(), run.project()).filter(head -> !head.equals(run.head()));
        UnaryOperator<Run> adopt = adopting(stray, before);
        Run current = adopt.apply(run);
        if (current.undo() != null && before != null) {
            return wayBack(new Offer(current, before, stray, adopt, List.of(), outside), before, began, current.undo());
        }
        Base base = workspace.base(run.project());
        if (before != null && current.head() != null) {
            base = new Base(before.base().branch(), before.base().commit());
        }
        List<Step> kept = before == null ? List.of() : before.outline().steps().subList(0, current.stepsDone());
        List<Raise> raises = before == null ? List.of() : engineer.raises(before);
        Drafted drafted;
        try {
            drafted =
                    engineer.plan(began, run.project(), run.brief(), workspace.at(run.project(), base.commit()), kept);
        } catch (CannotThink limited) {
            drafted = new Drafted.Proposed(unchanged(run, before, base, limited));
            raises = Raise.all(raises, limited.raises());
        }
        Offer offer = new Offer(current, before, stray, adopt, raises, outside);
        return switch (drafted) {
            case Drafted.Unclear unclear ->
                PhaseResult.of(
                        new RunEvent.QuestionsAsked(),
                        note(
                                run,
                                "unclear/" + run.version(),
                                String.join(
                                        "\n",
                                        AskPhase.questions(unclear.questions().questions()))));
            case Drafted.Declined(String why) ->
                PhaseResult.of(new RunEvent.GaveUp(why), note(run, "declined/" + run.version(), why));
            case Drafted.Proposed(Outline outline, Engineer.OwnMigrations own) -> {
                OwnMigrationsTried tried = new OwnMigrationsTried(rehearsal, sandbox, own);
                yield switch (tried.rehearsed(began)) {
                    case Rehearsal.Rehearsed.Refused(String why) -> notOffered(run, why);
                    case Rehearsal.Rehearsed.Proven(List<Rehearsal.Part> parts) ->
                        offer(offer, base, tried.told(outline, parts), kept);
                };
            }
            case Drafted.Migrating migrating -> {
                yield switch (rehearsal.rehearse(began, run.project(), migrating.logs())) {
                    case Rehearsal.Rehearsed.Refused(String why) -> notOffered(run, why);
                    case Rehearsal.Rehearsed.Proven(List<Rehearsal.Part> parts) ->
                        offer(offer, base, migrating.outline().apply(parts), kept);
                };
            }
        };
    }

    private static PhaseResult notOffered(Run run, String why) {
        return PhaseResult.of(
                new RunEvent.QuestionsAsked(),
                note(
                        run,
                        "not-offered/" + run.version(),
                        "Not offered. " + PlanText.visible(why) + "\nSay it again with what would do, or `cancel`."));
    }

    private PhaseResult wayBack(Offer offer, PlanRevision before, StopSwitch.Epoch began, Undo undo) {
        Run run = offer.run();
        UnaryOperator<Run> adopt = offer.adopt();
        List<CommitId> left = undo.commits().subList(undo.done(), undo.commits().size());
        return switch (workspace.unwind(run.id(), run.project(), left)) {
            case Unwinding.Impossible(String why) -> noWayBack(run, why, adopt);
            case Unwinding.Possible possible -> {
                WayBack way = new WayBack(workspace, rehearsal, run, before, offer.outside());
                yield switch (way.rehearsed(began, possible)) {
                    case Rehearsal.Rehearsed.Refused(String why) -> noWayBack(run, why, adopt);
                    case Rehearsal.Rehearsed.Proven(List<Rehearsal.Part> parts) ->
                        propose(offer, before.base(), possible.tip(), way.outline(possible, parts));
                };
            }
        };
    }

    private PhaseResult noWayBack(Run run, String why, UnaryOperator<Run> adopt) {
        return new PhaseResult(
                new RunEvent.HeldUp(new RunState.Hold("saywhen", clock.instant(), "it can't be taken back now")),
                fresh -> adopt.apply(fresh).building(),
                List.of(),
                List.of(note(
                        run,
                        "no-way-back/" + run.version(),
                        "I can't take this back. " + why
                                + "\n`undo` tries again, `resume` plans to go on, `cancel` leaves all as it is.")),
                null);
    }

    /** A commit that was made and not recorded before the service ended is whole: it is the last thing a step does. */
    private static UnaryOperator<Run> adopting(Optional<CommitId> stray, @Nullable PlanRevision before) {
        if (stray.isEmpty() || before == null) {
            return UnaryOperator.identity();
        }
        int steps = before.outline().steps().size();
        return run -> {
            Run more = run.committed(stray.get());
            if (run.undo() != null && !before.takesBack()) {
                return more.undoingAnew(); // it was built: it is the first to be taken back
            }
            return run.stepsDone() < steps ? more.stepDone() : more;
        };
    }

    /**
     * What a revision is made for.
     *
     * @param before the newest one there is
     * @param raises limits that a yes to it raises
     * @param outside what the run told servers outside to change
     */
    private record Offer(
            Run run,
            @Nullable PlanRevision before,
            Optional<CommitId> stray,
            UnaryOperator<Run> adopt,
            List<Raise> raises,
            List<String> outside) {}

    /**
     * Where a limit that a yes can raise leaves no room to think, the plan that was met by it is what is asked for; but only
     * on the commit that it was thought for, and without change sets, which would have to be rehearsed anew.
     */
    private static Outline unchanged(Run run, @Nullable PlanRevision before, Base base, CannotThink limited) {
        if (limited.raises().isEmpty()
                || before == null
                || before.takesBack()
                || !before.brief().equals(run.brief())
                || !before.base().commit().equals(base.commit())
                || before.outline().steps().stream().anyMatch(step -> step.work() instanceof Step.Migrate)) {
            throw limited;
        }
        return before.outline();
    }

    private PhaseResult offer(Offer offer, Base base, Outline outline, List<Step> kept) {
        Run run = offer.run();
        if (!outline.steps()
                .subList(0, Math.min(kept.size(), outline.steps().size()))
                .equals(kept)) {
            String why = "Steps 1 to " + kept.size() + " are done and would change with this. "
                    + "Say it so that they can stay, or open a new run for it.";
            return PhaseResult.of(new RunEvent.QuestionsAsked(), note(run, "kept/" + run.version(), why));
        }
        return propose(offer, base, run.head(), outline);
    }

    private PhaseResult propose(Offer offer, Base base, @Nullable CommitId head, Outline proposed) {
        Run run = offer.run();
        Outline outline = proposed.within(budgets.apply(run.project()), run.id().branch());
        RevisionNumber number = run.nextRevision();
        List<String> news = new ArrayList<>(PlanNews.since(offer.before(), outline, offer.stray(), offer.raises()));
        if (run.undo() == null) {
            offer.outside().forEach(called -> news.add("done at a server outside before, and it stays: " + called));
        }
        PlanRevision plan = new PlanRevision(
                run.id(),
                number,
                run.project(),
                run.brief(),
                base,
                run.stepsDone(),
                head,
                sandbox.isolation(),
                outline,
                news,
                offer.raises());
        List<Outgoing> messages = new PlanMessages(plan, offer.before(), run)
                .render(
                        approvers.policy(run.project()).of(plan),
                        clock.instant().plus(timeToLive),
                        trail.head(AuditChain.of(run.id())));
        return new PhaseResult(
                new RunEvent.PlanDrafted(number),
                fresh -> offer.adopt().apply(fresh).at(number),
                List.of(new AuditEvent.PlanDrafted(number, plan.digest())),
                messages,
                plan);
    }

    private static Outgoing note(Run run, String key, String text) {
        return new Outgoing.Message("run-" + run.id() + "/" + key, run.thread(), Outgoing.Purpose.QUESTION, text, null);
    }

    /** How long a revision may wait for its yes. */
    public Duration timeToLive() {
        return timeToLive;
    }
}
