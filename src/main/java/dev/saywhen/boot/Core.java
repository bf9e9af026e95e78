package dev.saywhen.boot;

import dev.saywhen.adapter.database.AppliesChangeSets;
import dev.saywhen.adapter.database.ChangeLogEngineer;
import dev.saywhen.adapter.database.DatabaseBaseCheck;
import dev.saywhen.adapter.database.PostgresRehearsal;
import dev.saywhen.adapter.database.RollsBackChangeSets;
import dev.saywhen.adapter.database.Target;
import dev.saywhen.adapter.git.CommitsFiles;
import dev.saywhen.adapter.git.DemoRepository;
import dev.saywhen.adapter.git.GitBaseCheck;
import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.adapter.git.OpensWorkTrees;
import dev.saywhen.adapter.git.PublishesBranches;
import dev.saywhen.adapter.git.RevertsCommits;
import dev.saywhen.adapter.git.WritesFiles;
import dev.saywhen.adapter.mcp.CallsTools;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.RunsCommands;
import dev.saywhen.adapter.store.StopFile;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.flow.CalledOutside;
import dev.saywhen.flow.Deliveries;
import dev.saywhen.flow.HearingLog;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Limits;
import dev.saywhen.flow.LiveThreads;
import dev.saywhen.flow.Outbox;
import dev.saywhen.flow.Phases;
import dev.saywhen.flow.Progress;
import dev.saywhen.flow.Projects;
import dev.saywhen.flow.RecordedCalls;
import dev.saywhen.flow.Recovery;
import dev.saywhen.flow.Router;
import dev.saywhen.flow.RunDriver;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.flow.RunLanes;
import dev.saywhen.flow.RunStore;
import dev.saywhen.flow.Runs;
import dev.saywhen.flow.StopDesk;
import dev.saywhen.flow.StopFirstInbox;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.flow.StoredRevisions;
import dev.saywhen.flow.ThreadTalk;
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
import dev.saywhen.run.Run;
import dev.saywhen.safety.AuthorizationChecks;
import dev.saywhen.safety.EffectHandlers;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Hearing;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.words.Commands;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.Mentions;
import dev.saywhen.words.NearMiss;
import dev.saywhen.words.StopRecognition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Everything that is not a framework's, put together once. Read from top to bottom it is the way of a message. */
final class Core {
    private static final Logger LOG = Logger.getLogger(Core.class);
    private static final TeamId LOCAL = new TeamId(new Platform("local"), "local");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LiveThreads live = new LiveThreads();
    private final ProvenSandbox sandbox;
    private final List<Carrier> carriers = new ArrayList<>();
    private final HearingWatch watch;
    private final RunDriver driver;
    private final Recovery recovery;
    private final Limits limits;
    private final StopDesk desk;
    private final StopOrders stopOrders;
    private final StopFirstInbox inbox;
    private final Runnable witness;
    private final Clock clock;
    private volatile boolean ending;

    /**
     * What the framework brings.
     *
     * @param witness looks how far the audit chains reach now
     */
    record Outside(
            RunStore store,
            Outbox outbox,
            AuditTrail trail,
            AuditLog log,
            ModelUse use,
            StopLog stopLog,
            HearingLog hearingLog,
            List<ChatGateway> gateways,
            Directories directories,
            RunFeed feed,
            Runnable witness) {
        Outside {
            gateways = List.copyOf(gateways);
        }
    }

    Core(SaywhenConfig config, Outside outside, ProvenSandbox sandbox, Path home, Clock clock) {
        this.sandbox = sandbox;
        this.witness = outside.witness();
        this.clock = clock;
        GitCommand git = new GitCommand(home.resolve("cache").resolve("git"));
        ConfiguredProjects configured = new ConfiguredProjects(
                config.projects(),
                () -> new DemoRepository(home, git, clock).make().toString());
        Projects projects =
                new Projects(configured.withChannels(), outside.directories().byPlatform());
        ConfiguredApprovers approvers =
                new ConfiguredApprovers(configured.all(), config.people(), outside.directories());
        GitWorkspace workspace = new GitWorkspace(configured.repositories(), home, git, clock);
        workspace.clearLeftovers();

        StopSwitch stops = new StopSwitch(outside.stopLog().newestEpoch());
        Hearing hearing = new Hearing(config.hearing().limit(), clock, Set.of(LOCAL));
        Outbox outbox = new SignallingOutbox(outside.outbox(), this::deliverNow);
        outside.feed().onChange(_ -> deliverNow());
        Runs runs = new Runs(outside.store(), live, stops, outside.feed());

        ConsentPhrases phrases = new ConsentPhrases(config.phrases().orElse(ConsentPhrases.CLOSED_LIST), config.name());
        Mentions mentions = new Mentions(config.name());
        Commands commands = new Commands(config.name());
        StopRecognition recognition =
                new StopRecognition(new HashSet<>(config.stop().words().orElse(List.of())), config.name());

        RunsCommands runsCommands = new RunsCommands(
                sandbox,
                workspace::folder,
                home,
                config.command().timeLimit(),
                config.command().outputLimit().asLongValue(),
                stops);
        Map<ProjectName, Target> databases = ConfiguredDatabases.targets(configured.all(), home);
        PostgresRehearsal rehearsal = new PostgresRehearsal(
                databases,
                ConfiguredDatabases.confinement(sandbox),
                () -> ConfiguredDatabases.programs(home),
                home.resolve("cache").resolve("rehearsals"),
                stops);
        rehearsal.clearLeftovers();
        ConfiguredServers servers = new ConfiguredServers(config);
        EffectHandlers handlers = new EffectHandlers(
                new OpensWorkTrees(workspace, stops),
                new WritesFiles(workspace),
                runsCommands,
                new CommitsFiles(workspace, stops),
                new RevertsCommits(workspace, stops),
                new PublishesBranches(workspace, stops),
                new AppliesChangeSets(databases, stops, (run, text) -> note(outbox, runs.get(run), text)),
                new RollsBackChangeSets(
                        databases, stops, (run, text) -> note(outbox, runs.get(run), text), rehearsal::remember),
                new CallsTools(servers.all(), stops));
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                approvers,
                new DatabaseBaseCheck(new GitBaseCheck(workspace, stops), rehearsal, stops),
                outside.trail(),
                hearing,
                stops,
                handlers,
                runsCommands::isSharingNetwork,
                new RecordedCalls(outside.log()));
        Gate gate = new Gate(
                ports, new AuthorizationChecks(phrases, ports, config.plan().readingTime(), clock), clock);

        Engineer engineer = new ChangeLogEngineer(ConfiguredModel.engineer(
                config, configured, servers, outside.trail(), outside.use(), stops, clock, home));
        Workshop workshop = new Workshop(engineer, workspace, rehearsal, gate, outside.trail());
        Phases phases = new Phases(
                new AskPhase(engineer, workspace),
                new PlanPhase(
                        engineer,
                        workspace,
                        rehearsal,
                        sandbox,
                        approvers,
                        configured::budget,
                        outside.trail(),
                        config.plan().timeToLive(),
                        clock),
                new ExecutePhase(workshop),
                new DebugPhase(workshop),
                new ReviewPhase(workshop),
                new DocumentPhase(workshop));
        RunLanes lanes = new RunLanes(threads, (lane, failure) -> LOG.errorf(failure, "lane broke lane=%s", lane));
        this.driver = new RunDriver(
                runs,
                phases,
                gate,
                stops,
                lanes,
                new Progress(outbox, engineer, clock),
                new CalledOutside(runs.store(), outside.log()),
                clock);
        ThreadTalk talk = new ThreadTalk(
                runs,
                live,
                new ThreadTalk.Reading(phrases, new NearMiss(config.name()), commands, mentions),
                gate,
                stops,
                approvers,
                driver,
                workspace,
                outbox,
                Help.text(config.name(), engineer));
        Router router = new Router(
                runs,
                live,
                projects,
                mentions,
                commands,
                phrases,
                lanes,
                driver,
                talk,
                outbox,
                message -> known(message, outside.directories()));

        StopFile journal = new StopFile(home.resolve("logs").resolve("stops-not-recorded"));
        this.desk = new StopDesk(
                runs,
                runsCommands::survivorsOf,
                live,
                outside.stopLog(),
                journal,
                outside.trail(),
                outbox,
                workspace,
                sandbox,
                threads,
                clock,
                time -> LockSupport.parkNanos(time.toNanos()));
        this.inbox = new StopFirstInbox(recognition, mentions, stops, desk, live, projects, router, threads);
        this.stopOrders = new StopOrders(home.resolve("stop"), inbox);
        outside.gateways()
                .forEach(gateway -> carriers.add(
                        new Carrier(outbox, gateway, runs, config.plan().timeToLive(), clock)));
        Deliveries deliveries = carriers.getFirst().deliveries();
        this.recovery =
                new Recovery(runs, stops, desk, journal, outside.trail(), outside.log(), driver, deliveries, router);
        this.watch = new HearingWatch(hearing, live, stops, driver, outside.hearingLog(), threads, clock);
        this.limits = new Limits(runs, live, driver, router, clock);
    }

    Inbox inbox() {
        return inbox;
    }

    /** Goes the ways of a STOP, those of platforms too, while the service begins to work. */
    void warmUp(List<Function<Inbox, StopWarmUp.Way>> platforms) {
        List<Function<Inbox, StopWarmUp.Way>> ways = new ArrayList<>(platforms);
        ways.add(listener -> number -> listener.hear(said(number)));
        Thread.ofPlatform()
                .daemon()
                .name("stop-warm-up")
                .priority(Thread.MIN_PRIORITY)
                .start(new StopWarmUp(
                        inbox.forWarmUp(), ways, broken -> LOG.warn("a way of a STOP could not be warmed up", broken)));
    }

    private InboundEvent said(int number) {
        MessageId message = new MessageId(new ChannelId(LOCAL, "warm-up"), Integer.toString(number));
        Author author = new Author(new ActorId(LOCAL, "warm-up"), Author.Kind.PERSON);
        return new InboundEvent.Posted(
                new InboundMessage(message, new ThreadId(message), author, "stop", clock.instant(), null, Set.of()));
    }

    /** Where work that must not hold up whoever brings it is done. */
    ExecutorService threads() {
        return threads;
    }

    ProvenSandbox sandbox() {
        return sandbox;
    }

    LiveThreads live() {
        return live;
    }

    /** Where the receiving sides of the platforms tell what arrives. */
    HearingWatch watch() {
        return watch;
    }

    /** Whether a run of this team acts now. */
    boolean acts(TeamId team) {
        return live.acting().stream().anyMatch(run -> run.thread().team().equals(team));
    }

    /** Whether everything that carries messages out comes round and gets it done. */
    boolean delivers() {
        return carriers.stream().allMatch(carrier -> carrier.pulse().isSteady(clock.instant()));
    }

    /** Before anything is let in: what was acting is held, and orders that lie there are carried out. */
    void open() {
        recovery.load(inbox);
        stopOrders.look();
        recovery.resumeThinking();
        carriers.forEach(carrier -> always("deliveries " + carrier.platform(), carrier::round));
        always(
                "limits",
                () -> every(1_000, () -> {
                    limits.look();
                    desk.unfold();
                }));
        always("hearing", () -> every(1_000, watch::look));
        always("stop-orders", () -> every(100, stopOrders::look));
        always("witness", () -> every(1_000, witness));
    }

    /** No further step of any run begins. */
    void beginNoMore() {
        driver.beginNoMore();
    }

    boolean isAtWork() {
        return driver.isAtWork();
    }

    void close() {
        ending = true;
        deliverNow();
        threads.shutdown();
    }

    /** Looks at a message only when all that was said before it was heard, and with what its author is. */
    private InboundMessage known(InboundMessage message, Directories directories) {
        TeamId team = message.thread().team();
        if (!team.equals(LOCAL)) {
            watch.awaitRead(team);
        }
        return directories.verified(message);
    }

    private static void note(Outbox outbox, Run run, String text) {
        String key = "run-" + run.id() + "/database/" + run.version();
        outbox.put(List.of(new Outgoing.Message(key, run.thread(), Outgoing.Purpose.NOTE, text, null)));
    }

    private void deliverNow() {
        carriers.forEach(Carrier::wake);
    }

    private void every(long millis, Runnable work) {
        work.run();
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void always(String name, Runnable round) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            while (!ending) {
                try {
                    round.run();
                } catch (RuntimeException | Error failure) { // of what it looks after nobody else does
                    if (!ending) {
                        LOG.errorf(failure, "round failed name=%s", name);
                        every(500, () -> {});
                    }
                }
            }
        });
    }
}
