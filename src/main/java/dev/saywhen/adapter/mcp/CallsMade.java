package dev.saywhen.adapter.mcp;

import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CutOff;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run told servers outside to change, for every receipt of it: a STOP ends nothing of that, and nothing here undoes it. */
final class CallsMade implements CutOff {
    private final Map<String, Integer> calls = new TreeMap<>(); // guarded by this

    synchronized void add(ToolScope tool) {
        calls.merge(tool.name(), 1, Integer::sum);
    }

    @Override
    public synchronized Report cut() {
        List<String> lasting = calls.entrySet().stream()
                .map(one -> one.getValue() + (one.getValue() == 1 ? " call of " : " calls of ") + one.getKey())
                .toList();
        return new Report(0, List.of(), List.of(), List.of(), lasting);
    }
}
