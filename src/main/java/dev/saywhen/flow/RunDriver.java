package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Newest;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.AmendmentNeeded;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.OutcomeUnknown;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.phase.PhaseResult;
import dev.saywhen.phase.Workshop;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Denial;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Permit;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Lets a run work until the next word is a person's. One at a time for each run; a STOP ends it from outside. */
public final class RunDriver {
    private static final String NOT_TWICE =
            "The step may have changed something at a server outside, so I don't begin it again by myself.";

    private final Runs runs;
    private final Phases phases;
    private final Gate gate;
    private final StopSwitch stops;
    private final RunLanes lanes;
    private final Progress progress;
    private final InstantSource clock;
    private final CalledOutside outside;
    private final Permits permits = new Permits();
    private final Map<RunId, StopSwitch.Registration> earlier = Collections.synchronizedMap(Newest.map(1_000));
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean beginsNoMore; // set once, by whoever ends the service
    private final Map<RunId, String> unrecorded = new ConcurrentHashMap<>(); // held in memory only
    private final Set<RunId> untold = ConcurrentHashMap.newKeySet(); // cut off, and no receipt says what became of it

    public RunDriver(
            Runs runs,
            Phases phases,
            Gate gate,
            StopSwitch stops,
            RunLanes lanes,
            Progress progress,
            CalledOutside outside,
            InstantSource clock) {
        this.runs = runs;
        this.phases = phases;
        this.gate = gate;
        this.stops = stops;
        this.lanes = lanes;
        this.progress = progress;
        this.outside = outside;
        this.clock = clock;
    }

    /** The run may have something to do. Returns at once. */
    public void wake(RunId run) {
        lanes.submit("work " + run, () -> {
            try {
                work(run);
            } catch (RuntimeException | Error broken) {
                hold(
                        run,
                        "something went wrong that I did not expect ("
                                + broken.getClass().getSimpleName() + ")");
                throw broken;
            }
        });
    }

    /** The service is told to end: what is at work may come to its end, and nothing new begins. STOP is heard as ever. */
    public void beginNoMore() {
        beginsNoMore = true;
    }

    /** Whether a run does something now that a permit allows. */
    public boolean isAtWork() {
        return atWork.get() > 0;
    }

    /** The gate granted a permit. */
    void authorized(Permit permit) {
        RunId run = permit.plan().run();
        permits.put(permit);
        untold.remove(run);
        try {
            rememberEarlierPlans(permit);
        } catch (RuntimeException notRead) {
            hold(run, "I could not read its earlier plans, and every receipt has to tell what they changed outside");
            return;
        }
        wake(run);
    }

    /**
     * The first of its plans that can never be read again. A yes to such a run would be given for nothing: with the newest
     * plan, what to do is lost, and with an earlier one, what receipts have to tell of it.
     */
    Optional<RevisionNumber> unreadablePlan(Run run) {
        RevisionNumber newest = run.newest();
        return IntStream.rangeClosed(1, newest == null ? 0 : newest.value())
                .mapToObj(RevisionNumber::new)
                .filter(number -> isUnreadable(run.id(), number))
                .findFirst();
    }

    private boolean isUnreadable(RunId run, RevisionNumber number) {
        try {
            runs.store().plan(run, number);
            return false;
        } catch (RunStore.PlanUnreadable never) {
            return true;
        }
    }

    /** What they changed outside lasts, also if the service began anew since; so every receipt of the run speaks of it. */
    private void rememberEarlierPlans(Permit permit) {
        RunId run = permit.plan().run();
        List<CalledOutside.Called> called = outside.before(run, permit.plan().number());
        List<String> lasting =
                called.stream().map(one -> one + ", under an earlier plan").toList();
        List<String> unknown = called.stream()
                .filter(one -> one.unknown() > 0)
                .map(one ->
                        "calls of %s at %s under an earlier plan: %d".formatted(one.tool(), one.url(), one.unknown()))
                .toList();
        Optional.ofNullable(earlier.remove(run)).ifPresent(StopSwitch.Registration::close);
        if (!called.isEmpty()) {
            var report = new CutOff.Report(0, List.of(), List.of(), unknown, lasting);
            earlier.put(run, stops.onPull(permit.epoch(), () -> report));
        }
    }

    /** What a run told servers outside to change, in words; whoever takes a run back has to hear that it stays. */
    List<String> calledOutside(Run run) {
        return outside.told(run);
    }

    /** The run was held or ended: what it held of permits is of no use any more. */
    void dropped(RunId run) {
        permits.drop(run);
    }

    Instant now() {
        return clock.instant();
    }

    /** A person cancels a run that acts: everything it does is cut off first. */
    void stopBeforeCancel(RunId run, InboundMessage message) {
        untold.add(run);
        stops.pull(new StopOrder(run, null, "@" + message.author().id().user(), "cancel", "its thread", message.id()))
                .settle(Duration.ofSeconds(2));
    }

    /** Permits whose time is over. */
    List<Permit> expired() {
        return StreamSupport.stream(permits.all().spliterator(), false)
                .filter(permit ->
                        stops.isLive(permit.epoch()) && !clock.instant().isBefore(permit.deadline()))
                .toList();
    }

    private void work(RunId id) {
        while (!beginsNoMore && !stops.isHalted(id)) {
            Run run = runs.get(id);
            boolean goesOn = switch (run.state()) {
                case RunState.Asking asking when asking.waiting() -> false;
                case RunState.Asking asking ->
                    thinking(run, began -> phases.ask().handle(run, asking, began));
                case RunState.Planning _ ->
                    thinking(
                            run,
                            began -> phases.plan().handle(run, newest(run).orElse(null), outside.told(run), began));
                case RunState.Acting acting -> atWork(() -> acting(run, acting.phase()));
                case RunState.Posting _,
                        RunState.AwaitingAuthorization _,
                        RunState.Held _,
                        RunState.Completed _,
                        RunState.Failed _,
                        RunState.Cancelled _ -> false;
            };
            if (!goesOn) {
                return;
            }
        }
    }

    private boolean atWork(BooleanSupplier work) {
        atWork.incrementAndGet();
        try {
            return work.getAsBoolean();
        } finally {
            atWork.decrementAndGet();
        }
    }

    private Optional<PlanRevision> newest(Run run) {
        return Optional.ofNullable(run.newest()).flatMap(number -> runs.store().plan(run.id(), number));
    }

    /** Thinks with the run as it is; if it moved meanwhile, the thought is dropped and thought again. */
    private boolean thinking(Run run, Function<StopSwitch.Epoch, PhaseResult> thought) {
        PhaseResult result;
        StopSwitch.Epoch began = stops.epochOf(run.id());
        try {
            result = interruptible(began, () -> thought.apply(began));
        } catch (RuntimeException broken) {
            if (!stops.isLive(began)) {
                return true;
            }
            if (broken instanceof RepositoryUnreadable || broken instanceof CannotThink) {
                return hold(run.id(), String.valueOf(broken.getMessage()));
            }
            throw broken;
        }
        if (!stops.isLive(began)) {
            return true;
        }
        RunEvent event = result.event();
        if (event == null) {
            throw new IllegalStateException("thinking has to end with an event");
        }
        Optional<Run> after = result.change().apply(run).after(event);
        if (after.isPresent()) {
            runs.advance(run, after.get(), change(result), event);
        }
        return true;
    }

    private <T> T interruptible(StopSwitch.Epoch began, Supplier<T> thought) {
        Thinker thinker = new Thinker();
        try (var _ = stops.onPull(began, thinker)) {
            return thought.get();
        } finally {
            thinker.done();
        }
    }

    /** Interrupts a thought, never what the thread does after it, and looks whether it has ended. */
    private static final class Thinker implements CutOff {
        private static final Duration PATIENCE = Duration.ofSeconds(8); // a rehearsal ends what it is just beginning

        private final Thread thread = Thread.currentThread();
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean done; // guarded by this

        @Override
        public Report cut() {
            synchronized (this) {
                if (!done) {
                    thread.interrupt();
                }
            }
            // It waits for the processes and sessions that it began.
            return thread == Thread.currentThread() || CutOff.isOver(over, PATIENCE)
                    ? Report.NOTHING
                    : new Report(0, List.of("a thought"));
        }

        synchronized void done() {
            done = true;
            Thread.interrupted(); // an interrupt that came late was meant for the thought
            over.countDown();
        }
    }

    private boolean acting(Run run, Phase phase) {
        Optional<Permit> held = permits.of(run.id());
        if (held.isEmpty()) {
            return hold(run.id(), "the permission of this run ended with the service");
        }
        Permit permit = held.get();
        Optional<Denial> withdrawn = gate.stillStands(permit);
        if (withdrawn.isPresent()) {
            return hold(run.id(), withdrawn.get().sentence());
        }
        progress.show(run, permit);
        PhaseResult result;
        try {
            result = switch (phase) {
                case EXECUTE -> phases.execute().handle(run, permit);
                case DEBUG -> phases.debug().handle(run, permit);
                case REVIEW -> phases.review().handle(run, permit);
                case DOCUMENT -> phases.document().handle(run, permit, outside.told(run));
                case ASK, PLAN -> throw new IllegalStateException("nothing is done in " + phase);
            };
        } catch (EffectRefused refused) {
            return refused(run.id(), refused.denial());
        } catch (Workshop.Interrupted cut) {
            return cut.wasFrozen() && again(run);
        } catch (ThoughtCut cut) {
            return false;
        } catch (OutcomeUnknown unknown) {
            return unknown(run, permit, String.valueOf(unknown.getMessage()));
        } catch (AmendmentNeeded needed) {
            return store(run.id(), amendment(run, permit, String.valueOf(needed.getMessage())));
        } catch (Workshop.Stuck | EffectBroke | RepositoryUnreadable | CannotThink stuck) {
            return stuck(run, permit, stuck);
        }
        return store(run.id(), result);
    }

    /** What was cut off breaks in many ways. A STOP's receipt says what became of it; where nobody said stop, this does. */
    private boolean stuck(Run run, Permit permit, RuntimeException stuck) {
        String why = String.valueOf(stuck.getMessage());
        Optional<Denial> ended = permit.objection();
        if (ended.isEmpty()) {
            return hold(run.id(), why);
        }
        boolean isTold = ended.get().reason() == Denial.Reason.STOPPED && !untold.contains(run.id());
        if (stuck instanceof EffectBroke && !isTold) {
            try {
                tell(run, "cut/" + run.version(), "This was under way then: " + why, List.of());
            } catch (RuntimeException notStored) {
                return hold(run.id(), "this was under way: " + why);
            }
        }
        return refused(run.id(), ended.get());
    }

    /** Said whatever holds the run by now: a cancel, a deadline, or a yes that was taken back tells nobody of the call. */
    private boolean unknown(Run run, Permit permit, String what) {
        if (stops.isLive(permit.epoch())) {
            return hold(run.id(), what);
        }
        tell(run, "unknown/" + run.version(), what, List.of(new AuditEvent.Observed("outcome unknown", what)));
        return false;
    }

    private void tell(Run run, String key, String text, List<AuditEvent> audit) {
        store(run.id(), new PhaseResult(null, fresh -> fresh, audit, List.of(note(run, key, text)), null));
    }

    private static PhaseResult amendment(Run run, Permit permit, String what) {
        String number = permit.plan().number().toString();
        return new PhaseResult(
                new RunEvent.AmendmentNeeded(),
                fresh -> fresh.learned("Found while doing " + number + ", and not in it: " + what),
                List.of(new AuditEvent.Observed("amendment of " + number, what)),
                List.of(note(
                        run,
                        "amendment/" + run.version(),
                        "Back to PLAN: the work needs what %s does not name. I plan it and ask again.\n> %s"
                                .formatted(number, what))),
                null);
    }

    /** Stores what was done whatever the run is now: a commit that was made is told even if a STOP came meanwhile. */
    private boolean store(RunId id, PhaseResult result) {
        while (true) {
            Run fresh = runs.get(id);
            Run changed = result.change().apply(fresh);
            RunEvent event = result.event();
            Run after = event == null ? changed : changed.after(event).orElse(changed);
            boolean done = event == null || changed.after(event).isPresent();
            Change change = done ? change(result) : new Change(result.audit(), List.of(), null, null);
            Optional<Run> stored = runs.advance(fresh, after, change, event == null ? new RunEvent.Answered() : event);
            if (stored.isPresent()) {
                if (stored.get().state().hasEnded()) {
                    permits.of(id).ifPresent(permit -> progress.show(stored.get(), permit));
                    permits.drop(id);
                } else if (!(stored.get().state() instanceof RunState.Acting)) {
                    permits.drop(id); // what it allowed is over: the next plan needs a yes of its own
                }
                return done;
            }
        }
    }

    /** Whoever could not hear goes on when {@link HearingWatch} has read what was missed. */
    private boolean refused(RunId id, Denial denial) {
        return denial.reason() != Denial.Reason.STOPPED
                && denial.reason() != Denial.Reason.UNHEARD
                && hold(id, denial.sentence());
    }

    /** Shows the progress once more, so that its echo comes back. */
    void beat(Run run) {
        permits.of(run.id()).ifPresent(permit -> progress.show(run, permit));
    }

    /** What was said in a gap is read and nobody said to hold. */
    void tellHeardAgain(RunId id, String platform, Duration gap, int messages) {
        Run run = runs.get(id);
        if (mayHaveChangedThingsOutside(id)) {
            hold(id, "I could not hear %s for %d s. ".formatted(platform, gap.toSeconds()) + NOT_TWICE);
        } else if (run.state() instanceof RunState.Acting) {
            String text =
                    "I could not hear %s for %d s, so I froze. Read what I missed: %d %s, nobody told me to hold. "
                                    .formatted(
                                            platform, gap.toSeconds(), messages, messages == 1 ? "message" : "messages")
                            + "Going on with step " + (run.stepsDone() + 1) + ".";
            runs.store()
                    .advance(
                            run,
                            run,
                            new Change(List.of(), List.of(note(run, "heard/" + run.version(), text)), null, null))
                    .ifPresent(runs::known);
        }
    }

    /** What was said in a gap cannot be read: what acts is held, and a request that waits is void. */
    void unread(RunId id, String platform) {
        String why = "what was said on " + platform + " while I could not hear it cannot be read";
        Run run = runs.get(id);
        if (run.state() instanceof RunState.Acting || run.state() instanceof RunState.AwaitingAuthorization) {
            hold(id, why);
        }
    }

    private boolean again(Run run) {
        if (mayHaveChangedThingsOutside(run.id())) {
            return hold(run.id(), "I was frozen while a command ran. " + NOT_TWICE);
        }
        String text =
                "I was frozen while a command ran, so it was ended. Going on with the same step from its last commit.";
        runs.store()
                .advance(
                        run, run, new Change(List.of(), List.of(note(run, "again/" + run.version(), text)), null, null))
                .ifPresent(runs::known);
        return true;
    }

    private boolean mayHaveChangedThingsOutside(RunId id) {
        return permits.of(id)
                .filter(permit -> permit.plan().outline().scopes().changesThingsOutside())
                .isPresent();
    }

    /**
     * Holds a run for a reason that no person gave, and says so. Always false: the work ends here, also while it cannot be
     * recorded.
     */
    boolean hold(RunId id, String why) {
        untold.add(id);
        stops.pull(new StopOrder(id, null, "saywhen", why, "here", null));
        String whole = unrecorded.merge(id, why, (first, more) -> first.contains(more) ? first : first + "; " + more);
        try {
            var hold = new RunState.Hold("saywhen", clock.instant(), whole);
            runs.happen(
                    id,
                    new RunEvent.HeldUp(hold),
                    run -> new Change(
                            List.of(),
                            List.of(new Outgoing.Message(
                                    "run-" + id + "/held/" + run.version(),
                                    run.thread(),
                                    Outgoing.Purpose.HELD,
                                    "Held in " + run.state().phase() + ": " + whole
                                            + "\nNothing of this run goes on by itself. "
                                            + "Say `resume` when I shall plan again.",
                                    null)),
                            null,
                            null));
            unrecorded.remove(id, whole);
        } catch (RuntimeException notStored) {
            // Nothing of it goes on; it is recorded by holdAgain.
        }
        permits.drop(id);
        return false;
    }

    /** Holds what could not be recorded as held when it had to be; its effects ended then. */
    void holdAgain() {
        unrecorded.forEach(this::hold);
    }

    private static Outgoing note(Run run, String key, String text) {
        return new Outgoing.Message("run-" + run.id() + "/" + key, run.thread(), Outgoing.Purpose.NOTE, text, null);
    }

    private static Change change(PhaseResult result) {
        return new Change(result.audit(), result.outgoing(), result.revision(), null);
    }
}
