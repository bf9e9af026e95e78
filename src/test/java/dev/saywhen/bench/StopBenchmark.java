package dev.saywhen.bench;

import dev.saywhen.adapter.sandbox.Isolation;
import dev.saywhen.adapter.sandbox.KillReport;
import dev.saywhen.adapter.sandbox.NastyChildren;
import dev.saywhen.adapter.sandbox.RunningCommand;
import dev.saywhen.adapter.sandbox.Workshop;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures how long anything beats after a STOP: a command with five kinds of children that outlive a careless kill, each
 * writing the time every millisecond, is told to stop; what counts is the last time that was written.
 *
 * <p>Arguments: repetitions (200), the isolation ({@code bubblewrap} or {@code unshare}).
 */
public final class StopBenchmark {
    private static final Duration BEAT = Duration.ofMillis(1);
    private static final Duration A_MOMENT = Duration.ofMillis(20);

    /** A place where commands run. A wider one than a mere sandbox starts a whole run of the service. */
    public interface Scene {
        /** Starts a command in a work tree, and says how it is stopped. */
        Stop begin(Path workTree, List<String> argv) throws Exception;
    }

    /** The way the STOP is given; returns when it has been carried out. */
    public interface Stop {
        KillReport give() throws Exception;
    }

    /** One STOP: milliseconds until the last beat and until its report, processes killed, and what was left. */
    record Round(double lastBeat, double report, int killed, int survivors) {}

    private final Scene scene;
    private final Path folder;
    private final Clock clock;

    public StopBenchmark(Scene scene, Path folder, Clock clock) {
        this.scene = scene;
        this.folder = folder;
        this.clock = clock;
    }

    public static void main(String[] arguments) throws Exception {
        int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        String level = arguments.length > 1 ? arguments[1] : "bubblewrap";
        Path folder = Files.createTempDirectory("stop-bench");
        try (Workshop shop = new Workshop(folder, Duration.ofSeconds(15))) {
            Isolation isolation = level.equals("unshare") ? shop.unshare() : shop.bubblewrap();
            StopBenchmark benchmark = new StopBenchmark(
                    killing(shop, isolation), folder, Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)));
            List<Round> rounds = benchmark.run(repetitions);
            print(System.out, level, rounds);
            write(Path.of("target", "bench", "stop.json"), level, rounds);
        } finally {
            remove(folder);
        }
    }

    /** The plainest way: the kill itself. */
    private static Scene killing(Workshop shop, Isolation isolation) {
        return (workTree, argv) -> {
            RunningCommand running = isolation.start(shop.command(argv, workTree));
            return running::kill;
        };
    }

    List<Round> run(int repetitions) throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            Path workTree = Files.createDirectory(folder.resolve("round-" + i));
            rounds.add(round(workTree));
            remove(workTree);
        }
        return rounds;
    }

    private Round round(Path workTree) throws Exception {
        NastyChildren children = new NastyChildren(workTree);
        Stop stop = scene.begin(workTree, NastyChildren.argv(BEAT));
        if (!children.awaitAll()) {
            throw new IllegalStateException("Not all children beat.");
        }
        Instant given = clock.instant();
        KillReport report = stop.give();
        double reported = millis(given, clock.instant());
        Instant last = lastBeat(children);
        LockSupport.parkNanos(A_MOMENT.toNanos());
        int stillBeating = lastBeat(children).equals(last) ? 0 : 1;
        return new Round(
                Math.max(0, millis(given, last)),
                reported,
                report.killed(),
                Math.max(stillBeating, report.survivors().size()));
    }

    private static Instant lastBeat(NastyChildren children) throws IOException {
        Instant last = Instant.EPOCH;
        for (String kind : NastyChildren.KINDS) {
            String beats = Files.readString(children.beats(kind));
            int end = beats.lastIndexOf('\n');
            String[] time =
                    beats.substring(beats.lastIndexOf('\n', end - 1) + 1, end).split("[.,]", 2);
            Instant beat = Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1]) * 1_000);
            last = beat.isAfter(last) ? beat : last;
        }
        return last;
    }

    private static double millis(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to) / 1_000.0;
    }

    private static void print(PrintStream out, String level, List<Round> rounds) {
        out.printf(
                Locale.ROOT,
                "STOP of a command with %d kinds of children, level %s, %d repetitions, %d cores, load %.1f%n",
                NastyChildren.KINDS.size(),
                level,
                rounds.size(),
                Runtime.getRuntime().availableProcessors(),
                load());
        out.println("                        min   median      p99      max");
        row(out, "last beat, ms", rounds, Round::lastBeat);
        row(out, "report, ms", rounds, Round::report);
        row(out, "processes killed", rounds, Round::killed);
        out.printf("survivors %d%n", survivors(rounds));
    }

    private static void row(PrintStream out, String name, List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%-18s %8.2f %8.2f %8.2f %8.2f%n",
                name,
                quantile(sorted, 0),
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
    }

    private static void write(Path file, String level, List<Round> rounds) throws IOException {
        double[] sorted = rounds.stream().mapToDouble(Round::lastBeat).sorted().toArray();
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        """
                {"benchmark": "stop", "level": "%s", "repetitions": %d, "cores": %d, "load": %.2f, \
                "unit": "ms until the last beat", "min": %.3f, "median": %.3f, "p99": %.3f, "max": %.3f, "survivors": %d}
                """,
                        level,
                        rounds.size(),
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        quantile(sorted, 0),
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.99),
                        quantile(sorted, 1),
                        survivors(rounds)));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * (sorted.length - 1))];
    }

    private static int survivors(List<Round> rounds) {
        return rounds.stream().mapToInt(Round::survivors).sum();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
