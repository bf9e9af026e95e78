package dev.saywhen.safety;

import dev.saywhen.id.RunId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The latch that ends everything, in memory and before anything else (gate.md, sections 6 to 8).
 *
 * <p>A STOP raises the epoch; whatever was begun under an older one is dead. It waits for no lock but its own, which is
 * held for memory operations only.
 */
public final class StopSwitch {
    private final ExecutorService cutters = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<RunId, Latch> latches = new TreeMap<>(); // guarded by this
    private long epoch; // guarded by this

    /** @param epoch the newest epoch that was ever recorded, so that epochs never repeat */
    public StopSwitch(long epoch) {
        this.epoch = epoch;
    }

    /** A run that a STOP is to cover from now on. {@code held} for one that is held already. Idempotent. */
    public synchronized void track(RunId run, boolean held) {
        latches.computeIfAbsent(run, _ -> new Latch(epoch)).halted |= held;
    }

    /** A run that has ended: there is nothing left of it to hold. */
    public synchronized void forget(RunId run) {
        latches.remove(run);
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

    /** A person told a held run to think again. Every permit of before stays dead. */
    public synchronized void rearm(RunId run) {
        Latch latch = latches.get(run);
        if (latch != null) {
            latch.halted = false;
        }
    }

    /** Marks the run as authorized, unless a STOP came since {@code began}: then nothing changes and this is false. */
    synchronized boolean authorize(Epoch began, Moment said) {
        if (!isLive(began)) {
            return false;
        }
        Objects.requireNonNull(latches.get(began.run())).authorized = said;
        return true;
    }

    /** Whether a STOP that covered this run was said at the same moment or later, as far as clocks can tell. */
    synchronized boolean stoppedSince(RunId run, Moment said) {
        Latch latch = latches.get(run);
        return latch == null
                || latch.stops.stream()
                        .anyMatch(stop -> stop.platform().equals(said.platform()) && !said.isAfter(stop));
    }

    /**
     * Registers what a STOP has to end, until the registration is closed.
     *
     * <p>Adds first and then looks: a STOP that came between {@code began} and now ends it at once.
     */
    public Registration onPull(Epoch began, CutOff cutOff) {
        Latch latch;
        synchronized (this) {
            latch = latches.getOrDefault(began.run(), new Latch(epoch));
            latch.cutOffs.add(cutOff);
        }
        if (!isLive(began)) {
            cutOff.cut();
        }
        return () -> {
            synchronized (this) {
                latch.cutOffs.remove(cutOff);
            }
        };
    }

    /**
     * Carries out a STOP: every permit it covers is dead when this returns, and every cut-off is under way.
     *
     * <p>It leaves alone what was authorized on the same platform after it was said. Idempotent.
     */
    public synchronized StopPull pull(StopOrder order) {
        epoch++;
        List<RunId> covered = new ArrayList<>();
        Map<RunId, List<Future<CutOff.Report>>> cutting = new TreeMap<>();
        latches.forEach((run, latch) -> {
            if ((order.run() == null || order.run().equals(run)) && !latch.wasAuthorizedAfter(order.said())) {
                latch.raise(epoch, order.said());
                covered.add(run);
                cutting.put(run, cut(latch));
            }
        });
        return new StopPull(order, epoch, covered, cutting);
    }

    /** Ends what this run is doing without a STOP: nobody could be heard. Its permit lives; the step begins again. */
    public synchronized void suspend(RunId run) {
        Latch latch = latches.get(run);
        if (latch != null) {
            cut(latch);
        }
    }

    private List<Future<CutOff.Report>> cut(Latch latch) {
        List<Future<CutOff.Report>> cuts = new ArrayList<>();
        latch.cutOffs.forEach(cutOff -> cuts.add(cutters.submit(cutOff::cut)));
        return cuts;
    }

    /** The epoch in which something of a run began. */
    public record Epoch(RunId run, long number) {}

    /** Ends a registration; idempotent. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Latch {
        private final Set<CutOff> cutOffs = new LinkedHashSet<>();
        private final List<Moment> stops = new ArrayList<>();
        private long raisedTo;
        private boolean halted;
        private @Nullable Moment authorized;

        Latch(long raisedTo) {
            this.raisedTo = raisedTo;
        }

        boolean wasAuthorizedAfter(@Nullable Moment stop) {
            return !halted && authorized != null && stop != null && authorized.isAfter(stop);
        }

        void raise(long epoch, @Nullable Moment stop) {
            raisedTo = epoch;
            halted = true;
            authorized = null;
            if (stop != null) {
                stops.removeIf(earlier -> stop.isAfter(earlier));
                stops.add(stop);
            }
        }
    }
}
