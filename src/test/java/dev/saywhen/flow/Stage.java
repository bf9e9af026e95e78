package dev.saywhen.flow;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.fakes.FakeChat;
import dev.saywhen.flow.fakes.FakeEffects;
import dev.saywhen.flow.fakes.FakeEngineer;
import dev.saywhen.flow.fakes.FakeJournal;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.FakeOutbox;
import dev.saywhen.flow.fakes.FakeRehearsal;
import dev.saywhen.flow.fakes.FakeSandbox;
import dev.saywhen.flow.fakes.FakeStopLog;
import dev.saywhen.flow.fakes.FakeStore;
import dev.saywhen.flow.fakes.FakeWorkspace;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.flow.fakes.SerialExecutor;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.RunId;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The service without its outside: wired as it is in earnest, moved by hand. What is stored survives {@link #restart}.
 *
 * <p>Times, hashes and codes in what people read are written {@code #}, so that the rest can be compared word for word.
 */
final class Stage {
    static final TeamId TEAM = new TeamId(new Platform("local"), "local");
    static final ChannelId CHANNEL = new ChannelId(TEAM, "orders-dev");
    static final Duration TIME_TO_LIVE = Duration.ofHours(24);
    static final ActorId ANA = new ActorId(TEAM, "ana");
    static final ActorId BO = new ActorId(TEAM, "bo");
    private static final int MOST_TURNS = 2_000;

    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final Power power = new Power();
    final FakeLedger ledger = new FakeLedger(clock, power);
    final FakeOutbox outbox = new FakeOutbox(power);
    final FakeStore store = new FakeStore(outbox, ledger, power);
    final FakeStopLog stopLog = new FakeStopLog(power);
    final FakeJournal journal = new FakeJournal();
    final FakeChat chat = new FakeChat(TEAM.platform(), clock);
    final FakeWorkspace workspace = new FakeWorkspace();
    final FakeEffects effects = new FakeEffects(workspace);
    final FakeEngineer engineer = new FakeEngineer();
    final FakeSandbox sandbox = new FakeSandbox();
    final FakeApprovers approvers = new FakeApprovers(ANA, BO);
    final FakeBase base = new FakeBase();
    final List<String> broken = new ArrayList<>();
    private Consumer<Integer> pausing = _ -> {};
    private int pauses;

    /** What follows a STOP is done at once, unless a test wants it later. */
    Executor following = Runnable::run;

    private int messages;

    SerialExecutor executor = new SerialExecutor();
    LiveThreads live = new LiveThreads();
    StopSwitch stops = new StopSwitch(0);
    StopFirstInbox inbox;
    Deliveries deliveries;
    RunDriver driver;
    Recovery recovery;
    Limits limits;
    StopDesk desk;
    private final List<Thread> elsewhere = new ArrayList<>();

    Stage() {
        wire();
        open();
    }

    /** The process ends and another one begins, from what is stored. */
    void restart() {
        power.restart();
        power.restore();
        wire();
        open();
    }

    private void open() {
        recovery.load(inbox);
        recovery.resumeThinking();
    }

    private void wire() {
        executor = new SerialExecutor();
        live = new LiveThreads();
        stops = new StopSwitch(stopLog.newestEpoch());
        Projects projects = new Projects(List.of(new Project(PlanSample.PROJECT, Set.of(CHANNEL.value()))));
        Runs runs = new Runs(store, live, stops, new RunFeed());
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        Mentions mentions = new Mentions("saywhen");
        Commands commands = new Commands("saywhen");
        Gate.Ports ports = new Gate.Ports(
                new StoredRevisions(runs),
                approvers,
                base,
                ledger,
                new Hearing(Duration.ofSeconds(15), clock, Set.of(TEAM)),
                stops,
                effects.handlers(stops),
                () -> false,
                new RecordedCalls(ledger));
        Gate gate = new Gate(ports, new AuthorizationChecks(phrases, ports, Duration.ofSeconds(10), clock), clock);
        Workshop workshop = new Workshop(engineer, workspace, new FakeRehearsal(), gate, ledger);
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
                        TIME_TO_LIVE,
                        clock),
                new ExecutePhase(workshop),
                new DebugPhase(workshop),
                new ReviewPhase(workshop),
                new DocumentPhase(workshop));
        RunLanes lanes = new RunLanes(executor, (lane, failure) -> {
            Power.dieOf(failure);
            broken.add(lane + ": " + failure);
        });
        driver = new RunDriver(
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
        Router router = new Router(
                runs, live, projects, mentions, commands, phrases, lanes, driver, talk, outbox, given -> given);
        desk = new StopDesk(
                runs,
                effects::survivorsOf,
                live,
                stopLog,
                journal,
                ledger,
                outbox,
                workspace,
                sandbox,
                task -> following.execute(task),
                clock,
                this::pause);
        inbox = new StopFirstInbox(
                new StopRecognition(Set.of(), "saywhen"), mentions, stops, desk, live, projects, router, executor);
        deliveries = new Deliveries(
                outbox, chat, runs, TIME_TO_LIVE, clock, (key, failure) -> broken.add(key + ": " + failure));
        recovery = new Recovery(runs, stops, desk, journal, ledger, ledger, driver, deliveries, router);
        limits = new Limits(runs, live, driver, router, clock);
    }

    /** How often something had to wait since it was last asked to. */
    int pauses() {
        return pauses;
    }

    private void pause(Duration time) {
        clock.tick(time);
        if (++pauses > MOST_TURNS) {
            throw new AssertionError("it waits without end");
        }
        pausing.accept(pauses);
    }

    /** What happens while something waits; given how often it has waited. */
    void whilePausing(Consumer<Integer> next) {
        pauses = 0;
        pausing = next;
    }

    /** Does something on a thread of its own and lets whoever does things now go on. */
    void elsewhere(Runnable work) {
        elsewhere.add(Thread.ofPlatform().start(work));
    }

    /** Everything happens that can happen by itself. */
    void settle() {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            boolean ran = executor.runOne();
            join();
            if (!(ran || deliveries.round() || executor.waiting() > 0)) {
                return;
            }
        }
        throw new AssertionError("it goes on without end");
    }

    void join() {
        elsewhere.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        elsewhere.clear();
    }

    void tick(Duration time) {
        clock.tick(time);
        limits.look();
        desk.unfold();
        settle();
    }

    /** A new run, up to where it waits for a person. */
    ThreadId asked(String text) {
        InboundMessage message = root("ana", text);
        post(message);
        settle();
        return message.thread();
    }

    /** A run whose plan waits for its yes. */
    ThreadId planned() {
        return asked("@saywhen a library of books");
    }

    InboundMessage root(String who, String text) {
        clock.tick(Duration.ofSeconds(1));
        MessageId id = new MessageId(CHANNEL, "p" + ++messages);
        return message(id, new ThreadId(id), person(who), text, Set.of());
    }

    InboundMessage in(ThreadId thread, String who, String text) {
        return by(thread, person(who), text);
    }

    InboundMessage by(ThreadId thread, Author author, String text, InboundMessage.Trait... traits) {
        clock.tick(Duration.ofSeconds(1));
        return message(new MessageId(thread.channel(), "p" + ++messages), thread, author, text, Set.of(traits));
    }

    private InboundMessage message(
            MessageId id, ThreadId thread, Author author, String text, Set<InboundMessage.Trait> traits) {
        return new InboundMessage(id, thread, author, text, clock.instant(), null, traits);
    }

    static Author person(String name) {
        return new Author(new ActorId(TEAM, name), Author.Kind.PERSON);
    }

    static Author guest(String name) {
        return new Author(new ActorId(TEAM, name), Author.Kind.GUEST);
    }

    static Author machine(String name) {
        return new Author(new ActorId(TEAM, name), Author.Kind.MACHINE);
    }

    /** As an adapter does it; nothing else happens yet. */
    void post(InboundMessage message) {
        bring(new InboundEvent.Posted(message));
    }

    void bring(InboundEvent event) {
        inbox.hear(event);
        inbox.accept(event);
    }

    /** Says something and lets everything happen that comes of it. */
    InboundMessage say(ThreadId thread, String who, String text) {
        InboundMessage message = in(thread, who, text);
        post(message);
        settle();
        return message;
    }

    /** The same, and what was answered in that thread. */
    List<String> answers(ThreadId thread, String who, String text) {
        int before = said(thread).size();
        say(thread, who, text);
        return since(thread, before);
    }

    List<String> since(ThreadId thread, int before) {
        List<String> all = said(thread);
        return all.subList(before, all.size());
    }

    /** Everything that the bot said in a thread. */
    List<String> said(ThreadId thread) {
        return chat.in(thread).stream().map(one -> plain(one.text())).toList();
    }

    String last(ThreadId thread) {
        return said(thread).getLast();
    }

    /** The newest receipt in a thread; receipts overtake, so it need not be the newest message. */
    String receipt(ThreadId thread) {
        return plain(chat.in(thread).stream()
                .filter(one -> one.purpose() == Outgoing.Purpose.RECEIPT)
                .reduce((_, newer) -> newer)
                .orElseThrow()
                .text());
    }

    static String plain(String text) {
        return text.replaceAll("\\d+\\.\\d{3} s", "# s")
                .replaceAll("Audit \\d+ [0-9a-f]{8}", "Audit #")
                .replaceAll("Code [0-9a-f]{8}", "Code #")
                .replaceAll("\\d\\d:\\d\\d:\\d\\d UTC", "#")
                .replaceAll("\\(([0-9a-f]{8})\\)", "(#)");
    }

    Run run(ThreadId thread) {
        return store.all().stream()
                .filter(run -> run.thread().equals(thread))
                .findFirst()
                .orElseThrow();
    }

    Run run(RunId id) {
        return store.all().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    String state(ThreadId thread) {
        Run run = run(thread);
        return run.state().name() + " " + run.state().phase();
    }
}
