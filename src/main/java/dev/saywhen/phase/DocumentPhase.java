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
import java.util.Optional;
import java.util.function.UnaryOperator;

/** DOCUMENT: API documentation and specification, committed; then the closing message. */
public final class DocumentPhase {
    private final Workshop workshop;

    public DocumentPhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /**
     * Writes the documents that the plan names and ends the run.
     *
     * @param outside what the run told servers outside to change, under any of its plans
     */
    public PhaseResult handle(Run run, Permit permit, List<String> outside) {
        PlanRevision plan = permit.plan();
        String report = run.report() == null ? "" : run.report();
        Optional<CommitId> commit =
                plan.outline().documents().isEmpty() ? Optional.empty() : Optional.of(documented(run, permit, report));
        UnaryOperator<Run> closing = fresh -> commit.map(fresh::committed).orElse(fresh);
        AuditMark mark = workshop.trail().head(AuditChain.of(run.id()));
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.DOCUMENT),
                closing,
                List.of(),
                List.of(new Outgoing.Message(
                        "run-" + run.id() + "/done/" + plan.number(),
                        run.thread(),
                        Outgoing.Purpose.DONE,
                        text(
                                closing.apply(run),
                                permit,
                                report,
                                outside,
                                mark,
                                workshop.engineer().spent(run.id())),
                        null)),
                null);
    }

    private CommitId documented(Run run, Permit permit, String report) {
        PlanRevision plan = permit.plan();
        Hands hands = workshop.hands(run, permit);
        workshop.engineer().document(plan, report, hands);
        return workshop.commit(
                hands, run, permit, plan.outline().documents(), "Document the service: API, specification, README");
    }

    /**
     * The sentence, with a blank before it, of what nobody here can take back; empty where there is nothing.
     *
     * @param outside what the run told servers outside to change
     */
    public static String stays(List<String> outside) {
        return outside.isEmpty()
                ? ""
                : " What was changed at servers outside stays: " + String.join("; ", outside) + ".";
    }

    private static String text(
            Run run, Permit permit, String report, List<String> outside, AuditMark mark, String spent) {
        PlanRevision plan = permit.plan();
        String verdict = plan.takesBack()
                ? "Done: run %s is taken back. %d commits."
                        .formatted(run.id(), run.commits().size())
                : "Done: %s. %d commits."
                        .formatted(plan.outline().title(), run.commits().size());
        return String.join(
                "\n",
                spent.isBlank() ? verdict : verdict + " " + spent + ".",
                report.strip(),
                "Yes: @%s %s.".formatted(permit.authorization().by().user(), plan.number()),
                "Branch %s. I don't merge or deploy. %s%s"
                        .formatted(
                                run.id().branch(),
                                plan.takesBack()
                                        ? "Way back: " + plan.outline().wayBack() + (outside.isEmpty() ? "" : ".")
                                        : "`undo` takes it back.",
                                stays(outside)),
                "Audit %d %s.".formatted(mark.sequence(), mark.hash().code()));
    }
}
