package dev.saywhen.phase;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.CommitId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.Permit;
import java.util.List;

/** DOCUMENT: API documentation and specification, committed; then the closing message. */
public final class DocumentPhase {
    private final Workshop workshop;

    public DocumentPhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Writes the documents that the plan names and ends the run. */
    public PhaseResult handle(Run run, Permit permit) {
        PlanRevision plan = permit.plan();
        Hands hands = workshop.hands(run, permit);
        String report = run.report() == null ? "" : run.report();
        workshop.engineer().document(plan, report, hands);
        CommitId commit = workshop.commit(
                hands, run, permit, plan.outline().documents(), "Document the service: API, specification, README");
        AuditMark mark = workshop.trail().head(AuditChain.of(run.id()));
        Run closed = run.committed(commit);
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.DOCUMENT),
                fresh -> fresh.committed(commit),
                List.of(),
                List.of(new Outgoing.Message(
                        "run-" + run.id() + "/done/" + plan.number(),
                        run.thread(),
                        Outgoing.Purpose.DONE,
                        closing(closed, permit, report, mark),
                        null)),
                null);
    }

    private static String closing(Run run, Permit permit, String report, AuditMark mark) {
        PlanRevision plan = permit.plan();
        return String.join(
                "\n",
                "Done: %s. %d commits."
                        .formatted(plan.outline().title(), run.commits().size()),
                report.strip(),
                "Yes: @%s %s.".formatted(permit.authorization().by().user(), plan.number()),
                "Branch %s. I don't merge or deploy. Way back: %s"
                        .formatted(run.id().branch(), plan.outline().wayBack()),
                "Audit %d %s.".formatted(mark.sequence(), mark.hash().code()));
    }
}
