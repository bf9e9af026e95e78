package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Engineer.Reviewed;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.Digest;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.Permit;
import java.util.ArrayList;
import java.util.List;

/** REVIEW: measures what was built and writes down what was found. Changes nothing; what blocks goes back to PLAN. */
public final class ReviewPhase {
    private static final int LONGEST_DIFF = 100_000;

    private final Workshop workshop;

    public ReviewPhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Looks at what the whole suite left in the work tree, and at everything that was changed. */
    public PhaseResult handle(Run run, Permit permit) {
        Reviewed reviewed = reviewed(run, permit);
        AuditEvent seen = new AuditEvent.Observed(
                "review",
                "report " + Digest.of(reviewed.report()).code() + ", "
                        + reviewed.blocking().size() + " findings that block");
        if (!reviewed.blocking().isEmpty()) {
            return blocked(run, permit.plan(), reviewed, seen);
        }
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.REVIEW),
                fresh -> fresh.reported(reviewed.report()),
                List.of(seen),
                List.of(),
                null);
    }

    private Reviewed reviewed(Run run, Permit permit) {
        if (permit.plan().takesBack()) {
            return new Reviewed(takenBack(permit.plan()), List.of());
        }
        return permit.plan().outline().verify() instanceof Verification.SameSchema
                ? new Reviewed(migrated(permit.plan()), List.of())
                : measured(run, permit);
    }

    private static PhaseResult blocked(Run run, PlanRevision plan, Reviewed reviewed, AuditEvent seen) {
        List<String> lines = new ArrayList<>();
        lines.add("Back to PLAN: the review of %s found what has to be mended first. I plan it and ask again."
                .formatted(plan.number()));
        reviewed.blocking().forEach(finding -> lines.add("> - " + finding));
        String found =
                "Found in the review of " + plan.number() + ", to be mended: " + String.join("; ", reviewed.blocking());
        return new PhaseResult(
                new RunEvent.AmendmentNeeded(),
                fresh -> fresh.reported(reviewed.report()).learned(found),
                List.of(seen),
                List.of(new Outgoing.Message(
                        "run-" + run.id() + "/blocked/" + run.version(),
                        run.thread(),
                        Outgoing.Purpose.NOTE,
                        String.join("\n", lines),
                        null)),
                null);
    }

    private Reviewed measured(Run run, Permit permit) {
        PlanRevision plan = permit.plan();
        Hands hands = workshop.hands(run, permit);
        TestReport tests = workshop.suites().getOrDefault(run.id(), TestReport.NONE);
        String diff = workshop.workspace()
                .diff(run.project(), plan.base().commit(), run.head() == null ? plan.tip() : run.head(), LONGEST_DIFF);
        return workshop.engineer().review(plan, tests, diff, hands);
    }

    private static String migrated(PlanRevision plan) {
        List<Step> steps = plan.outline().steps();
        int changeSets = steps.stream()
                .mapToInt(step -> step.work() instanceof Step.Migrate migrate
                        ? migrate.changeSets().size()
                        : 0)
                .sum();
        return "%d change sets in %d transactions. Looked at again: %s.\nNot measured: the programs that use the database."
                .formatted(changeSets, steps.size(), plan.outline().verify());
    }

    private static String takenBack(PlanRevision plan) {
        int commits = plan.outline().steps().size();
        return "%d of %d commits reverted. The files are what was worked out beforehand: %s.\nNot looked at: whether anything else relies on what is gone."
                .formatted(commits, commits, plan.outline().verify());
    }
}
