package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What came of one piece of work in a phase; stored as one transaction.
 *
 * @param event what happened to the run; absent if its state stays
 * @param change what else changes in the run
 */
public record PhaseResult(
        @Nullable RunEvent event,
        UnaryOperator<Run> change,
        List<AuditEvent> audit,
        List<Outgoing> outgoing,
        @Nullable PlanRevision revision) {

    static PhaseResult of(RunEvent event, List<AuditEvent> audit, List<Outgoing> outgoing) {
        return new PhaseResult(event, UnaryOperator.identity(), audit, outgoing, null);
    }

    static PhaseResult of(RunEvent event, Outgoing... outgoing) {
        return of(event, List.of(), List.of(outgoing));
    }

    static PhaseResult staying(UnaryOperator<Run> change, List<AuditEvent> audit, List<Outgoing> outgoing) {
        return new PhaseResult(null, change, audit, outgoing, null);
    }
}
