package dev.saywhen.adapter.mcp;

import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was told to servers outside to change under one permit, for every receipt until the next one: a STOP ends nothing of
 * that, nothing here undoes it, and what is unknown once stays unknown. Later permits read of it in the trail.
 */
final class CallsMade implements CutOff {
    private final Map<String, Integer> lasting = new TreeMap<>(); // guarded by this
    private final List<String> unknown = new ArrayList<>(); // guarded by this
    private final List<CallUnderWay> underWay = new ArrayList<>(); // guarded by this
    private final StopSwitch.Epoch epoch;
    private final StopSwitch.Registration registration;

    private CallsMade(StopSwitch.Epoch epoch, StopSwitch stops) {
        this.epoch = epoch;
        this.registration = stops.onPull(epoch, this);
    }

    /** Those of a permit: the same as until now, or new ones in their place. */
    static CallsMade under(StopSwitch.Epoch epoch, StopSwitch stops, @Nullable CallsMade before) {
        if (before != null && before.epoch.equals(epoch)) {
            return before;
        }
        if (before != null) {
            before.registration.close();
        }
        return new CallsMade(epoch, stops);
    }

    /** From now on a STOP tells of it. */
    synchronized void begin(CallUnderWay call) {
        underWay.add(call);
    }

    /** What came of it is known, or will never be. */
    synchronized void end(CallUnderWay call) {
        if (underWay.remove(call)) {
            if (call.isUnknown()) {
                unknown.add(lost(call));
            }
            if (call.isTaken()) {
                lasting.merge(call.tool().name(), 1, Integer::sum);
            }
        }
    }

    /** Waits for what is under way, so that the receipt says what came of it. */
    @Override
    public Report cut() {
        now().forEach(CallUnderWay::cut);
        return told();
    }

    private synchronized List<CallUnderWay> now() {
        return List.copyOf(underWay);
    }

    private synchronized Report told() {
        Map<String, Integer> calls = new TreeMap<>(lasting);
        underWay.stream()
                .filter(CallUnderWay::isTaken)
                .forEach(call -> calls.merge(call.tool().name(), 1, Integer::sum));
        List<String> said = calls.entrySet().stream()
                .map(one -> one.getValue() + (one.getValue() == 1 ? " call of " : " calls of ") + one.getKey())
                .toList();
        List<String> open = Stream.concat(
                        unknown.stream(),
                        underWay.stream().filter(CallUnderWay::isUnknown).map(CallsMade::lost))
                .toList();
        return new Report(0, List.of(), List.of(), open, said);
    }

    private static String lost(CallUnderWay call) {
        String how = call.wasCut() ? " was cut off after it was sent" : " was sent, and no answer came of it";
        return "a call of " + call.tool().name() + " at " + call.tool().url() + how;
    }
}
