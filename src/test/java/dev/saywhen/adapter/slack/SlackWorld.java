package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.Deliveries;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Limits;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The core and Slack's adapter against {@link FakeSlack}, over real sockets. Time is a test's: it runs while the test
 * waits for something, a second in every few milliseconds.
 */
final class SlackWorld implements AutoCloseable {
    static final Duration HEARING_LIMIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(200);

    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final Power power = new Power();
    final FakeLedger ledger = new FakeLedger(clock, power);
    final FakeOutbox outbox = new FakeOutbox(power);
    final FakeStore store = new FakeStore(outbox, ledger, power);
    final FakeHearingLog heard = new FakeHearingLog();
    final FakeStopLog stopLog = new FakeStopLog(power);
    final FakeWorkspace workspace = new FakeWorkspace();
    final FakeEffects effects = new FakeEffects(workspace);
    final FakeEngineer engineer = new FakeEngineer();
    final FakeApprovers approvers = new FakeApprovers(actor(FakeSlack.ANA), actor(FakeSlack.BO));
    final FakeSlack slack;
    final Slack adapter;
    final StopFirstInbox inbox;
    final HearingWatch watch;
    final Hearing hearing;
    final LiveThreads live = new LiveThreads();
    final List<String> broken = new CopyOnWriteArrayList<>();
    final Runnable round;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private boolean looks = true;
    private volatile boolean ending; // set by the test, read by the thread that delivers

    SlackWorld() throws IOException {
        this(Optional.of("xapp-1"), Optional.empty());
    }

    SlackWorld(Optional<String> appToken, Optional<String> signingSecret) throws IOException {
        this(appToken, signingSecret, List.of(), Set.of());
    }

    /** One that joins channels whose names fit, and has a project that is talked about in these shared channels too. */
    SlackWorld(List<String> join, Set<String> sharedChannels) throws IOException {
        this(Optional.of("xapp-1"), Optional.empty(), join, sharedChannels);
    }

    private SlackWorld(
            Optional<String> appToken, Optional<String> signingSecret, List<String> join, Set<String> sharedChannels)
            throws IOException {
        slack = new FakeSlack(clock);
        adapter =
                new Slack(new SlackSetting("xoxb-1", appToken, signingSecret, slack.apiUrl(), join, "saywhen"), clock);
        adapter.look();

        StopSwitch stops = new StopSwitch(0);
        hearing = new Hearing(HEARING_LIMIT, clock, Set.of());
        Projects projects = new Projects(
                List.of(new Project(PlanSample.PROJECT, Set.of("orders-dev"), sharedChannels)),
                Map.of(Identity.PLATFORM, adapter.directory()));
        Runs runs = new Runs(store, live, stops, new RunFeed());
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        Mentions mentions = new Mentions("saywhen");
        Commands commands = new Commands("saywhen");
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                approvers,
                new FakeBase(),
                ledger,
                hearing,
                stops,
                effects.handlers(stops),
                () -> false);
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
                        approvers,
                        _ -> new Budget(Duration.ofHours(2), 0),
                        ledger,
                        Duration.ofHours(24),
                        clock),
                new ExecutePhase(workshop),
                new DebugPhase(workshop),
                new ReviewPhase(workshop),
                new DocumentPhase(workshop));
        RunLanes lanes = new RunLanes(threads, (lane, failure) -> broken.add(lane + ": " + failure));
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
                time -> LockSupport.parkNanos(1_000_000));
        inbox = new StopFirstInbox(
                new StopRecognition(Set.of(), "saywhen"), mentions, stops, desk, live, projects, router, threads);
        Deliveries deliveries = new Deliveries(
                outbox,
                adapter.gateway(),
                runs,
                Duration.ofHours(24),
                clock,
                (key, failure) -> broken.add(key + ": " + failure));
        Limits limits = new Limits(runs, live, driver, router, clock);
        watch = new HearingWatch(hearing, live, stops, driver, heard, threads, clock);
        new Recovery(runs, stops, desk, new FakeJournal(), ledger, ledger, driver, deliveries, router).load(inbox);
        round = () -> {
            limits.look();
            watch.look();
        };
        Thread.ofPlatform().daemon().name("deliveries").start(() -> {
            while (!ending) {
                if (!carries(deliveries)) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        });
    }

    private static boolean carries(Deliveries deliveries) {
        try {
            return deliveries.round();
        } catch (IllegalStateException databaseAway) {
            return false;
        }
    }

    private InboundMessage known(InboundMessage message) {
        watch.awaitRead(adapter.team());
        Author author = message.author();
        return message.from(
                new Author(author.id(), adapter.directory().kindOf(author.id()).orElse(Author.Kind.GUEST)));
    }

    /** Begins to listen, and waits until both sockets are there. */
    SlackWorld listening() {
        return listening(inbox);
    }

    /** The same; what arrives comes in there. */
    SlackWorld listening(Inbox in) {
        adapter.open(in, watch, threads);
        await("two sockets", () -> slack.sockets().connected() == 2);
        return this;
    }

    SlackWorld listeningByHttp() {
        adapter.open(inbox, watch, threads);
        return this;
    }

    static ActorId actor(String user) {
        return new ActorId(Identity.team(FakeSlack.TEAM), user);
    }

    /** Ana asks for something; the thread, when its plan waits for a yes. */
    String planned() {
        String thread = slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library of books", null);
        await("a plan that waits", () -> state(thread).equals("awaiting-authorization PLAN"));
        return thread;
    }

    String say(String thread, String user, String text) {
        clock.tick(Duration.ofSeconds(1));
        return slack.post(FakeSlack.CHANNEL, user, text, thread);
    }

    Optional<Run> run(String thread) {
        return store.all().stream()
                .filter(run -> run.thread().root().value().equals(thread))
                .findFirst();
    }

    String state(String thread) {
        return run(thread)
                .map(run -> run.state().name() + " " + run.state().phase())
                .orElse("none");
    }

    void awaitState(String thread, String state) {
        await(state, () -> state(thread).equals(state));
    }

    String awaitShown(String thread, String beginning) {
        return await(
                "\"" + beginning + "\"",
                () -> slack.shown(FakeSlack.CHANNEL, thread).stream()
                        .filter(text -> text.startsWith(beginning))
                        .reduce((_, newer) -> newer));
    }

    void await(String what, BooleanSupplier is) {
        await(what, () -> is.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Lets time run until it is so. */
    <T> T await(String what, Supplier<Optional<T>> look) {
        return await(what, look, STEP);
    }

    /** While time goes by ten times slower: on a slow machine too, it is so before a limit passes. */
    void awaitSoon(String what, BooleanSupplier is) {
        await(what, () -> is.getAsBoolean() ? Optional.of(true) : Optional.empty(), STEP.dividedBy(10));
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
        throw new AssertionError("not seen: " + what + "\n" + store.all() + "\n" + broken + "\n"
                + slack.ofBot(FakeSlack.CHANNEL).stream()
                        .map(JsonNode::toString)
                        .toList());
    }

    /** That much time goes by. */
    void pass(Duration time) {
        clock.tick(time);
        if (looks) {
            round.run();
        }
    }

    /** From now on time goes by without a look at what it brings: no echo, no limit. */
    void looksNoMore() {
        looks = false;
    }

    @Override
    public void close() throws IOException {
        ending = true;
        adapter.close();
        threads.shutdownNow();
        slack.close();
    }
}
