package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.Digest;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.Permit;
import java.util.List;

/** REVIEW: measures what was built and writes down what was found. Changes nothing. */
public final class ReviewPhase {
    private final Workshop workshop;

    public ReviewPhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Reads what the whole suite left in the work tree. */
    public PhaseResult handle(Run run, Permit permit) {
        String report = permit.plan().takesBack()
                ? takenBack(permit.plan())
                : permit.plan().outline().verify() instanceof Verification.SameSchema
                        ? migrated(permit.plan())
                        : measured(run, permit);
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.REVIEW),
                fresh -> fresh.reported(report),
                List.of(new AuditEvent.Observed(
                        "review", "report " + Digest.of(report).code())),
                List.of(),
                null);
    }

    private String measured(Run run, Permit permit) {
        Hands hands = workshop.hands(run, permit);
        TestReport tests = workshop.engineer().readTests(hands);
        return workshop.engineer().review(permit.plan(), tests, hands);
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
