package dev.saywhen.bench;

import dev.saywhen.adapter.database.DemoDatabase;
import dev.saywhen.adapter.database.MigrationTimes;
import dev.saywhen.adapter.database.StopPoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the proof costs: the rehearsal and the application of 20 change sets against plain Liquibase on the same, and the time
 * from a STOP until all is rolled back and looked at, at random points of a plan of 50 steps.
 *
 * <p>Arguments: STOPs (200), seed (1), rows of each size (20000 and 1000000). Exit code 1 if after a STOP the database was not
 * as the receipt said, or a session or a lock was left.
 */
public final class MigrateBenchmark {
    private static final int STEPS = 50;

    private MigrateBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int stops = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<Integer> sizes = new ArrayList<>();
        for (int at = 2; at < arguments.length; at++) {
            sizes.add(Integer.parseInt(arguments[at]));
        }
        Machine machine = Machine.now();
        Path folder = Files.createTempDirectory("migrate-bench");
        Map<String, Object> figures = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        try (DemoDatabase demo = new DemoDatabase(folder)) {
            for (int rows : sizes.isEmpty() ? List.of(20_000, 1_000_000) : sizes) {
                new MigrationTimes(demo, folder, rows).measure(figures);
            }
            figures.putAll(stopped(demo, stops, seed, wrong));
        } finally {
            Folders.remove(folder);
        }
        wrong.forEach(line -> System.out.println("BROKEN " + line));
        figures.forEach((name, value) -> System.out.printf("%-60s %10s%n", name, value));
        System.out.println(machine);
        Report.write("migrate", machine, figures);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static Map<String, Object> stopped(DemoDatabase demo, int stops, long seed, List<String> wrong)
            throws Exception {
        StopPoints points = new StopPoints(demo, STEPS, seed);
        List<Duration> took = new ArrayList<>();
        int steps = 0;
        for (int round = 0; round < stops; round++) {
            StopPoints.Result result = points.stopSomewhere();
            took.add(result.took());
            wrong.addAll(result.wrong());
            steps += result.steps();
        }
        took.sort(null);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("STOPs at random points of " + STEPS + " steps, seed " + seed, stops);
        figures.put("steps committed before them", steps);
        figures.put(
                "STOP to rolled back and looked at, median, ms",
                took.get(stops / 2).toMillis());
        figures.put(
                "STOP to rolled back and looked at, p99, ms",
                took.get(stops * 99 / 100).toMillis());
        figures.put(
                "STOP to rolled back and looked at, worst, ms", took.getLast().toMillis());
        figures.put("not as the receipt says, sessions or locks left", wrong.size());
        return figures;
    }
}
