package dev.saywhen.flow;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.fakes.FakeDirectConversations;
import dev.saywhen.flow.fakes.FakeEffects;
import dev.saywhen.flow.fakes.FakeEngineer;
import dev.saywhen.flow.fakes.FakeHearingLog;
import dev.saywhen.flow.fakes.FakeJournal;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.FakeOutbox;
import dev.saywhen.flow.fakes.FakeRehearsal;
import dev.saywhen.flow.fakes.FakeSandbox;
import dev.saywhen.flow.fakes.FakeStopLog;
import dev.saywhen.flow.fakes.FakeStore;
import dev.saywhen.flow.fakes.FakeWorkspace;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.Platform;
import dev.saywhen.phase.AskPhase;
import dev.saywhen.phase.DebugPhase;
import dev.saywhen.phase.DocumentPhase;
import dev.saywhen.phase.ExecutePhase;
import dev.saywhen.phase.PlanPhase;
import dev.saywhen.phase.ReviewPhase;
import dev.saywhen.phase.Workshop;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.run.Run;
import dev.saywhen.safety.AuthorizationChecks;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Hearing;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.fakes.FakeApprovers;
import dev.saywhen.safety.fakes.FakeBase;
import dev.saywhen.safety.fakes.TickingClock;
import dev.saywhen.words.Commands;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.Mentions;
import dev.saywhen.words.NearMiss;
import dev.saywhen.words.StopRecognition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The core for adapters under test, on real threads. Time is a test's: it runs while the test waits for something, a
 * second in every few milliseconds.
 */
public final class WiredCore implements AutoCloseable {
    /** What outlives a process. */
    public record Kept(
            Power power,
            FakeLedger ledger,
            FakeOutbox outbox,
            FakeStore store,
            FakeStopLog stopLog,
            FakeHearingLog heard,
            FakeDirectConversations conversations,
            FakeWorkspace workspace) {
        public static Kept nothing(TickingClock clock) {
            Power power = new Power();
            FakeLedger ledger = new FakeLedger(clock, power);
            FakeOutbox outbox = new FakeOutbox(power);
            return new Kept(
                    power,
                    ledger,
                    outbox,
                    new FakeStore(outbox, ledger, power),
                    new FakeStopLog(power),
                    new FakeHearingLog(),
                    new FakeDirectConversations(power),
                    new FakeWorkspace());
        }
    }

    public static final Duration HEARING_LIMIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(200);

    public final TickingClock clock;
    public final Kept kept;
    public final Power power;
    public final FakeOutbox outbox;
    public final FakeStore store;
    public final FakeHearingLog heard;
    public final FakeWorkspace workspace;
    public final FakeEffects effects;
    public final FakeEngineer engineer = new FakeEngineer();
    public final LiveThreads live = new LiveThreads();
    public final List<String> broken = new CopyOnWriteArrayList<>();
    public final StopFirstInbox inbox;
    public final HearingWatch watch;
    public final Hearing hearing;
    private final Limits limits;
    private final Map<Platform, Directory> directories;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private boolean looks = true;
    private volatile boolean ending; // set by the test, read by the threads that deliver

    /** @param channel in which the one project is talked about, by name */
    public WiredCore(
            TickingClock clock,
            String channel,
            List<ActorId> approvers,
            List<ChatGateway> gateways,
            Map<Platform, Directory> directories) {
        this(
                clock,
                new Project(PlanSample.PROJECT, Set.of(channel)),
                approvers,
                gateways,
                directories,
                Kept.nothing(clock));
    }

    /** @param kept what a process of before left behind */
    public WiredCore(
            TickingClock clock,
            Project project,
            List<ActorId> approvers,
            List<ChatGateway> gateways,
            Map<Platform, Directory> directories,
            Kept kept) {
        this.clock = clock;
        this.directories = Map.copyOf(directories);
        this.kept = kept;
        this.power = kept.power();
        this.outbox = kept.outbox();
        this.store = kept.store();
        this.heard = kept.heard();
        this.workspace = kept.workspace();
        this.effects = new FakeEffects(workspace);
        FakeLedger ledger = kept.ledger();
        FakeStopLog stopLog = kept.stopLog();
        FakeApprovers fakeApprovers = new FakeApprovers(approvers.toArray(ActorId[]::new));
        StopSwitch stops = new StopSwitch(0);
        hearing = new Hearing(HEARING_LIMIT, clock, Set.of());
        Projects projects = new Projects(List.of(project), directories);
        Runs runs = new Runs(store, live, stops, new RunFeed());
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        Mentions mentions = new Mentions("saywhen");
        Commands commands = new Commands("saywhen");
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                fakeApprovers,
                new FakeBase(),
                ledger,
                hearing,
                stops,
                effects.handlers(stops),
                () -> false,
                new RecordedCalls(ledger));
        Gate gate = new Gate(ports, new AuthorizationChecks(phrases, ports, Duration.ofSeconds(10), clock), clock);
        Workshop workshop = new Workshop(engineer, workspace, new FakeRehearsal(), gate, ledger);
        FakeSandbox sandbox = new FakeSandbox();
        Phases phases = new Phases(
                new AskPhase(engineer, workspace),
                new PlanPhase(
                        engineer,
                        workspace,
                        new FakeRehearsal(),
                        sandbox,
                        fakeApprovers,
                        _ -> new Budget(Duration.ofHours(2), 0),
                        ledger,
                        Duration.ofHours(24),
                        clock),
                new ExecutePhase(workshop),
                new DebugPhase(workshop),
                new ReviewPhase(workshop),
                new DocumentPhase(workshop));
        RunLanes lanes = new RunLanes(threads, (lane, failure) -> broken.add(lane + ": " + failure));
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
                fakeApprovers,
                driver,
                workspace,
                outbox,
                "What I do.");
        Router router =
                new Router(runs, live, projects, mentions, commands, phrases, lanes, driver, talk, outbox, this::known);
        StopDesk desk = new StopDesk(
                runs,
                effects::survivorsOf,
                live,
                stopLog,
                new FakeJournal(),
                ledger,
                outbox,
                workspace,
                sandbox,
                threads,
                clock,
                _ -> LockSupport.parkNanos(1_000_000));
        inbox = new StopFirstInbox(
                new StopRecognition(Set.of(), "saywhen"), mentions, stops, desk, live, projects, router, threads);
        limits = new Limits(runs, live, driver, router, clock);
        watch = new HearingWatch(hearing, live, stops, driver, heard, threads, clock);
        List<Deliveries> deliveries = gateways.stream()
                .map(gateway -> new Deliveries(
                        outbox,
                        gateway,
                        runs,
                        Duration.ofHours(24),
                        clock,
                        (key, failure) -> broken.add(key + ": " + failure)))
                .toList();
        new Recovery(runs, stops, desk, new FakeJournal(), ledger, ledger, driver, deliveries.getFirst(), router)
                .load(inbox);
        deliveries.forEach(one -> Thread.ofPlatform()
                .daemon()
                .name("deliveries")
                .start(() -> {
                    while (!ending) {
                        if (!carries(one)) {
                            outbox.awaitWork();
                        }
                    }
                }));
    }

    private static boolean carries(Deliveries deliveries) {
        try {
            return deliveries.round();
        } catch (IllegalStateException databaseAway) {
            return false;
        }
    }

    private InboundMessage known(InboundMessage message) {
        watch.awaitRead(message.thread().team());
        Author author = message.author();
        Directory directory = directories.get(message.thread().platform());
        return message.from(
                new Author(author.id(), directory.kindOf(author.id()).orElse(Author.Kind.GUEST)));
    }

    public ExecutorService threads() {
        return threads;
    }

    /** The run whose thread begins with that message. */
    public Optional<Run> run(String root) {
        return store.all().stream()
                .filter(run -> run.thread().root().value().equals(root))
                .findFirst();
    }

    public String state(String root) {
        return run(root)
                .map(run -> run.state().name() + " " + run.state().phase())
                .orElse("none");
    }

    public void awaitState(String root, String state) {
        await(state, () -> state(root).equals(state));
    }

    public void await(String what, BooleanSupplier is) {
        await(what, () -> is.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** While time goes by ten times slower: on a slow machine too, it is so before a limit passes. */
    public void awaitSoon(String what, BooleanSupplier is) {
        await(what, () -> is.getAsBoolean() ? Optional.of(true) : Optional.empty(), STEP.dividedBy(10));
    }

    /** Lets time run until it is so. */
    public <T> T await(String what, Supplier<Optional<T>> look) {
        return await(what, look, STEP);
    }

    private <T> T await(String what, Supplier<Optional<T>> look, Duration step) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            pass(step);
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("not seen: " + what + "\n" + store.all() + "\n" + broken);
    }

    /** That much time goes by. */
    public void pass(Duration time) {
        clock.tick(time);
        if (looks) {
            limits.look();
            watch.look();
        }
    }

    /** What a command of a test's does that lasts until the test lets it end. */
    public static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the command end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on time goes by without a look at what it brings: no echo, no limit. */
    public void looksNoMore() {
        looks = false;
    }

    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }
}
