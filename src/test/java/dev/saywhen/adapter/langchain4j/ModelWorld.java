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
import dev.saywhen.adapter.sandbox.KeptOutputs;
import dev.saywhen.adapter.sandbox.Lease;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.RunsCommands;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.Deliveries;
import dev.saywhen.flow.LiveThreads;
import dev.saywhen.flow.Phases;
import dev.saywhen.flow.Progress;
import dev.saywhen.flow.Project;
import dev.saywhen.flow.Projects;
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
import dev.saywhen.flow.fakes.FakeChat;
import dev.saywhen.flow.fakes.FakeJournal;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.FakeOutbox;
import dev.saywhen.flow.fakes.FakeRehearsal;
import dev.saywhen.flow.fakes.FakeStopLog;
import dev.saywhen.flow.fakes.FakeStore;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.TeamId;
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

/** A service whose engineer asks a {@link ScriptedModel}: real git, real sandbox, real tools; chat and store in memory. */
final class ModelWorld implements AutoCloseable {
    static final String KEY = "sk-planted-0123456789abcdef";
    private static final TeamId TEAM = new TeamId(new Platform("local"), "local");
    private static final ChannelId CHANNEL = new ChannelId(TEAM, "orders-dev");
    private static final ProjectName PROJECT = new ProjectName("shop");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ScriptedModel model;
    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final Power power = new Power();
    final FakeLedger ledger = new FakeLedger(clock, power);
    final FakeOutbox outbox = new FakeOutbox(power);
    final FakeStore store = new FakeStore(outbox, ledger, power);
    final FakeChat chat = new FakeChat(TEAM.platform(), clock);
    final List<String> broken = new CopyOnWriteArrayList<>();
    final Path repository;
    final GitWorkspace workspace;
    private final Lease lease = new Lease(Duration.ofSeconds(15));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StopFirstInbox inbox;
    private final Deliveries deliveries;
    private int messages;

    /** How the model is reached and what it may use. */
    record Options(boolean streaming, Budget budget, Duration timeout) {
        static final Options USUAL =
                new Options(true, new Budget(Duration.ofHours(2), 2_000_000), Duration.ofSeconds(30));
    }

    ModelWorld(Path folder, ScriptedModel model, Map<String, String> files, Options options) throws IOException {
        this.model = model;
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
        FakeApprovers approvers = new FakeApprovers(actor("ana"), actor("bo"));
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        Mentions mentions = new Mentions("saywhen");
        Commands commands = new Commands("saywhen");
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                approvers,
                new GitBaseCheck(workspace),
                ledger,
                new Hearing(Duration.ofSeconds(15), clock, Set.of(TEAM)),
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
                        }),
                commandsOfRuns::isSharingNetwork);
        Gate gate = new Gate(ports, new AuthorizationChecks(phrases, ports, Duration.ofSeconds(10), clock), clock);
        KeptOutputs outputs = new KeptOutputs(home);
        KnownBuilds builds = new KnownBuilds(outputs, Map.of());
        ModelEngineer engineer = new ModelEngineer(
                new ModelSetting(
                        ModelSetting.Provider.OPENAI,
                        "scripted",
                        model.url(),
                        KEY,
                        new BigDecimal("2.00"),
                        new BigDecimal("8.00"),
                        options.streaming(),
                        options.timeout(),
                        Duration.ofMillis(5)),
                new ToolBox(builds, outputs)::in,
                builds,
                _ -> options.budget(),
                ledger,
                stops,
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
        RunDriver driver =
                new RunDriver(runs, phases, gate, stops, lanes, new Progress(outbox, engineer, clock), clock);
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
        Projects projects = new Projects(List.of(new Project(PROJECT, Set.of(CHANNEL.value()))));
        Router router = new Router(
                runs, live, projects, mentions, commands, phrases, lanes, driver, talk, outbox, given -> given);
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
        inbox = new StopFirstInbox(
                new StopRecognition(Set.of(), "saywhen"), mentions, stops, desk, live, projects, router, threads);
        deliveries = new Deliveries(
                outbox, chat, runs, Duration.ofHours(24), clock, (key, failure) -> broken.add(key + ": " + failure));
        new Recovery(runs, stops, desk, new FakeJournal(), ledger, ledger, driver, deliveries, router).load(inbox);
    }

    private static String trace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static ActorId actor(String name) {
        return new ActorId(TEAM, name);
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
        MessageId id = new MessageId(CHANNEL, "p" + ++messages);
        post(new InboundMessage(id, new ThreadId(id), person("ana"), text, clock.instant(), null, Set.of()));
        return new ThreadId(id);
    }

    void say(ThreadId thread, String text) {
        clock.tick(Duration.ofSeconds(1));
        MessageId id = new MessageId(CHANNEL, "p" + ++messages);
        post(new InboundMessage(id, thread, person("ana"), text, clock.instant(), null, Set.of()));
    }

    private static Author person(String name) {
        return new Author(actor(name), Author.Kind.PERSON);
    }

    private void post(InboundMessage message) {
        InboundEvent event = new InboundEvent.Posted(message);
        inbox.hear(event);
        inbox.accept(event);
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
        return chat.in(thread).stream().map(FakeChat.Shown::text).toList();
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
                        + chat.all().stream().map(FakeChat.Shown::text).toList());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** What the trail says was refused, and why. */
    List<String> refusals() {
        return ledger.events().stream()
                .filter(AuditEvent.Refused.class::isInstance)
                .map(event -> ((AuditEvent.Refused) event).sentence())
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lease.close();
    }
}
