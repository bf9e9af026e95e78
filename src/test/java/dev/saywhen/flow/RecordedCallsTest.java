package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.Effect;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecordedCallsTest {
    private static final RunId RUN = new RunId(7);
    private static final RevisionNumber FIRST = new RevisionNumber(1);
    private static final ToolScope TOOL = PlanSample.CHANGES_OUTSIDE;

    private final FakeLedger ledger = new FakeLedger(() -> Instant.EPOCH, new Power());
    private final RecordedCalls calls = new RecordedCalls(ledger);

    @Test
    void what_may_have_been_done_counts_and_what_certainly_was_not_does_not() {
        assertEquals(0, calls.under(RUN, FIRST, TOOL));
        begun(TOOL, FIRST);
        assertEquals(new RecordedCalls.Count(1, 1), calls.count(RUN, FIRST, TOOL), "its end is not recorded");
        ended("ANSWERED, 5 characters");
        assertEquals(new RecordedCalls.Count(1, 0), calls.count(RUN, FIRST, TOOL));
        for (String untaken : new String[] {"NOT_CALLED, 9 characters", "refused STOPPED"}) {
            begun(TOOL, FIRST);
            ended(untaken);
            assertEquals(1, calls.under(RUN, FIRST, TOOL), untaken);
        }
        begun(TOOL, FIRST);
        ended("FAILED, 9 characters");
        begun(TOOL, FIRST);
        ended("broke: cut off; outcome unknown");
        assertEquals(new RecordedCalls.Count(3, 1), calls.count(RUN, FIRST, TOOL));
    }

    @Test
    void each_yes_each_tool_and_each_run_has_a_count_of_its_own() {
        begun(TOOL, FIRST);
        begun(TOOL, new RevisionNumber(11));
        begun(new ToolScope("tracker", TOOL.url() + "2", TOOL.tool(), false), FIRST);
        begun(new ToolScope("tracker", TOOL.url(), "close_issue2", false), FIRST);
        ended("NOT_CALLED, 9 characters");
        assertEquals(1, calls.under(RUN, FIRST, TOOL));
        assertEquals(0, calls.under(new RunId(8), FIRST, TOOL));
    }

    @Test
    void a_long_trail_is_counted_to_its_end() {
        for (int i = 0; i < 600; i++) {
            begun(TOOL, FIRST);
            ended("ANSWERED, 5 characters");
        }
        assertEquals(600, calls.under(RUN, FIRST, TOOL));
    }

    private void begun(ToolScope tool, RevisionNumber revision) {
        var call = new Effect.CallTool(RUN, PlanSample.PROJECT, tool, "code", "{}");
        ledger.append(AuditChain.of(RUN), new AuditEvent.EffectBegun("CallTool", call.what(), revision));
    }

    private void ended(String outcome) {
        ledger.append(AuditChain.of(RUN), new AuditEvent.EffectEnded("CallTool", outcome));
    }
}
