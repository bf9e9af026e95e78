package dev.saywhen.adapter.sandbox;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Runs the commands of plans, each on its lease and cut off by a STOP. */
public final class RunsCommands implements EffectHandler<Effect.RunCommand, dev.saywhen.safety.CommandResult> {
    private final ProvenSandbox sandbox;
    private final Function<RunId, Path> workTrees;
    private final Path home;
    private final Duration timeLimit;
    private final long outputLimit;
    private final StopSwitch stops;
    private final AtomicInteger sharingNetwork = new AtomicInteger();
    private final AtomicLong number = new AtomicLong();
    private final Map<RunId, CopyOnWriteArrayList<RunningCommand>> unsettled = new ConcurrentHashMap<>();

    /**
     * @param workTrees where the files of a run are
     * @param home full output goes below {@code output}, what a run fetched below {@code cache/runs}, and what the host's own
     *     stop has to kill below {@code leases}
     */
    public RunsCommands(
            ProvenSandbox sandbox,
            Function<RunId, Path> workTrees,
            Path home,
            Duration timeLimit,
            long outputLimit,
            StopSwitch stops) {
        this.sandbox = sandbox;
        this.workTrees = workTrees;
        this.home = home;
        this.timeLimit = timeLimit;
        this.outputLimit = outputLimit;
        this.stops = stops;
    }

    /** What a STOP could not end and is alive still, as "comm, pid N". */
    public List<String> survivorsOf(RunId run) {
        return unsettled.getOrDefault(run, new CopyOnWriteArrayList<>()).stream()
                .flatMap(running -> running.alive().stream())
                .distinct()
                .toList();
    }

    /** Whether a command that uses the host's network runs now. */
    public boolean isSharingNetwork() {
        return sharingNetwork.get() > 0;
    }

    @Override
    public dev.saywhen.safety.CommandResult perform(Clearance<Effect.RunCommand> clearance)
            throws IOException, InterruptedException {
        Effect.RunCommand effect = clearance.effect();
        Path output = outputFile(effect.run());
        SandboxCommand command = new SandboxCommand(
                effect.arguments(),
                workTrees.apply(effect.run()),
                Map.of(),
                timeLimit,
                outputLimit,
                output,
                new RunCache(home.resolve("cache").resolve("runs").resolve("run-" + effect.run())),
                effect.sharesNetwork());
        Isolation isolation = sandbox.isolationOrThrow();
        if (effect.sharesNetwork()) {
            sharingNetwork.incrementAndGet();
        }
        try {
            clearance.spend();
            RunningCommand running = isolation.start(command);
            CutOff cutOff = () -> {
                KillReport report = running.kill();
                if (!report.survivors().isEmpty()) {
                    unsettled
                            .computeIfAbsent(effect.run(), _ -> new CopyOnWriteArrayList<>())
                            .addIfAbsent(running);
                }
                return new CutOff.Report(report.killed(), report.survivors());
            };
            try (var _ = stops.onPull(clearance.epoch(), cutOff)) {
                return shown(result(clearance, running, cutOff));
            }
        } finally {
            if (effect.sharesNetwork()) {
                sharingNetwork.decrementAndGet();
            }
        }
    }

    /** Whatever breaks, nothing of it lives on where no STOP would look. */
    private CommandResult result(Clearance<Effect.RunCommand> clearance, RunningCommand running, CutOff cutOff)
            throws IOException, InterruptedException {
        try (var _ = HostLease.write(home.resolve("leases"), clearance.effect().run(), running.pid())) {
            endIfVoid(clearance, cutOff);
            return running.await();
        } catch (Throwable broken) {
            cutOff.cut();
            throw broken;
        }
    }

    /** A gap in hearing ends what is registered, and looks once. */
    private static void endIfVoid(Clearance<?> clearance, CutOff cutOff) {
        try {
            clearance.lookAgain();
        } catch (Clearance.Halted ended) {
            cutOff.cut();
        }
    }

    private Path outputFile(RunId run) throws IOException {
        Path folder = Files.createDirectories(home.resolve("output").resolve("run-" + run));
        Path file;
        do {
            file = folder.resolve("%04d.log".formatted(number.incrementAndGet()));
        } while (Files.exists(file));
        return file;
    }

    private dev.saywhen.safety.CommandResult shown(CommandResult result) {
        var ending = switch (result.ending()) {
            case EXITED -> dev.saywhen.safety.CommandResult.Ending.EXITED;
            case TIMED_OUT -> dev.saywhen.safety.CommandResult.Ending.TIMED_OUT;
            case OUTPUT_LIMIT, OUTPUT_LOST -> dev.saywhen.safety.CommandResult.Ending.TOO_MUCH_OUTPUT;
            case KILLED -> dev.saywhen.safety.CommandResult.Ending.KILLED;
            case LEASE_LOST -> dev.saywhen.safety.CommandResult.Ending.LEASE_LOST;
        };
        String excerpt = result.tail().isEmpty() ? result.head() : result.head() + "\n[...]\n" + result.tail();
        String name = home.relativize(result.outputFile()).toString();
        return new dev.saywhen.safety.CommandResult(ending, result.exitCode(), result.took(), excerpt, name);
    }
}
