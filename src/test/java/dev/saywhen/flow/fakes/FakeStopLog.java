package dev.saywhen.flow.fakes;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopOrder;
import java.util.ArrayList;
import java.util.List;

/** STOPs in memory, in the order of their recording. */
public final class FakeStopLog implements StopLog {
    /** One recorded STOP. */
    public record Entry(StopOrder order, long epoch, List<RunId> covered) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Power power;

    public FakeStopLog(Power power) {
        this.power = power;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized long newestEpoch() {
        power.use();
        return entries.stream().mapToLong(Entry::epoch).max().orElse(0);
    }

    @Override
    public synchronized void record(StopOrder order, long epoch, List<RunId> covered) {
        power.use();
        Entry entry = new Entry(order, epoch, List.copyOf(covered));
        if (!entries.contains(entry)) {
            entries.add(entry);
        }
        power.count();
    }
}
