package dev.saywhen.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Where something was measured and how busy it was just before. Figures from a busy machine prove nothing.
 *
 * @param load the load average of the last minute, before the benchmark's own work
 * @param busy the share of all cores that others used in the second before
 * @param calibration milliseconds that a fixed piece of arithmetic took, the median of several
 * @param spread how far apart the slowest and the quickest of them were, as a share of the median
 */
record Machine(int cores, double load, double busy, double calibration, double spread) {
    private static final int TRIES = 15;
    private static final double QUIET = 0.15;
    private static final double STEADY = 0.5;
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    static Machine now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        system.getCpuLoad();
        LockSupport.parkNanos(A_SECOND.toNanos());
        double busy = system.getCpuLoad();
        double[] took = new double[TRIES];
        for (int warm = 0; warm < TRIES; warm++) {
            arithmetic();
        }
        for (int i = 0; i < TRIES; i++) {
            long begun = System.nanoTime();
            long result = arithmetic();
            took[i] = (System.nanoTime() - begun) / 1e6;
            if (result == 0) {
                throw new IllegalStateException("The arithmetic was left out.");
            }
        }
        Arrays.sort(took);
        double median = took[TRIES / 2];
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                system.getSystemLoadAverage(),
                busy,
                median,
                (took[TRIES - 1] - took[0]) / median);
    }

    /** Whether others left it alone: then figures mean something. */
    boolean isQuiet() {
        return busy < QUIET && spread < STEADY;
    }

    private static long arithmetic() {
        long value = 42;
        for (int i = 0; i < 5_000_000; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Machine: %d cores, %.0f %% busy before, load average %.2f, calibration %.1f ms, spread %.0f %%: %s",
                cores,
                busy * 100,
                load,
                calibration,
                spread * 100,
                isQuiet() ? "quiet" : "busy, so targets are not measurable");
    }
}
