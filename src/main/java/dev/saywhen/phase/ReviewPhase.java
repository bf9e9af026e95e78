package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.Digest;
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
        Hands hands = workshop.hands(run, permit);
        TestReport tests = workshop.engineer().readTests(hands);
        String report = workshop.engineer().review(permit.plan(), tests, hands);
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.REVIEW),
                fresh -> fresh.reported(report),
                List.of(new AuditEvent.Observed(
                        "review", "report " + Digest.of(report).code())),
                List.of(),
                null);
    }
}
