package dev.saywhen.flow;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Sandbox;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What follows a STOP once everything is cut off: look, record, hold, keep the work, and say so (gate.md, section 7). */
public final class StopDesk {
    private static final Duration FIRST_LINE_AFTER = Duration.ofSeconds(1);
    private static final Duration VERDICT_WITHIN = Duration.ofSeconds(9);
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration FOLDED_FOR = Duration.ofSeconds(10);

    private final Runs runs;
    private final Function<RunId, List<String>> survivors;
    private final LiveThreads threads;
    private final StopLog log;
    private final StopJournal journal;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final Workspace workspace;
    private final Sandbox sandbox;
    private final Executor executor;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final Map<String, Fold> folds = new ConcurrentHashMap<>();
    private final Set<Long> journaled = new HashSet<>(); // epochs that stand in the journal; guarded by itself

    /**
     * @param survivors what is still alive of a run's commands, as "comm, pid N"
     * @param pause lets that much time go by
     */
    public StopDesk(
            Runs runs,
            Function<RunId, List<String>> survivors,
            LiveThreads threads,
            StopLog log,
            StopJournal journal,
            AuditTrail trail,
            Outbox outbox,
            Workspace workspace,
            Sandbox sandbox,
            Executor executor,
            InstantSource clock,
            Consumer<Duration> pause) {
        this.runs = runs;
        this.survivors = survivors;
        this.threads = threads;
        this.log = log;
        this.journal = journal;
        this.trail = trail;
        this.outbox = outbox;
        this.workspace = workspace;
        this.sandbox = sandbox;
        this.executor = executor;
        this.clock = clock;
        this.pause = pause;
    }

    /** STOPs in one place that had nothing left to hold: told once in a while, with their number. */
    private record Fold(
            Instant since,
            int more,
            StopPull last,
            @Nullable ThreadId calledIn) {}

    /**
     * Follows a STOP to its end and gives the receipt. Waits for the database for a moment only; what could not be
     * recorded by then is recorded later, in a file first.
     *
     * @param calledIn the thread where the receipt goes first; absent for an operator's STOP
     * @param tellsEvenNothing whether to answer when there was nothing to hold
     */
    Receipt follow(StopPull pull, long begunNanos, @Nullable ThreadId calledIn, boolean tellsEvenNothing) {
        Instant at = clock.instant();
        Map<RunId, Run> before = new TreeMap<>();
        pull.covered()
                .forEach(run -> threads.of(run).filter(StopDesk::canBeHeld).ifPresent(r -> before.put(run, r)));
        Map<RunId, CutOff.Report> reports = pull.settle(FIRST_LINE_AFTER);
        if (!left(reports).isEmpty()) {
            if (!before.isEmpty()) {
                say(calledIn, key(pull, at, "first"), ReceiptText.begun(before.size()));
            }
            reports = pull.settle(VERDICT_WITHIN);
        }
        Verdict verdict = verdict(pull, reports, before, at, Duration.ofNanos(System.nanoTime() - begunNanos));
        Receipt receipt = verdict.receipt();
        boolean isNothing = before.isEmpty() && verdict.open().isEmpty();
        if (isNothing && isFolded(pull, calledIn, tellsEvenNothing, at)) {
            settled(pull);
            return receipt;
        }
        FutureTask<Boolean> rest = new FutureTask<>(() -> {
            record(pull, before.keySet());
            hold(pull, before);
            if (!isNothing || tellsEvenNothing) {
                tell(pull, verdict, before, calledIn, at);
            }
            settled(pull);
            keepWork(pull, before);
            if (!before.isEmpty() && !receipt.survivors().isEmpty()) {
                lookAgain(pull, before, verdict, calledIn, at);
            }
            return true;
        });
        executor.execute(rest);
        await(rest);
        return receipt;
    }

    /** Tells of folded STOPs whose time is over; called every second or so. */
    public void unfold() {
        Instant now = clock.instant();
        folds.forEach((place, fold) -> {
            if (!now.isBefore(fold.since().plus(FOLDED_FOR)) && folds.remove(place, fold) && fold.more() > 0) {
                executor.execute(() -> tellFolded(fold, now)); // whoever looks must not wait for the database
            }
        });
    }

    private void tellFolded(Fold fold, Instant now) {
        StopOrder order = fold.last().order();
        untilStored(
                fold.last(),
                () -> trail.append(
                        AuditChain.installation(),
                        new AuditEvent.StopHeard(
                                order.by(),
                                order.message(),
                                order.words() + ", one of " + fold.more() + " more",
                                order.place(),
                                List.of(),
                                fold.last().epoch())));
        settled(fold.last());
        say(
                fold.calledIn(),
                key(fold.last(), now, "folded"),
                "Heard %d more in the last 10 s. There was nothing left to hold.".formatted(fold.more()));
    }

    /** A message outside any thread is the root of its own: its place is the channel. */
    private boolean isFolded(StopPull pull, @Nullable ThreadId calledIn, boolean tells, Instant at) {
        String place = calledIn != null && !calledIn.root().equals(pull.order().message())
                ? calledIn.toString()
                : pull.order().place();
        ThreadId told = tells ? calledIn : null;
        Fold fold = folds.merge(
                place,
                new Fold(at, 0, pull, told),
                (open, _) -> new Fold(open.since(), open.more() + 1, pull, told == null ? open.calledIn() : told));
        return fold.more() > 0;
    }

    private static boolean canBeHeld(Run run) {
        return !run.state().hasEnded() && !(run.state() instanceof RunState.Held);
    }

    /**
     * What is open of a run that a STOP covered.
     *
     * @param left what may still be alive
     * @param unknown what may have been done, and nobody here can find out
     */
    private record Open(RunId run, List<String> left, List<String> unknown) {}

    /**
     * What came of a STOP: the receipt for its caller, and what each team reads of it: of its own runs everything, of
     * others' only their number.
     */
    private record Verdict(
            Receipt receipt, List<Open> open, Map<RunId, TeamId> teams, Function<Predicate<RunId>, String> words) {
        String textFor(TeamId team) {
            return words.apply(isOf(team));
        }

        Predicate<RunId> isOf(TeamId team) {
            return run -> team.equals(teams.get(run));
        }

        /** What stands in the trail of a run of this team. */
        List<String> leftFor(TeamId team) {
            List<String> lines = new ArrayList<>();
            open.stream().filter(one -> isOf(team).test(one.run())).forEach(one -> {
                lines.addAll(one.left());
                one.unknown().forEach(unknown -> lines.add("outcome unknown: " + unknown));
            });
            long others =
                    open.stream().filter(one -> !isOf(team).test(one.run())).count();
            if (others > 0) {
                lines.add("open in runs of other teams: " + others);
            }
            return lines;
        }
    }

    private Verdict verdict(
            StopPull pull, Map<RunId, CutOff.Report> reports, Map<RunId, Run> before, Instant at, Duration took) {
        StopOrder order = pull.order();
        List<Open> open = open(pull, reports);
        List<String> left =
                open.stream().flatMap(one -> one.left().stream()).distinct().toList();
        boolean acted = before.values().stream().anyMatch(run -> run.state() instanceof RunState.Acting);
        boolean confirmed = open.isEmpty() && (!acted || sandbox.isComplete());
        int others = (int) threads.acting().stream()
                .filter(run -> !before.containsKey(run.id()))
                .count();
        List<ReceiptText.Cut> cuts = before.values().stream()
                .map(run -> new ReceiptText.Cut(run, reports.getOrDefault(run.id(), CutOff.Report.NOTHING)))
                .toList();
        Function<Predicate<RunId>, String> words = isNamed -> {
            if (cuts.isEmpty() && open.isEmpty()) {
                return ReceiptText.nothing(order, at, others);
            }
            List<ReceiptText.Cut> named =
                    cuts.stream().filter(cut -> isNamed.test(cut.run().id())).toList();
            ReceiptText text = new ReceiptText(cuts.size(), named, order, at, others);
            return confirmed ? text.confirmed(took) : text.unconfirmed(why(open, isNamed));
        };
        int killed = reports.values().stream().mapToInt(CutOff.Report::killed).sum();
        Receipt receipt = new Receipt(
                confirmed,
                List.copyOf(before.keySet()),
                order.words(),
                took,
                killed,
                left,
                others,
                words.apply(_ -> true));
        return new Verdict(receipt, open, teams(pull), words);
    }

    private List<Open> open(StopPull pull, Map<RunId, CutOff.Report> reports) {
        return pull.covered().stream()
                .map(run -> {
                    CutOff.Report report = reports.getOrDefault(run, CutOff.Report.NOTHING);
                    List<String> left = Stream.concat(report.survivors().stream(), survivors.apply(run).stream())
                            .distinct()
                            .toList();
                    return new Open(run, left, report.unknown());
                })
                .filter(one -> !one.left().isEmpty() || !one.unknown().isEmpty())
                .toList();
    }

    /** A run that nobody knows the thread of is nobody's to read of. */
    private Map<RunId, TeamId> teams(StopPull pull) {
        Map<RunId, TeamId> teams = new TreeMap<>();
        pull.covered()
                .forEach(run -> threads.of(run)
                        .ifPresent(known -> teams.put(run, known.thread().team())));
        return teams;
    }

    private String why(List<Open> open, Predicate<RunId> isNamed) {
        List<String> sentences = new ArrayList<>();
        Told left = Told.of(open, isNamed, Open::left);
        if (!left.isEmpty()) {
            sentences.add("may still be alive: " + left + ". I look again every 5 s and tell you here.");
        }
        Told unknown = Told.of(open, isNamed, Open::unknown);
        if (!unknown.isEmpty()) {
            sentences.add("outcome unknown: " + unknown + ". I can't find out; somebody has to look there.");
        }
        return sentences.isEmpty()
                ? "commands are " + sandbox.isolation() + ", so I cannot prove that nothing is left."
                : String.join(" ", sentences);
    }

    /**
     * What is open, as one reader may know it.
     *
     * @param others how many runs of other teams something is open of
     */
    private record Told(List<String> named, int others) {
        static Told of(List<Open> open, Predicate<RunId> isNamed, Function<Open, List<String>> part) {
            List<String> named = open.stream()
                    .filter(one -> isNamed.test(one.run()))
                    .flatMap(one -> part.apply(one).stream())
                    .distinct()
                    .toList();
            long others = open.stream()
                    .filter(one -> !isNamed.test(one.run()) && !part.apply(one).isEmpty())
                    .map(Open::run)
                    .distinct()
                    .count();
            return new Told(named, (int) others);
        }

        boolean isEmpty() {
            return named.isEmpty() && others == 0;
        }

        @Override
        public String toString() {
            String more = "something of " + ReceiptText.counted(others, "run") + " of other teams";
            return Stream.concat(named.stream(), others == 0 ? Stream.of() : Stream.of(more))
                    .collect(Collectors.joining("; "));
        }
    }

    private static List<String> left(Map<RunId, CutOff.Report> reports) {
        return reports.values().stream()
                .flatMap(report -> report.survivors().stream())
                .toList();
    }

    /** Recorded whatever it takes: in the file first if the database does not answer. */
    private void record(StopPull pull, Set<RunId> covered) {
        StopOrder order = pull.order();
        var event = new AuditEvent.StopHeard(
                order.by(),
                order.message(),
                order.words(),
                order.place(),
                covered.stream().map(RunId::toString).toList(),
                pull.epoch());
        untilStored(pull, () -> log.record(order, pull.epoch(), List.copyOf(covered)));
        untilStored(pull, () -> trail.append(AuditChain.installation(), event));
        covered.forEach(run -> untilStored(pull, () -> trail.append(AuditChain.of(run), event)));
    }

    private void hold(StopPull pull, Map<RunId, Run> before) {
        var hold = new RunState.Hold(
                pull.order().by(), clock.instant(), pull.order().words());
        before.keySet()
                .forEach(run ->
                        untilStored(pull, () -> runs.happen(run, new RunEvent.HeldUp(hold), _ -> Change.NOTHING)));
    }

    private void tell(StopPull pull, Verdict verdict, Map<RunId, Run> before, @Nullable ThreadId calledIn, Instant at) {
        Receipt receipt = verdict.receipt();
        before.values().forEach(run -> {
            var settled = new AuditEvent.StopSettled(
                    receipt.confirmed(),
                    receipt.killed(),
                    verdict.leftFor(run.thread().team()),
                    receipt.took().toMillis());
            untilStored(pull, () -> trail.append(AuditChain.of(run.id()), settled));
        });
        if (calledIn != null
                && before.values().stream().noneMatch(run -> run.thread().equals(calledIn))) {
            say(calledIn, key(pull, at, "receipt"), verdict.textFor(calledIn.team()));
        }
        before.values().forEach(run -> {
            AuditMark mark = head(pull, run.id());
            say(
                    run.thread(),
                    key(pull, at, "receipt/" + run.id()),
                    verdict.textFor(run.thread().team())
                            + "\nAudit %d %s."
                                    .formatted(mark.sequence(), mark.hash().code()));
        });
    }

    private AuditMark head(StopPull pull, RunId run) {
        AuditMark[] mark = {AuditMark.START};
        untilStored(pull, () -> mark[0] = trail.head(AuditChain.of(run)));
        return mark[0];
    }

    private void lookAgain(
            StopPull pull, Map<RunId, Run> before, Verdict verdict, @Nullable ThreadId calledIn, Instant at) {
        executor.execute(() -> {
            List<Open> found;
            do {
                pause.accept(LOOK_AGAIN);
                found = open(pull, pull.settleAgain(LOOK_AGAIN));
            } while (found.stream().anyMatch(one -> !one.left().isEmpty()));
            List<Open> open = Stream.concat(verdict.open().stream(), found.stream())
                    .toList(); // what was cut off later is known later
            var settled = new AuditEvent.Observed("what a stop had left", "nothing of it is alive any more");
            before.keySet().forEach(run -> untilStored(pull, () -> trail.append(AuditChain.of(run), settled)));
            Function<ThreadId, String> text = thread -> {
                Told unknown = Told.of(open, verdict.isOf(thread.team()), Open::unknown);
                return ReceiptText.settledLater(before.size(), unknown.isEmpty() ? "" : unknown.toString());
            };
            if (calledIn != null) {
                say(calledIn, key(pull, at, "settled"), text.apply(calledIn));
            }
            before.values().stream()
                    .filter(run -> !run.thread().equals(calledIn))
                    .forEach(run -> say(run.thread(), key(pull, at, "settled/" + run.id()), text.apply(run.thread())));
        });
    }

    /** The one write after a STOP, into Saywhen's own git directory; the receipt does not wait for it. */
    private void keepWork(StopPull pull, Map<RunId, Run> before) {
        before.values().stream()
                .filter(run ->
                        run.state() instanceof RunState.Acting && run.undo() == null) // no files are in the making
                .forEach(run -> executor.execute(() -> keep(pull, run)));
    }

    private void keep(StopPull pull, Run run) {
        try {
            parent(pull, run)
                    .flatMap(parent -> workspace.keep(run.id(), run.project(), parent))
                    .ifPresent(commit -> noteUnfinished(pull, run, "kept as " + commit));
        } catch (RunStore.PlanUnreadable never) {
            notKept(pull, run, String.valueOf(never.getMessage()), "its plan cannot be read any more.");
        } catch (RepositoryUnreadable broken) {
            String why = String.valueOf(broken.getMessage());
            notKept(pull, run, why, why + "\nIt stays where it is until the run goes on.");
        } finally {
            settled(pull);
        }
    }

    private void notKept(StopPull pull, Run run, String noted, String why) {
        noteUnfinished(pull, run, "not kept: " + noted);
        say(
                run.thread(),
                key(pull, clock.instant(), "not-kept/" + run.id()),
                "The unfinished work of run %s is not saved apart: %s".formatted(run.id(), why));
    }

    private Optional<CommitId> parent(StopPull pull, Run run) {
        AtomicReference<@Nullable CommitId> tip = new AtomicReference<>(run.head());
        RevisionNumber newest = run.newest();
        if (run.head() == null && newest != null) {
            untilStored(pull, () -> runs.store().plan(run.id(), newest).ifPresent(plan -> tip.set(plan.tip())));
        }
        return Optional.ofNullable(tip.get());
    }

    private void noteUnfinished(StopPull pull, Run run, String what) {
        var noted = new AuditEvent.Observed("unfinished work", what);
        untilStored(pull, () -> trail.append(AuditChain.of(run.id()), noted));
    }

    private void untilStored(StopPull pull, Runnable store) {
        while (true) {
            try {
                store.run();
                return;
            } catch (RunStore.PlanUnreadable never) {
                throw never;
            } catch (RuntimeException notStored) {
                writeDown(pull);
                pause.accept(RETRY);
            }
        }
    }

    /** In a file until it is recorded. A full disk ends nothing: recording is tried again all the same. */
    private void writeDown(StopPull pull) {
        RunId run = pull.order().run();
        synchronized (journaled) {
            if (!journaled.contains(pull.epoch())) {
                try {
                    journal.write(pull.epoch() + " " + (run == null ? "all" : run) + " "
                            + pull.order().by());
                    journaled.add(pull.epoch());
                } catch (RuntimeException notWritten) {
                    // Tried again together with the recording.
                }
            }
        }
    }

    private void settled(StopPull pull) {
        synchronized (journaled) {
            if (journaled.remove(pull.epoch()) && journaled.isEmpty()) {
                journal.clear();
            }
        }
    }

    /** Follows STOPs that stood in the journal at a start; they stay there until the last of them is recorded. */
    void followJournaled(List<StopPull> pulls) {
        synchronized (journaled) {
            pulls.forEach(pull -> journaled.add(pull.epoch()));
        }
        pulls.forEach(pull -> follow(pull, System.nanoTime(), null, false));
    }

    private void say(@Nullable ThreadId thread, String key, String text) {
        if (thread == null) {
            return;
        }
        try {
            outbox.put(List.of(new Outgoing.Message(key, thread, Outgoing.Purpose.RECEIPT, text, null)));
        } catch (RuntimeException notStored) {
            executor.execute(() -> {
                pause.accept(RETRY);
                say(thread, key, text);
            });
        }
    }

    /** An epoch that was never recorded can come again after a restart: the time keeps the keys apart. */
    private static String key(StopPull pull, Instant at, String what) {
        return "stop/" + pull.epoch() + "-" + at.toEpochMilli() + "/" + what;
    }

    private static void await(FutureTask<Boolean> rest) {
        try {
            rest.get(RECORDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException later) {
            // It goes on by itself; the STOP stands and the receipt is known.
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the stop was carried out; following it failed", broken.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
