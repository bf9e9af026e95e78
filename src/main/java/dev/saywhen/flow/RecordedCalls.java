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
import java.util.List;
import java.util.function.Function;

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
        return count(
                run,
                begun -> revision.toString().equals(begun.facts().get("revision"))
                        && String.valueOf(begun.facts().get("what"))
                                .startsWith(PlanText.escaped(Effect.CallTool.begins(tool))));
    }

    /** One effect of a run at a time: an end belongs to the beginning before it. */
    private int count(RunId run, Function<AuditRecord, Boolean> counts) {
        int made = 0;
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
                if (one.type().equals("effect-begun")) {
                    isOpen = counts.apply(one);
                    made += isOpen ? 1 : 0;
                } else if (isOpen && wasNotMade(String.valueOf(one.facts().get("outcome")))) {
                    made--;
                    isOpen = false;
                }
            }
        } while (page.size() == PAGE);
        return made;
    }

    private static boolean wasNotMade(String outcome) {
        return outcome.startsWith("NOT_CALLED") || outcome.startsWith("refused ");
    }
}
