package dev.saywhen.phase;

import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.engineer.Unwinding;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Run;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans how a run is taken back: each of its commits reverted by a new one, the newest first. No engineer is asked: what
 * was done is known, and so is its opposite.
 */
final class WayBack {
    private static final Duration TIME = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final Rehearsal rehearsal;
    private final Run run;
    private final PlanRevision before;
    private final List<String> outside;

    /**
     * @param before the run's newest plan: what it did, or a plan of its way back that was not finished
     * @param outside what the run told servers outside to change, under any of its plans
     */
    WayBack(Workspace workspace, Rehearsal rehearsal, Run run, PlanRevision before, List<String> outside) {
        this.workspace = workspace;
        this.rehearsal = rehearsal;
        this.run = run;
        this.before = before;
        this.outside = outside;
    }

    /** Tries the way back of the change sets among what is taken back, the newest first; nothing to try is proven too. */
    Rehearsal.Rehearsed rehearsed(StopSwitch.Epoch began, Unwinding.Possible unwinding) {
        Optional<Step> unfinished = unfinished(began);
        if (unfinished.isPresent()) {
            return new Rehearsal.Rehearsed.Refused("Step " + unfinished.get().number()
                    + " is in the database and its commit is not made. Say `resume`, which finishes it; then `undo`"
                    + " takes back both.");
        }
        List<List<ChangeSet>> steps = unwinding.parts().stream()
                .map(this::changeSets)
                .filter(changeSets -> !changeSets.isEmpty())
                .toList();
        return steps.isEmpty()
                ? new Rehearsal.Rehearsed.Proven(List.of())
                : rehearsal.rehearseBack(began, run.project(), steps);
    }

    /** A step whose change sets were committed right before the run was held. */
    private Optional<Step> unfinished(StopSwitch.Epoch began) {
        return before.takesBack()
                ? Optional.empty()
                : before.outline().steps().stream()
                        .skip(run.built())
                        .limit(1)
                        .filter(step -> step.work() instanceof Step.Migrate migrate
                                && rehearsal.isApplied(began, run.project(), migrate.changeSets()))
                        .findFirst();
    }

    private List<ChangeSet> changeSets(Unwinding.Part part) {
        for (Step step : before.outline().steps()) {
            if (step.work() instanceof Step.Migrate migrate && step.title().equals(part.subject())) {
                return migrate.changeSets();
            }
            if (step.work() instanceof Step.RollBack back && back.commit().equals(part.commit())) {
                return back.changeSets();
            }
        }
        return List.of();
    }

    /** @param proven what {@link #rehearsed} proved, in the same order */
    Outline outline(Unwinding.Possible unwinding, List<Rehearsal.Part> proven) {
        List<Step> steps =
                new ArrayList<>(before.takesBack() ? before.outline().steps().subList(0, run.stepsDone()) : List.of());
        Iterator<Rehearsal.Part> proofs = proven.iterator();
        unwinding
                .parts()
                .forEach(part -> steps.add(
                        changeSets(part).isEmpty()
                                ? step(steps.size() + 1, part)
                                : step(steps.size() + 1, part, proofs.next())));
        Set<String> files = new LinkedHashSet<>();
        steps.forEach(step -> files.addAll(step.files()));
        String result = result(unwinding);
        return new Outline(
                before.takesBack()
                        ? before.outline().title()
                        : "take back run " + run.id() + ", " + before.outline().title(),
                summary(steps, result, proven),
                List.of(
                        new PlanPart(PlanPart.Kind.ARCHITECTURE, List.of(result)),
                        new PlanPart(
                                PlanPart.Kind.ENDPOINTS, List.of("What the run added is gone again from the branch.")),
                        new PlanPart(
                                PlanPart.Kind.TESTING,
                                List.of("The files are compared with what was worked out; no command is run.")),
                        new PlanPart(
                                PlanPart.Kind.DEPLOYMENT,
                                List.of("None: I neither merged nor deployed, and I take back neither."))),
                steps,
                new Verification.SameFiles(unwinding.tree()),
                List.of(),
                new Scopes(
                        files.stream().map(PathScope::new).toList(),
                        List.of(),
                        List.of(run.id().branch())),
                new Budget(TIME, 0),
                proven.isEmpty()
                        ? List.of("every branch but " + run.id().branch(), "every database")
                        : List.of("every branch but " + run.id().branch()),
                risks(unwinding, proven),
                "revert the new commits; the old ones stay in the history",
                proven.isEmpty() ? AuthorizationRequest.CHANGES_EXISTING_FILES : AuthorizationRequest.CHANGES_DATABASE);
    }

    private List<String> summary(List<Step> steps, String result, List<Rehearsal.Part> proven) {
        List<String> summary = new ArrayList<>();
        summary.add(commits(steps.size()) + " reverted by new commits; nothing is rewritten.");
        summary.add(result);
        if (!proven.isEmpty()) {
            int changeSets =
                    proven.stream().mapToInt(part -> part.changeSets().size()).sum();
            summary.add("Database: %d %s rolled back. Taken back, applied again and taken back on a copy: equal."
                    .formatted(changeSets, changeSets == 1 ? "change set" : "change sets"));
        }
        return summary;
    }

    private static Step step(int number, Unwinding.Part part, Rehearsal.Part proven) {
        return new Step(
                number,
                "Revert \"" + part.subject() + "\"",
                new Step.RollBack(part.commit(), part.files(), proven.changeSets(), proven.proof()),
                "apply the change sets again and revert the new commit");
    }

    private static Step step(int number, Unwinding.Part part) {
        return new Step(
                number,
                "Revert \"" + part.subject() + "\"",
                new Step.Revert(part.commit(), part.files()),
                "revert the new commit");
    }

    private String result(Unwinding.Possible unwinding) {
        boolean asBefore = unwinding
                .tree()
                .equals(workspace.treeOf(run.project(), before.base().commit()));
        String then = "Worked out beforehand: every file is then as it was before the run";
        return asBefore
                ? then + "."
                : then + ", but for what others committed on " + run.id().branch() + ".";
    }

    private List<String> risks(Unwinding.Possible unwinding, List<Rehearsal.Part> proven) {
        List<String> risks = new ArrayList<>();
        proven.stream()
                .flatMap(part -> part.proof().losses().stream())
                .filter(loss -> loss.how() != Loss.How.GOES_LATER)
                .map(WayBack::risk)
                .forEach(risks::add);
        unwinding
                .merged()
                .ifPresent(branch -> risks.add("merged into " + branch
                        + " already: this takes it back on " + run.id().branch()
                        + " only. Merge that once more to take it"
                        + " back on " + branch + " too."));
        outside.forEach(called -> risks.add("stays: what was changed at a server outside, by " + called));
        unwinding.others().forEach(other -> risks.add("stays, since others committed it: " + other));
        if (risks.isEmpty()) {
            risks.add("low: nobody else committed on " + run.id().branch() + ", and I see no merge of it.");
        }
        return risks;
    }

    private static String risk(Loss loss) {
        return loss.told()
                + switch (loss.how()) {
                    case GOES, GOES_LATER, WRITTEN_ANEW -> "; if it holds more by then, this is refused";
                    case ROWS_GO -> "; if it would be more by then, this is refused";
                    case ROWS_CHANGE -> "; what was written there since changes too where it fits";
                };
    }

    private static String commits(int count) {
        return count + (count == 1 ? " commit" : " commits");
    }
}
