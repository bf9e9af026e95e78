package dev.saywhen.flow;

import dev.saywhen.audit.AuditLog;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.run.Run;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a run told servers outside to change, under any of its plans: it lasts whatever becomes of the run. */
public final class CalledOutside {
    private final RunStore store;
    private final RecordedCalls calls;

    public CalledOutside(RunStore store, AuditLog log) {
        this.store = store;
        this.calls = new RecordedCalls(log);
    }

    /**
     * Calls of one tool that may have been made.
     *
     * @param tool as people read it: {@code close_issue of tracker}
     * @param unknown how many of them have an outcome that nobody here knows
     */
    record Called(String tool, String url, int made, int unknown) {
        private Called and(Called other) {
            return new Called(tool, url, made + other.made, unknown + other.unknown);
        }

        @Override
        public String toString() {
            String told = (made == 1 ? "1 call of " : made + " calls of ") + tool;
            return unknown == 0 ? told : told + ", outcome unknown" + (made == 1 ? "" : " of " + unknown);
        }
    }

    /** In words, one tool each. */
    List<String> told(Run run) {
        RevisionNumber newest = run.newest();
        return newest == null
                ? List.of()
                : before(run.id(), newest.next()).stream().map(Called::toString).toList();
    }

    /** @throws RuntimeException where a plan or the trail cannot be read: what lasts is then not known */
    List<Called> before(RunId run, RevisionNumber next) {
        Map<String, Called> called = new TreeMap<>();
        IntStream.range(1, next.value())
                .mapToObj(RevisionNumber::new)
                .flatMap(number -> store.plan(run, number).stream())
                .forEach(plan -> changing(plan).forEach(tool -> {
                    RecordedCalls.Count count = calls.count(run, plan.number(), tool);
                    if (count.made() > 0) {
                        var of = new Called(tool.name(), tool.url(), count.made(), count.unknown());
                        called.merge(tool.name() + " at " + tool.url(), of, Called::and);
                    }
                }));
        return List.copyOf(called.values());
    }

    private static List<ToolScope> changing(PlanRevision plan) {
        return plan.outline().scopes().tools().stream()
                .filter(tool -> !tool.onlyReads())
                .toList();
    }
}
