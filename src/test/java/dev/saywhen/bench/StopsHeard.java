package dev.saywhen.bench;

import dev.saywhen.boot.Precedence;
import dev.saywhen.flow.StopsUnderLoad;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How soon a STOP is heard behind a burst of ordinary events while runs act, from when it is handed to the network until what
 * the run does is being ended; its permit is dead by then.
 *
 * @param stops behind a burst; a third as many are said alone
 * @param burst events in a burst
 */
record StopsHeard(int stops, int burst) {
    /** How many act at any moment. */
    static final int ACTING = 50;

    private static final int WARMING_STOPS = 60;
    private static final double TARGET_MILLIS = 5;

    /** STOPs (200) and events in a burst (1,000), as a benchmark's first two arguments. */
    static StopsHeard of(List<Integer> arguments) {
        return new StopsHeard(
                arguments.size() > 0 ? arguments.get(0) : 200, arguments.size() > 1 ? arguments.get(1) : 1_000);
    }

    /** Prints the figures and puts them there; whether the target is met. */
    boolean measured(String where, StopsUnderLoad platform, Map<String, Object> figures) throws InterruptedException {
        Precedence.establish(); // as the service does
        Histogram alone = new Histogram(3);
        Histogram behind = new Histogram(3);
        for (int i = 0; i < WARMING_STOPS; i++) {
            platform.stopBehind(burst);
        }
        for (int i = 0; i < stops / 3; i++) {
            alone.recordValue(platform.stopBehind(0).toNanos());
        }
        for (int i = 0; i < stops; i++) {
            behind.recordValue(platform.stopBehind(burst).toNanos());
        }
        System.out.printf("STOP heard by %s while %d runs act, ms from when it was sent%n", where, ACTING);
        Latency.printHead("STOPs");
        Latency.print("alone", alone);
        Latency.print("behind a burst of " + burst + " events", behind);
        boolean met = Latency.millis(behind, 99) < TARGET_MILLIS;
        System.out.printf(Locale.ROOT, "target (p99 under %.0f ms): %s%n%n", TARGET_MILLIS, met ? "met" : "missed");
        figures.put("stopAlone", Latency.quantiles(alone));
        figures.put("stopBehindBurst", Latency.quantiles(behind));
        return met;
    }
}
