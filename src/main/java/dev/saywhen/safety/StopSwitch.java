package dev.saywhen.safety;

import dev.saywhen.id.Platform;
import dev.saywhen.id.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The latch that ends everything, in memory and before anything else (gate.md, sections 6 to 8).
 *
 * <p>A STOP raises the epoch; whatever was begun under an older one is dead. It waits for no lock but its own, which is
 * held for memory operations only.
 */
public final class StopSwitch {
    private final Map<RunId, Latch> latches = new TreeMap<>(); // guarded by this
    private final Executor cutters = ReadyThreads.all();
    private long epoch; // guarded by this

    /** @param epoch the newest epoch that was ever recorded, so that epochs never repeat */
    public StopSwitch(long epoch) {
        this.epoch = epoch;
    }

    /** A run that a STOP is to cover from now on. {@code held} for one that is held already. Idempotent. */
    public synchronized void track(RunId run, boolean held) {
        latches.computeIfAbsent(run, _ -> new Latch(++epoch)).halted |= held;
    }

    /** A run that has ended. No STOP covers it any more, so what is left of it is cut off now. */
    public void forget(RunId run) {
        removed(run).forEach(Watch::cut);
    }

    private synchronized List<Watch> removed(RunId run) {
        Latch latch = latches.remove(run);
        return latch == null ? List.of() : List.copyOf(latch.watches);
    }

    /** Where this run stands now; what begins here dies when the epoch is raised past it. */
    public synchronized Epoch epochOf(RunId run) {
        return new Epoch(run, epoch);
    }

    /** Whether nothing of this run may go on. An unknown run is halted. */
    public synchronized boolean isHalted(RunId run) {
        Latch latch = latches.get(run);
        return latch == null || latch.halted;
    }

    /** Whether what began at this epoch may go on. */
    public synchronized boolean isLive(Epoch began) {
        Latch latch = latches.get(began.run());
        return latch != null && !latch.halted && began.number() >= latch.raisedTo;
    }

    /**
     * A person told a held run to think again. Whatever began before, held or not, stays dead.
     *
     * @return false if a STOP came since {@code asked}: then the run stays as it is
     */
    public synchronized boolean rearm(Epoch asked) {
        Latch latch = latches.get(asked.run());
        if (latch == null || asked.number() < latch.raisedTo) {
            return false;
        }
        latch.raisedTo = ++epoch;
        latch.halted = false;
        latch.yes = null;
        return true;
    }

    /** Makes this the run's authorization, unless a STOP came since {@code began}: then nothing changes. */
    synchronized boolean authorize(Epoch began, Authorization yes) {
        Latch latch = latches.get(began.run());
        if (latch == null || !isLive(began)) {
            return false;
        }
        latch.yes = yes;
        return true;
    }

    /** Whether this is still the run's newest authorization and no STOP came since. */
    synchronized boolean stands(Epoch began, Authorization yes) {
        Latch latch = latches.get(began.run());
        return latch != null && isLive(began) && yes.equals(latch.yes);
    }

    /** Whether a STOP that covered this run was said at the same moment or later, as far as clocks can tell. */
    synchronized boolean stoppedSince(RunId run, Moment said) {
        Latch latch = latches.get(run);
        Instant stop = latch == null ? Instant.MAX : latch.stops.getOrDefault(said.platform(), Instant.MIN);
        return !said.time().isAfter(stop);
    }

    /**
     * Registers what a STOP has to end, until the registration is closed.
     *
     * <p>Adds first and then looks: a STOP that came between {@code began} and now ends it at once.
     */
    public Registration onPull(Epoch began, CutOff cutOff) {
        Registration watch = watch(began.run(), cutOff);
        if (!isLive(began)) {
            cutOff.cut();
        }
        return watch;
    }

    /** Registers without looking, for what looks by itself. */
    synchronized Registration watch(RunId run, CutOff cutOff) {
        Watch watch = new Watch(latches.getOrDefault(run, new Latch(epoch)), cutOff);
        watch.latch.watches.add(watch);
        return watch;
    }

    /**
     * Carries out a STOP: every permit it covers is dead before anything else happens, and every cut-off is under way
     * when this returns.
     *
     * <p>It leaves alone what was authorized on the same platform after it was said. Idempotent.
     */
    public StopPull pull(StopOrder order) {
        Map<RunId, List<Watch>> covered = new TreeMap<>();
        long raised = raise(order, covered);
        Map<RunId, List<Supplier<Future<CutOff.Report>>>> cuts = new TreeMap<>();
        covered.forEach((run, watches) ->
                cuts.put(run, watches.stream().map(Watch::cutter).toList()));
        return new StopPull(order, raised, cuts);
    }

    private synchronized long raise(StopOrder order, Map<RunId, List<Watch>> covered) {
        epoch++;
        latches.forEach((run, latch) -> {
            if ((order.run() == null || order.run().equals(run)) && !latch.wasAuthorizedAfter(order.said())) {
                latch.raise(epoch, order.said());
                covered.put(run, List.copyOf(latch.watches));
            }
        });
        return epoch;
    }

    /** Ends what this run is doing without a STOP: nobody could be heard. Its permit lives; the step begins again. */
    public void suspend(RunId run) {
        watches(run).forEach(Watch::cut);
    }

    private synchronized List<Watch> watches(RunId run) {
        Latch latch = latches.get(run);
        return latch == null ? List.of() : List.copyOf(latch.watches);
    }

    /** The epoch in which something of a run began. */
    public record Epoch(RunId run, long number) {}

    /** Ends a registration; idempotent. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final class Watch implements Registration {
        private final Latch latch;
        private final CutOff cutOff;
        private @Nullable FutureTask<CutOff.Report> cut; // guarded by this

        Watch(Latch latch, CutOff cutOff) {
            this.latch = latch;
            this.cutOff = cutOff;
        }

        Supplier<Future<CutOff.Report>> cutter() {
            return this::cut;
        }

        /** One at a time, however many STOPs come, on a thread of its own. */
        synchronized Future<CutOff.Report> cut() {
            if (cut == null || cut.isDone()) {
                cut = new FutureTask<>(cutOff::cut);
                try {
                    cutters.execute(cut);
                } catch (OutOfMemoryError noThread) {
                    cut.run(); // a fork bomb may have taken the last one, and that is what has to end
                }
            }
            return cut;
        }

        @Override
        public void close() {
            synchronized (StopSwitch.this) {
                latch.watches.remove(this);
            }
        }
    }

    private static final class Latch {
        private final Set<Watch> watches = new LinkedHashSet<>();
        private final Map<Platform, Instant> stops = new HashMap<>(); // the newest of each
        private long raisedTo;
        private boolean halted;
        private @Nullable Authorization yes;

        Latch(long raisedTo) {
            this.raisedTo = raisedTo;
        }

        boolean wasAuthorizedAfter(@Nullable Moment stop) {
            return !halted && yes != null && stop != null && yes.moment().isAfter(stop);
        }

        void raise(long epoch, @Nullable Moment stop) {
            raisedTo = epoch;
            halted = true;
            yes = null;
            if (stop != null) {
                stops.merge(stop.platform(), stop.time(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
    }
}
