package dev.saywhen.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies in nanoseconds, shown in milliseconds. */
final class Latency {
    private Latency() {}

    static void printHead(String counted) {
        System.out.printf("%-35s %8s %8s %8s %8s %8s%n", "", "median", "p90", "p99", "max", counted);
    }

    static void print(String name, Histogram latency) {
        System.out.printf(
                Locale.ROOT,
                "%-35s %8.2f %8.2f %8.2f %8.2f %8d%n",
                name,
                millis(latency, 50),
                millis(latency, 90),
                millis(latency, 99),
                millis(latency, 100),
                latency.getTotalCount());
    }

    static Map<String, Object> quantiles(Histogram latency) {
        Map<String, Object> quantiles = new LinkedHashMap<>();
        for (double percentile : new double[] {50, 90, 99, 100}) {
            quantiles.put("millisP" + percentile, millis(latency, percentile));
        }
        quantiles.put("count", latency.getTotalCount());
        return quantiles;
    }

    static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
