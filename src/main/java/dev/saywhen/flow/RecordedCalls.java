package dev.saywhen.flow;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.ToolAnswer;
import java.util.List;

/** Calls of tools outside, counted in the trail. One whose end is not recorded counts: it may have been made. */
public final class RecordedCalls implements Gate.CallsMade {
    private static final int PAGE = 500;
    private static final String CALL = Effect.CallTool.class.getSimpleName();

    private final AuditLog log;

    public RecordedCalls(AuditLog log) {
        this.log = log;
    }

    @Override
    public int under(RunId run, RevisionNumber revision, ToolScope tool) {
        return count(run, revision, tool).made();
    }

    /**
     * Calls that may have been made.
     *
     * @param unknown those of them of which nobody knows what came of them
     */
    record Count(int made, int unknown) {}

    /** One effect of a run at a time: an end belongs to the beginning before it. */
    Count count(RunId run, RevisionNumber revision, ToolScope tool) {
        int made = 0;
        int unknown = 0;
        boolean isOpen = false;
        long after = 0;
        List<AuditRecord> page;
        do {
            page = log.records(AuditChain.of(run), after, PAGE);
            for (AuditRecord one : page) {
                after = one.sequence();
                if (!CALL.equals(one.facts().get("effect"))) {
                    continue;
                }
                String outcome = String.valueOf(one.facts().get("outcome"));
                if (one.type().equals("effect-begun")) {
                    isOpen = isOf(one, revision, tool);
                    made += isOpen ? 1 : 0;
                    unknown += isOpen ? 1 : 0;
                } else if (isOpen) {
                    made -= wasNotMade(outcome) ? 1 : 0;
                    unknown -= outcome.endsWith(ToolAnswer.UNKNOWN) ? 0 : 1;
                    isOpen = false;
                }
            }
        } while (page.size() == PAGE);
        return new Count(made, unknown);
    }

    private static boolean isOf(AuditRecord begun, RevisionNumber revision, ToolScope tool) {
        return revision.toString().equals(begun.facts().get("revision"))
                && String.valueOf(begun.facts().get("what")).startsWith(PlanText.escaped(Effect.CallTool.begins(tool)));
    }

    private static boolean wasNotMade(String outcome) {
        return outcome.startsWith("NOT_CALLED") || outcome.startsWith("refused ");
    }
}
