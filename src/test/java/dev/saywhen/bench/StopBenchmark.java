package dev.saywhen.bench;

import dev.saywhen.adapter.sandbox.NastyChildren;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.RunsCommands;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.adapter.sandbox.Workshop;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.words.StopPlace;
import dev.saywhen.words.StopRecognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures how long anything beats after a STOP. Each acting run has a command under way, started by the handler that runs
 * the commands of plans, with five kinds of children that outlive a careless kill: a child, one in a session of its own, one
 * whose parents are gone, one that ignores signals, and one that is started again whenever it ends. Each writes the time
 * every millisecond (with many runs: every so many milliseconds as there are runs). The message is recognised, the switch is
 * pulled, and what counts is the last time that was written by anybody.
 *
 * <p>Arguments: repetitions (200), then the number of acting runs (1, 10 and 50, the last two with a twentieth of the
 * repetitions), then the level (bubblewrap and unshare).
 */
public final class StopBenchmark {
    private static final Duration TOO_LONG = Duration.ofMillis(50);
    private static final Duration TARGET = Duration.ofMillis(25);
    private static final Duration LOOK_AFTER = Duration.ofMillis(60);
    private static final StopRecognition RECOGNITION = new StopRecognition(Set.of(), "saywhen");
    private static final StopPlace THREAD = new StopPlace(
            Set.of(StopPlace.Trait.RUN_THREAD, StopPlace.Trait.THREAD_OF_ACTING_RUN, StopPlace.Trait.PROJECT_CHANNEL));

    /** One STOP: milliseconds until the last beat and until every cut-off had reported; processes. */
    record Round(double lastBeat, double reported, int killed, int survivors) {}

    private record Series(String level, int runs, List<Round> rounds) {}

    private final Path folder;
    private final ProvenSandbox sandbox;

    private StopBenchmark(Path folder, ProvenSandbox sandbox) {
        this.folder = folder;
        this.sandbox = sandbox;
    }

    public static void main(String[] arguments) throws Exception {
        int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        List<Integer> runs = arguments.length > 1 ? List.of(Integer.parseInt(arguments[1])) : List.of(1, 10, 50);
        List<String> levels = arguments.length > 2 ? List.of(arguments[2]) : List.of("bubblewrap", "unshare");
        Machine machine = Machine.now();
        List<Series> all = new ArrayList<>();
        Path folder = Files.createTempDirectory("stop-bench");
        try (Workshop shop = new Workshop(folder, Duration.ofSeconds(15))) {
            for (String level : levels) {
                ProvenSandbox sandbox = new ProvenSandbox(SandboxLevel.valueOf(level.toUpperCase(Locale.ROOT))
                        .choose(Workshop.tools(), Files.createDirectory(folder.resolve(level)), shop.lease));
                for (int acting : runs) {
                    int times = acting == 1 ? repetitions : Math.max(1, repetitions / 20);
                    Series series =
                            new Series(level, acting, new StopBenchmark(folder, sandbox).measured(times, acting));
                    print(series, machine);
                    all.add(series);
                }
            }
        } finally {
            Folders.remove(folder);
        }
        Report.write("stop", machine, all.stream().map(StopBenchmark::facts).toList());
        System.out.println(machine);
    }

    private List<Round> measured(int repetitions, int runs) throws Exception {
        for (int warm = 0; warm < 3; warm++) {
            round(runs);
        }
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            rounds.add(round(runs));
        }
        return rounds;
    }

    private Round round(int runs) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        StopSwitch stops = new StopSwitch(0);
        RunsCommands handler = new RunsCommands(
                sandbox, run -> home.resolve("tree-" + run), home, Duration.ofMinutes(10), 50L << 20, stops);
        List<NastyChildren> children = new ArrayList<>();
        List<Future<?>> commands = new ArrayList<>();
        for (RunId run : IntStream.rangeClosed(1, runs).mapToObj(RunId::new).toList()) {
            children.add(new NastyChildren(Files.createDirectory(home.resolve("tree-" + run))));
            commands.add(command(handler, stops, run, Duration.ofMillis(runs)));
        }
        for (NastyChildren family : children) {
            if (!family.awaitAll()) {
                throw new IllegalStateException("Not all children beat.");
            }
        }
        Set<String> namespaces = namespaces(home.resolve("leases"), runs);

        Instant heard = Instant.now();
        String word = RECOGNITION.hear("stop", THREAD).orElseThrow();
        StopPull pull = stops.pull(new StopOrder(null, null, "@ana", word, "#general", null));
        Map<RunId, CutOff.Report> reports = pull.settle(Duration.ofSeconds(10));
        double reported = millis(heard, Instant.now());

        LockSupport.parkNanos(LOOK_AFTER.toNanos());
        Instant last = lastBeat(children);
        LockSupport.parkNanos(LOOK_AFTER.toNanos());
        boolean silent = lastBeat(children).equals(last);
        int left = living(namespaces)
                + reports.values().stream().mapToInt(r -> r.survivors().size()).sum();
        for (Future<?> command : commands) {
            command.get(10, TimeUnit.SECONDS);
        }
        Folders.remove(home);
        return new Round(
                Math.max(0, millis(heard, last)),
                reported,
                reports.values().stream().mapToInt(CutOff.Report::killed).sum(),
                silent ? left : Math.max(1, left));
    }

    private static Future<?> command(RunsCommands handler, StopSwitch stops, RunId run, Duration beat) {
        stops.track(run, false);
        var effect = new Effect.RunCommand(run, NastyChildren.argv(beat), false);
        var clearance = Clearances.live(effect, stops);
        FutureTask<Object> command = new FutureTask<>(() -> handler.perform(clearance));
        Thread.ofVirtual().start(command);
        return command;
    }

    /** The process namespaces that the commands live in, by the files that name their first processes. */
    private static Set<String> namespaces(Path leases, int runs) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Set<String> namespaces = new LinkedHashSet<>();
        while (namespaces.size() < runs) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(namespaces.size() + " namespaces for " + runs + " commands");
            }
            LockSupport.parkNanos(1_000_000);
            namespaces.addAll(namespacesNow(leases));
        }
        return namespaces;
    }

    private static List<String> namespacesNow(Path leases) throws IOException {
        if (!Files.isDirectory(leases)) {
            return List.of();
        }
        List<String> namespaces = new ArrayList<>();
        try (Stream<Path> files = Files.list(leases)) {
            for (Path lease : files.toList()) {
                // Its name is RUN-PID; it may be empty still.
                String name = lease.getFileName().toString();
                Path process = Path.of("/proc", name.substring(name.indexOf('-') + 1), "ns/pid_for_children");
                namespaces.add(Files.readSymbolicLink(process).toString());
            }
        }
        return namespaces;
    }

    private static int living(Set<String> namespaces) {
        return (int) ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return namespaces.contains(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/pid"))
                                .toString());
                    } catch (IOException ended) {
                        return false;
                    }
                })
                .count();
    }

    private static Instant lastBeat(List<NastyChildren> families) throws IOException {
        Instant last = Instant.EPOCH;
        for (NastyChildren children : families) {
            for (String kind : NastyChildren.KINDS) {
                String beats = Files.readString(children.beats(kind));
                int end = beats.lastIndexOf('\n');
                String[] time = beats.substring(beats.lastIndexOf('\n', end - 1) + 1, end)
                        .split("[.,]", 2);
                Instant beat = Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1]) * 1_000);
                last = beat.isAfter(last) ? beat : last;
            }
        }
        return last;
    }

    private static double millis(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to) / 1_000.0;
    }

    private static void print(Series series, Machine machine) {
        System.out.printf(
                Locale.ROOT,
                "STOP, %d acting run%s, level %s, %d repetitions%n",
                series.runs(),
                series.runs() == 1 ? "" : "s",
                series.level(),
                series.rounds().size());
        System.out.println("                              min   median      p99      max");
        row("last beat after STOP, ms", series, Round::lastBeat);
        row("all cut-offs reported, ms", series, Round::reported);
        row("processes killed", series, Round::killed);
        System.out.printf(
                Locale.ROOT,
                "beats later than %d ms: %d   survivors: %d   %s%n%n",
                TOO_LONG.toMillis(),
                late(series),
                survivors(series),
                verdict(series, machine));
    }

    private static String verdict(Series series, Machine machine) {
        if (series.runs() > 1) {
            return "no target set";
        }
        boolean met = quantile(series, Round::lastBeat, 0.99) < TARGET.toMillis()
                && late(series) == 0
                && survivors(series) == 0;
        return "target (p99 under " + TARGET.toMillis() + " ms, none of both): "
                + (met ? "met" : machine.isQuiet() ? "MISSED" : "not measurable");
    }

    private static void row(String name, Series series, ToDoubleFunction<Round> value) {
        System.out.printf(
                Locale.ROOT,
                "%-25s %8.2f %8.2f %8.2f %8.2f%n",
                name,
                quantile(series, value, 0),
                quantile(series, value, 0.5),
                quantile(series, value, 0.99),
                quantile(series, value, 1));
    }

    private static Map<String, Object> facts(Series series) {
        return Map.of(
                "level", series.level(),
                "acting", series.runs(),
                "repetitions", series.rounds().size(),
                "lastBeatMillis",
                        Stream.of(0.0, 0.5, 0.99, 1.0)
                                .map(share -> quantile(series, Round::lastBeat, share))
                                .toList(),
                "quantiles", List.of(0.0, 0.5, 0.99, 1.0),
                "laterThan50Millis", late(series),
                "survivors", survivors(series));
    }

    private static double quantile(Series series, ToDoubleFunction<Round> value, double share) {
        double[] sorted = series.rounds().stream().mapToDouble(value).sorted().toArray();
        return sorted[(int) Math.ceil(share * (sorted.length - 1))];
    }

    private static int survivors(Series series) {
        return series.rounds().stream().mapToInt(Round::survivors).sum();
    }

    private static long late(Series series) {
        return series.rounds().stream()
                .filter(round -> round.lastBeat() > TOO_LONG.toMillis())
                .count();
    }
}
