package dev.saywhen.adapter.langchain4j;

import dev.saywhen.adapter.build.KnownBuilds;
import dev.saywhen.adapter.git.CommitsFiles;
import dev.saywhen.adapter.git.GitBaseCheck;
import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitProject;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.adapter.git.OpensWorkTrees;
import dev.saywhen.adapter.git.PublishesBranches;
import dev.saywhen.adapter.git.RevertsCommits;
import dev.saywhen.adapter.git.WritesFiles;
import dev.saywhen.adapter.mcp.CallsTools;
import dev.saywhen.adapter.mcp.McpServer;
import dev.saywhen.adapter.sandbox.KeptOutputs;
import dev.saywhen.adapter.sandbox.Lease;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.RunsCommands;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.Tool;
import dev.saywhen.flow.CalledOutside;
import dev.saywhen.flow.Deliveries;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.LiveThreads;
import dev.saywhen.flow.Phases;
import dev.saywhen.flow.Progress;
import dev.saywhen.flow.Project;
import dev.saywhen.flow.Projects;
import dev.saywhen.flow.RecordedCalls;
import dev.saywhen.flow.Recovery;
import dev.saywhen.flow.Router;
import dev.saywhen.flow.RunDriver;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.flow.RunLanes;
import dev.saywhen.flow.Runs;
import dev.saywhen.flow.StopDesk;
import dev.saywhen.flow.StopFirstInbox;
import dev.saywhen.flow.StoredRevisions;
import dev.saywhen.flow.ThreadTalk;
import dev.saywhen.flow.fakes.FakeHearingLog;
import dev.saywhen.flow.fakes.FakeJournal;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.FakeOutbox;
import dev.saywhen.flow.fakes.FakeRehearsal;
import dev.saywhen.flow.fakes.FakeStopLog;
import dev.saywhen.flow.fakes.FakeStore;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.ThreadId;
import dev.saywhen.phase.AskPhase;
import dev.saywhen.phase.DebugPhase;
import dev.saywhen.phase.DocumentPhase;
import dev.saywhen.phase.ExecutePhase;
import dev.saywhen.phase.PlanPhase;
import dev.saywhen.phase.ReviewPhase;
import dev.saywhen.phase.Workshop;
import dev.saywhen.plan.Budget;
import dev.saywhen.run.Run;
import dev.saywhen.safety.AuthorizationChecks;
import dev.saywhen.safety.EffectHandlers;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Hearing;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.fakes.FakeApprovers;
import dev.saywhen.safety.fakes.TickingClock;
import dev.saywhen.tool.ToolBox;
import dev.saywhen.words.Commands;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.Mentions;
import dev.saywhen.words.NearMiss;
import dev.saywhen.words.StopRecognition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service whose engineer asks a {@link ScriptedModel}: real git, real sandbox, real tools; chat and store in memory. */
final class ModelWorld implements AutoCloseable {
    static final String KEY = "sk-planted-0123456789abcdef";
    private static final ProjectName PROJECT = new ProjectName("shop");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final ScriptedModel model;
    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final Power power = new Power();
    final FakeLedger ledger = new FakeLedger(clock, power);
    final FakeOutbox outbox = new FakeOutbox(power);
    final FakeStore store = new FakeStore(outbox, ledger, power);
    final Place place;
    final List<String> broken = new CopyOnWriteArrayList<>();
    final Path repository;
    final GitWorkspace workspace;
    private final Lease lease = new Lease(Duration.ofSeconds(15));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deliveries deliveries;

    /**
     * How the model is reached, what it may use, and where people talk.
     *
     * @param provider how the model is spoken to
     * @param step what one step may use at most
     * @param day what all runs may use at most
     * @param servers whose tools plans may name
     * @param more tools beside those of the service
     */
    record Options(
            ModelSetting.Provider provider,
            boolean streaming,
            Budget budget,
            Duration timeout,
            Duration backOff,
            List<Tool<?>> more,
            Place.Opened place,
            @Nullable Budget step,
            @Nullable Budget day,
            List<McpServer> servers) {
        static final Options USUAL = new Options(
                ModelSetting.Provider.OPENAI,
                true,
                new Budget(Duration.ofHours(2), 2_000_000),
                Duration.ofSeconds(30),
                Duration.ofMillis(5),
                List.of(),
                LocalPlace::new,
                null,
                null,
                List.of());

        Options by(ModelSetting.Provider other) {
            return new Options(other, streaming, budget, timeout, backOff, more, place, step, day, servers);
        }

        Options streaming(boolean is) {
            return new Options(provider, is, budget, timeout, backOff, more, place, step, day, servers);
        }

        Options budget(Budget other) {
            return new Options(provider, streaming, other, timeout, backOff, more, place, step, day, servers);
        }

        Options timeout(Duration other) {
            return new Options(provider, streaming, budget, other, backOff, more, place, step, day, servers);
        }

        Options backOff(Duration other) {
            return new Options(provider, streaming, budget, timeout, other, more, place, step, day, servers);
        }

        Options with(Tool<?> tool) {
            return new Options(provider, streaming, budget, timeout, backOff, List.of(tool), place, step, day, servers);
        }

        Options step(Budget most) {
            return new Options(provider, streaming, budget, timeout, backOff, more, place, most, day, servers);
        }

        Options day(long tokens) {
            Budget most = new Budget(ModelAllowance.WINDOW, tokens);
            return new Options(provider, streaming, budget, timeout, backOff, more, place, step, most, servers);
        }

        Options with(McpServer server) {
            return new Options(provider, streaming, budget, timeout, backOff, more, place, step, day, List.of(server));
        }

        ModelAllowance allowance() {
            return new ModelAllowance(budget, step, day, 3);
        }

        Options in(Place.Opened other) {
            return new Options(provider, streaming, budget, timeout, backOff, more, other, step, day, servers);
        }
    }

    ModelWorld(Path folder, ScriptedModel model, Map<String, String> files, Options options) throws IOException {
        this.model = model;
        this.place = options.place().at(clock);
        this.repository = repository(folder.resolve("repository"), files);
        Path home = Files.createDirectories(folder.resolve("home"));
        Clock now = Clock.fixed(clock.instant(), ZoneOffset.UTC);
        GitCommand git = new GitCommand(home.resolve("cache/git"));
        workspace = new GitWorkspace(List.of(new GitProject(PROJECT, repository.toString(), "main")), home, git, now);
        ProvenSandbox sandbox = new ProvenSandbox(SandboxLevel.BUBBLEWRAP.choose(
                dev.saywhen.adapter.sandbox.Workshop.tools(), Files.createDirectory(folder.resolve("sandbox")), lease));
        StopSwitch stops = new StopSwitch(0);
        LiveThreads live = new LiveThreads();
        Runs runs = new Runs(store, live, stops, new RunFeed());
        RunsCommands commandsOfRuns =
                new RunsCommands(sandbox, workspace::folder, home, Duration.ofMinutes(2), 50L << 20, stops);
        FakeApprovers approvers = new FakeApprovers(place.ana());
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        Mentions mentions = new Mentions("saywhen");
        Commands commands = new Commands("saywhen");
        Hearing hearing = new Hearing(Duration.ofSeconds(15), clock, Set.of(place.team()));
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                approvers,
                new GitBaseCheck(workspace, stops),
                ledger,
                hearing,
                stops,
                new EffectHandlers(
                        new OpensWorkTrees(workspace, stops),
                        new WritesFiles(workspace),
                        commandsOfRuns,
                        new CommitsFiles(workspace, stops),
                        new RevertsCommits(workspace, stops),
                        new PublishesBranches(workspace, stops),
                        _ -> {
                            throw new AssertionError("no database here");
                        },
                        _ -> {
                            throw new AssertionError("no database here");
                        },
                        new CallsTools(options.servers(), stops)),
                commandsOfRuns::isSharingNetwork,
                new RecordedCalls(ledger));
        Gate gate = new Gate(ports, new AuthorizationChecks(phrases, ports, Duration.ofSeconds(10), clock), clock);
        KeptOutputs outputs = new KeptOutputs(home);
        KnownBuilds builds = new KnownBuilds(outputs, Map.of());
        ModelEngineer engineer = new ModelEngineer(
                new ModelSetting(
                        options.provider(),
                        "scripted",
                        model.url(),
                        KEY,
                        new BigDecimal("2.00"),
                        new BigDecimal("8.00"),
                        options.streaming(),
                        options.timeout(),
                        options.backOff()),
                phase -> Stream.concat(new ToolBox(builds, outputs).in(phase).stream(), options.more().stream())
                        .toList(),
                builds,
                project -> options.servers().stream()
                        .flatMap(server -> server.tools(project).stream())
                        .toList(),
                _ -> options.allowance(),
                ledger,
                ledger,
                stops,
                clock,
                List.of(KEY));
        Workshop workshop = new Workshop(engineer, workspace, new FakeRehearsal(), gate, ledger);
        Phases phases = new Phases(
                new AskPhase(engineer, workspace),
                new PlanPhase(
                        engineer,
                        workspace,
                        new FakeRehearsal(),
                        sandbox,
                        approvers,
                        _ -> options.budget(),
                        ledger,
                        Duration.ofHours(24),
                        clock),
                new ExecutePhase(workshop),
                new DebugPhase(workshop),
                new ReviewPhase(workshop),
                new DocumentPhase(workshop));
        RunLanes lanes = new RunLanes(threads, (lane, failure) -> broken.add(lane + ": " + trace(failure)));
        RunDriver driver = new RunDriver(
                runs,
                phases,
                gate,
                stops,
                lanes,
                new Progress(outbox, engineer, clock),
                new CalledOutside(runs.store(), ledger),
                clock);
        ThreadTalk talk = new ThreadTalk(
                runs,
                live,
                new ThreadTalk.Reading(phrases, new NearMiss("saywhen"), commands, mentions),
                gate,
                stops,
                approvers,
                driver,
                workspace,
                outbox,
                "What I do.");
        Projects projects = new Projects(List.of(new Project(PROJECT, Set.of(Place.CHANNEL))), place.directories());
        Router router = new Router(
                runs, live, projects, mentions, commands, phrases, lanes, driver, talk, outbox, place::known);
        FakeStopLog stopLog = new FakeStopLog(power);
        StopDesk desk = new StopDesk(
                runs,
                commandsOfRuns::survivorsOf,
                live,
                stopLog,
                new FakeJournal(),
                ledger,
                outbox,
                workspace,
                sandbox,
                threads,
                clock,
                time -> LockSupport.parkNanos(1_000_000));
        StopFirstInbox inbox = new StopFirstInbox(
                new StopRecognition(Set.of(), "saywhen"), mentions, stops, desk, live, projects, router, threads);
        deliveries = new Deliveries(
                outbox,
                place.gateway(),
                runs,
                Duration.ofHours(24),
                clock,
                (key, failure) -> broken.add(key + ": " + failure));
        new Recovery(runs, stops, desk, new FakeJournal(), ledger, ledger, driver, deliveries, router).load(inbox);
        place.open(
                inbox, new HearingWatch(hearing, live, stops, driver, new FakeHearingLog(), threads, clock), threads);
    }

    private static String trace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static Path repository(Path root, Map<String, String> files) throws IOException {
        Files.createDirectories(root);
        git(root, "init", "--quiet", "--initial-branch=main");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git(root, "add", "--all");
        git(root, "commit", "--quiet", "-m", "Begin");
        return root;
    }

    /** What git says in the people's repository. */
    String git(String... arguments) {
        return git(repository, arguments);
    }

    private static String git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "git", "-C", root.toString(), "-c", "user.name=A Person", "-c", "user.email=person@example.org"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                throw new AssertionError(command + ": " + output);
            }
            return output;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    ThreadId ask(String text) {
        return place.ask(text);
    }

    void say(ThreadId thread, String text) {
        clock.tick(Duration.ofSeconds(1));
        place.say(thread, text);
    }

    String state(ThreadId thread) {
        return store.all().stream()
                .filter(run -> run.thread().equals(thread))
                .findFirst()
                .map(run -> run.state().name() + " " + run.state().phase())
                .orElse("none");
    }

    Run run(ThreadId thread) {
        return store.all().stream()
                .filter(run -> run.thread().equals(thread))
                .findFirst()
                .orElseThrow();
    }

    List<String> said(ThreadId thread) {
        deliveries.round();
        return place.shown(thread);
    }

    String saidWith(ThreadId thread, String beginning) {
        await("\"" + beginning + "\"", () -> said(thread).stream().anyMatch(text -> text.startsWith(beginning)));
        return said(thread).stream()
                .filter(text -> text.startsWith(beginning))
                .reduce((_, newer) -> newer)
                .orElseThrow();
    }

    void awaitState(ThreadId thread, String state) {
        await(state, () -> state(thread).equals(state));
    }

    void await(String what, BooleanSupplier is) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!is.getAsBoolean()) {
            deliveries.round();
            if (System.nanoTime() > end) {
                throw new AssertionError("not seen: " + what + "\n" + store.all() + "\n" + broken + "\n"
                        + store.all().stream()
                                .map(run -> place.shown(run.thread()))
                                .toList());
            }
            place.waits();
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** The calls of the model, as the trail has them. */
    List<AuditEvent.ModelCalled> calls() {
        return ledger.events().stream()
                .filter(AuditEvent.ModelCalled.class::isInstance)
                .map(AuditEvent.ModelCalled.class::cast)
                .toList();
    }

    /** What the trail says was refused, and why. */
    List<String> refusals() {
        return ledger.events().stream()
                .filter(AuditEvent.Refused.class::isInstance)
                .map(event -> ((AuditEvent.Refused) event).sentence())
                .toList();
    }

    @Override
    public void close() throws IOException {
        place.close();
        threads.shutdownNow();
        lease.close();
    }
}
