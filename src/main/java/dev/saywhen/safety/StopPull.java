package dev.saywhen.safety;

import dev.saywhen.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A STOP that was carried out in memory; its cut-offs are running. */
public final class StopPull {
    private final StopOrder order;
    private final long epoch;
    private final Map<RunId, List<Supplier<Future<CutOff.Report>>>> cuts;
    private volatile Map<RunId, List<Future<CutOff.Report>>> cutting; // replaced whole

    /** @param cuts each begins to end one thing, or gives the attempt that is under way */
    StopPull(StopOrder order, long epoch, Map<RunId, List<Supplier<Future<CutOff.Report>>>> cuts) {
        this.order = order;
        this.epoch = epoch;
        this.cuts = cuts;
        this.cutting = begun();
    }

    private Map<RunId, List<Future<CutOff.Report>>> begun() {
        Map<RunId, List<Future<CutOff.Report>>> all = new TreeMap<>();
        cuts.forEach(
                (run, some) -> all.put(run, some.stream().map(Supplier::get).toList()));
        return all;
    }

    public StopOrder order() {
        return order;
    }

    public long epoch() {
        return epoch;
    }

    /** The runs it holds, the oldest first. */
    public List<RunId> covered() {
        return List.copyOf(cuts.keySet());
    }

    /** Waits for the cut-offs, all in all for {@code atMost}; one that fails or takes longer counts as a survivor. */
    public Map<RunId, CutOff.Report> settle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Map<RunId, CutOff.Report> reports = new TreeMap<>();
        cutting.forEach((run, cuts) -> {
            reports.put(run, CutOff.Report.NOTHING);
            cuts.forEach(cut -> reports.merge(run, result(cut, end), CutOff.Report::and));
        });
        return reports;
    }

    /** Ends and looks at the same things once more, and nothing that began since; waits as {@link #settle} does. */
    public Map<RunId, CutOff.Report> settleAgain(Duration atMost) {
        cutting = begun();
        return settle(atMost);
    }

    private static CutOff.Report result(Future<CutOff.Report> cut, long end) {
        try {
            return cut.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new CutOff.Report(0, List.of("something that did not end in time"));
        } catch (ExecutionException failed) {
            return new CutOff.Report(0, List.of("something that could not be looked at: " + failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new CutOff.Report(0, List.of("something that could not be waited for"));
        }
    }
}
