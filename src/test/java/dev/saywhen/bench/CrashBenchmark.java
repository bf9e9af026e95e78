package dev.saywhen.bench;

import dev.saywhen.boot.ServiceUnderCrash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kills the built service again and again at random points, while it starts and while a run is asked for, planned,
 * authorized, done and resumed, and looks after each new start: is everything there that was let in, has a run acted
 * without a yes, does a run that was cut off say that it is held.
 *
 * <p>Arguments: rounds (50), seed (1). Each round is one start of the service on the same home. The commands of the runs are
 * a shell script's in place of Maven's; the rest is what users run. Exit code 1 if a promise was broken.
 */
public final class CrashBenchmark {
    private CrashBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        Machine machine = Machine.now();
        Path folder = Files.createTempDirectory("crash-bench");
        Map<String, Object> figures = new LinkedHashMap<>(Map.of("seed", seed));
        boolean holds;
        try (ServiceUnderCrash service = new ServiceUnderCrash(folder, seed)) {
            long begun = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                service.round();
            }
            service.lastLook();
            figures.put("seconds", (System.nanoTime() - begun) / 1_000_000_000);
            figures.putAll(service.counts());
            service.broken().forEach(line -> System.out.println("BROKEN " + line));
            holds = service.broken().isEmpty();
        } finally {
            Folders.remove(folder);
        }
        System.out.printf("kill -9 of the service, %d rounds%n", rounds);
        figures.forEach((name, value) -> System.out.printf("%-55s %8s%n", name, value));
        System.out.println(machine);
        Report.write("crash", machine, figures);
        System.exit(holds ? 0 : 1);
    }
}
