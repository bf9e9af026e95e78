package dev.saywhen.phase;

import dev.saywhen.engineer.Unwinding;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans how a run is taken back: each of its commits reverted by a new one, the newest first. No engineer is asked: what
 * was done is known, and so is its opposite.
 */
final class WayBack {
    private static final Duration TIME = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final Run run;
    private final PlanRevision before;

    /** @param before the run's newest plan: what it did, or a plan of its way back that was not finished */
    WayBack(Workspace workspace, Run run, PlanRevision before) {
        this.workspace = workspace;
        this.run = run;
        this.before = before;
    }

    Outline outline(Unwinding.Possible unwinding) {
        List<Step> steps =
                new ArrayList<>(before.takesBack() ? before.outline().steps().subList(0, run.stepsDone()) : List.of());
        unwinding.parts().forEach(part -> steps.add(step(steps.size() + 1, part)));
        Set<String> files = new LinkedHashSet<>();
        steps.forEach(step -> files.addAll(step.files()));
        String result = result(unwinding);
        return new Outline(
                before.takesBack()
                        ? before.outline().title()
                        : "take back run " + run.id() + ", " + before.outline().title(),
                List.of(commits(steps.size()) + " reverted by new commits; nothing is rewritten.", result),
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
                List.of("every branch but " + run.id().branch(), "every database"),
                risks(unwinding),
                "revert the new commits; the old ones stay in the history",
                AuthorizationRequest.CHANGES_EXISTING_FILES);
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

    private List<String> risks(Unwinding.Possible unwinding) {
        List<String> risks = new ArrayList<>();
        unwinding
                .merged()
                .ifPresent(branch -> risks.add("merged into " + branch
                        + " already: this takes it back on " + run.id().branch()
                        + " only. Merge that once more to take it"
                        + " back on " + branch + " too."));
        unwinding.others().forEach(other -> risks.add("stays, since others committed it: " + other));
        if (risks.isEmpty()) {
            risks.add("low: nobody else committed on " + run.id().branch() + ", and I see no merge of it.");
        }
        return risks;
    }

    private static String commits(int count) {
        return count + (count == 1 ? " commit" : " commits");
    }
}
