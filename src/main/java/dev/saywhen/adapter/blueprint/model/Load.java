package dev.saywhen.adapter.blueprint.model;

import java.time.Duration;

/**
 * What the service is expected to bear.
 *
 * @param peakPerSecond requests in the busiest second
 * @param p99 how long 99 of 100 requests may take at most
 * @param rows how many rows the largest table will have
 */
public record Load(int peakPerSecond, Duration p99, long rows) {

    public static final int HIGHEST_PEAK = 100_000;
    public static final Duration LONGEST_P99 = Duration.ofMinutes(1);
    public static final long MOST_ROWS = 100_000_000_000L;

    /** What is assumed when nobody says; below the limits, because it is checked against them. */
    public static final Load USUAL = new Load(50, Duration.ofMillis(100), 100_000);

    public Load {
        if (peakPerSecond < 1 || peakPerSecond > HIGHEST_PEAK) {
            throw new IllegalArgumentException("no rate: " + peakPerSecond);
        }
        if (p99.isZero() || p99.isNegative() || p99.compareTo(LONGEST_P99) > 0) {
            throw new IllegalArgumentException("no time: " + p99);
        }
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("no number of rows: " + rows);
        }
    }
}
