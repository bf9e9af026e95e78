package dev.saywhen.bench;

import dev.saywhen.boot.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * From the command to the first reply in the local chat, and the memory it then has: as the launcher starts the service, and as
 * a jar fit for what the virtual machine can keep from one run for the next, with nothing kept, with an archive of classes
 * that the first start makes, and with an ahead-of-time cache. Two kinds also on G1, which can take more from a cache than
 * the launcher's ZGC; docs/adr/0010 says what followed from it.
 *
 * <p>Argument: starts of each kind (5), in turns so that a change of the machine's mood meets all alike. Each kind has a home
 * of its own; its first start, which makes the database, is told apart. A cache that the virtual machine does not take fails
 * the start here, where a user's would only be slow.
 */
public final class StartBenchmark {
    private static final List<String> G1 = List.of("-XX:-UseZGC", "-XX:+UseG1GC");
    private static final String TASK = "@saywhen Note: text string required max 200";

    private StartBenchmark() {}

    /** How the service is built and started, and what was measured of it. */
    private record Kind(String name, Path application, List<String> options, Path home, List<Start> starts) {
        private Kind(String name, Path application, List<String> options, Path folder) {
            this(name, application, options, folder.resolve(name.replace(' ', '-')), new ArrayList<>());
        }
    }

    /** Milliseconds from the command, and the service's own memory in MB, without its database's. */
    private record Start(double listening, double firstReply, double memory) {}

    /** Of one kind, as they are told: the quickest, the median and the slowest. */
    private record Figures(String listening, String firstReply, String memory, String newHome) {}

    public static void main(String[] arguments) throws Exception {
        int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path plain = Path.of("target", "quarkus-app", "quarkus-run.jar");
        Path fit = built("aot-jar", "bench-aot");
        Path folder = Files.createTempDirectory("start-bench");
        Map<String, Object> figures = new LinkedHashMap<>();
        Machine machine;
        try {
            List<Kind> kinds = List.of(
                    new Kind("fast-jar", plain, List.of(), folder),
                    new Kind("aot-jar", fit, List.of(), folder),
                    new Kind(
                            "aot-jar with archive",
                            fit,
                            List.of(
                                    "-XX:+AutoCreateSharedArchive",
                                    "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa")),
                            folder),
                    new Kind("aot-jar with cache", fit, trained(fit, folder, "ZGC", List.of(), figures), folder),
                    new Kind("fast-jar on G1", plain, G1, folder),
                    new Kind("aot-jar with cache on G1", fit, trained(fit, folder, "G1", G1, figures), folder));
            machine = Machine.now();
            for (int i = 0; i <= starts; i++) {
                for (Kind kind : kinds) {
                    kind.starts().add(start(kind));
                }
            }
            kinds.forEach(kind -> figures.put(kind.name(), figures(kind.starts())));
        } finally {
            Folders.remove(folder);
        }
        System.out.printf("From the command to the first reply, %d starts of each kind%n", starts);
        print(figures);
        System.out.println(machine);
        Report.write("start", machine, figures);
    }

    private static void print(Map<String, Object> figures) {
        String row = "%-25s %-20s %-20s %-20s %s%n";
        figures.forEach((name, value) -> {
            if (value instanceof String told) {
                System.out.println(name + ": " + told);
            }
        });
        System.out.printf(row, "", "listening ms", "first reply ms", "memory MB", "first reply in a new home");
        figures.forEach((name, value) -> {
            if (value instanceof Figures(String listening, String firstReply, String memory, String newHome)) {
                System.out.printf(row, name, listening, firstReply, memory, newHome);
            }
        });
    }

    private static Path built(String type, String folder) throws IOException, InterruptedException {
        System.out.println("Building the " + type + " ...");
        ProcessBuilder maven = new ProcessBuilder(
                        "./mvnw",
                        "-q",
                        "-DskipTests",
                        "-Dquarkus.package.jar.type=" + type,
                        "-Dquarkus.package.output-directory=" + folder,
                        "package")
                .inheritIO();
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (maven.start().waitFor() != 0) {
            throw new IllegalStateException("The " + type + " could not be built.");
        }
        return Path.of("target", folder, "quarkus-run.jar");
    }

    /**
     * Lets the service answer once, as it will be used, and ends it, which makes the cache.
     *
     * @return the options that start it with the cache
     */
    private static List<String> trained(
            Path application, Path folder, String collector, List<String> options, Map<String, Object> figures)
            throws IOException, InterruptedException {
        Path cache = folder.resolve(collector + ".aot");
        List<String> training = new ArrayList<>(options);
        training.add("-XX:AOTCacheOutput=" + cache);
        System.out.println("Making the cache for " + collector + " ...");
        long begun = System.nanoTime();
        try (ServiceProcess service =
                ServiceProcess.startAsUsersDo(folder.resolve("training-" + collector), application, training)) {
            awaitReply(service);
            service.end();
        }
        figures.put(
                "cache for " + collector,
                "%.0f s to make, %d MB".formatted(millisSince(begun) / 1_000, Files.size(cache) / 1_000_000));
        List<String> started = new ArrayList<>(options);
        started.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
        return started;
    }

    private static Start start(Kind kind) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (ServiceProcess service = ServiceProcess.startAsUsersDo(kind.home(), kind.application(), kind.options())) {
            double listening = millisSince(begun);
            awaitReply(service);
            double firstReply = millisSince(begun);
            double memory = memory(service.handle().pid());
            service.end();
            return new Start(listening, firstReply, memory);
        }
    }

    private static void awaitReply(ServiceProcess service) {
        String thread = service.post(null, TASK);
        while (service.texts(thread).stream().noneMatch(text -> text.contains("`plan`"))) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Resident memory; only Linux tells it like this. */
    private static double memory(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1_024.0;
        }
    }

    private static Figures figures(List<Start> starts) {
        List<Start> later = starts.subList(1, starts.size());
        return new Figures(
                spread(later.stream().map(Start::listening)),
                spread(later.stream().map(Start::firstReply)),
                spread(later.stream().map(Start::memory)),
                number(starts.getFirst().firstReply()));
    }

    /** Quickest, median and slowest: of so few starts no more can be said. */
    private static String spread(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return number(sorted.getFirst()) + " / " + number(sorted.get(sorted.size() / 2)) + " / "
                + number(sorted.getLast());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
