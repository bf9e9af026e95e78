package dev.saywhen.flow;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Sandbox;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What follows a STOP once everything is cut off: look, record, hold, keep the work, and say so (gate.md, section 7). */
public final class StopDesk {
    private static final Duration FIRST_LINE_AFTER = Duration.ofSeconds(1);
    private static final Duration VERDICT_WITHIN = Duration.ofSeconds(9);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Runs runs;
    private final LiveThreads threads;
    private final StopLog log;
    private final StopJournal journal;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final Workspace workspace;
    private final Sandbox sandbox;
    private final Executor executor;
    private final InstantSource clock;

    public StopDesk(
            Runs runs,
            LiveThreads threads,
            StopLog log,
            StopJournal journal,
            AuditTrail trail,
            Outbox outbox,
            Workspace workspace,
            Sandbox sandbox,
            Executor executor,
            InstantSource clock) {
        this.runs = runs;
        this.threads = threads;
        this.log = log;
        this.journal = journal;
        this.trail = trail;
        this.outbox = outbox;
        this.workspace = workspace;
        this.sandbox = sandbox;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Follows a STOP to its end and gives the receipt.
     *
     * @param calledIn the thread where the receipt goes first; absent for an operator's STOP
     * @param tellsEvenNothing whether to answer when there was nothing to hold
     */
    Receipt follow(StopPull pull, long begunNanos, @Nullable ThreadId calledIn, boolean tellsEvenNothing) {
        Map<RunId, Run> before = new TreeMap<>();
        pull.covered()
                .forEach(run -> threads.of(run).filter(StopDesk::canBeHeld).ifPresent(r -> before.put(run, r)));
        Map<RunId, CutOff.Report> reports = pull.settle(FIRST_LINE_AFTER);
        if (reports.values().stream().anyMatch(report -> !report.survivors().isEmpty())) {
            say(
                    calledIn,
                    "stop/" + pull.epoch() + "/first",
                    "Stopping " + counted(before.size(), "run") + ". Nothing new starts.");
            reports = pull.settle(VERDICT_WITHIN);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begunNanos);
        record(pull, before.keySet());
        Map<RunId, Run> held = hold(pull, before);
        Receipt receipt = receipt(pull, reports, before, held, took);
        if (held.isEmpty() && !tellsEvenNothing) {
            return receipt;
        }
        tell(pull, receipt, held, calledIn);
        keepWork(held, before);
        return receipt;
    }

    private static boolean canBeHeld(Run run) {
        return !run.state().hasEnded() && !(run.state() instanceof RunState.Held);
    }

    /** Recorded whatever it takes: in the file first if the database does not answer. */
    private void record(StopPull pull, Iterable<RunId> covered) {
        List<String> names = new ArrayList<>();
        List<RunId> ids = new ArrayList<>();
        covered.forEach(run -> {
            names.add(run.toString());
            ids.add(run);
        });
        StopOrder order = pull.order();
        var event = new AuditEvent.StopHeard(
                order.by(), order.message(), order.words(), order.place(), names, pull.epoch());
        untilStored(pull, () -> log.record(order, pull.epoch(), ids));
        untilStored(pull, () -> trail.append(AuditChain.installation(), event));
        ids.forEach(run -> untilStored(pull, () -> trail.append(AuditChain.of(run), event)));
    }

    private void untilStored(StopPull pull, Runnable store) {
        boolean journaled = false;
        while (true) {
            try {
                store.run();
                return;
            } catch (RuntimeException notStored) {
                if (!journaled) {
                    RunId run = pull.order().run();
                    journal.write(pull.epoch() + " " + (run == null ? "all" : run) + " "
                            + pull.order().by());
                    journaled = true;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private Map<RunId, Run> hold(StopPull pull, Map<RunId, Run> before) {
        Map<RunId, Run> held = new TreeMap<>();
        var hold = new RunState.Hold(
                pull.order().by(), clock.instant(), pull.order().words());
        before.keySet()
                .forEach(run -> untilStored(
                        pull,
                        () -> runs.happen(run, new RunEvent.HeldUp(hold), _ -> Change.NOTHING)
                                .ifPresent(now -> held.put(run, now))));
        return held;
    }

    private Receipt receipt(
            StopPull pull,
            Map<RunId, CutOff.Report> reports,
            Map<RunId, Run> before,
            Map<RunId, Run> held,
            Duration took) {
        int killed = reports.values().stream().mapToInt(CutOff.Report::killed).sum();
        List<String> survivors =
                reports.values().stream().flatMap(r -> r.survivors().stream()).toList();
        boolean acted = before.values().stream().anyMatch(run -> run.state() instanceof RunState.Acting);
        boolean confirmed = survivors.isEmpty() && (!acted || sandbox.isComplete());
        int others = (int) threads.acting().stream()
                .filter(run -> !before.containsKey(run.id()))
                .count();
        StopOrder order = pull.order();
        List<String> lines = new ArrayList<>();
        if (held.isEmpty()) {
            lines.add("Nothing to hold: no run of mine acts or waits here.");
        } else if (confirmed) {
            lines.add("STOPPED, CONFIRMED. %s held, nothing of mine is alive. %s."
                    .formatted(counted(held.size(), "run"), seconds(took)));
        } else {
            lines.add("UNCONFIRMED: "
                    + (survivors.isEmpty()
                            ? "commands are not kept apart here (" + sandbox.isolation()
                                    + "), so I cannot prove that nothing is left."
                            : "may still be alive: " + String.join("; ", survivors) + "."));
            lines.add(
                    "All permits are dead, nothing new starts. Look for what is left and end it: docs/operations.md#unconfirmed");
        }
        lines.add("Heard \"%s\" from %s in %s at %s."
                .formatted(order.words(), order.by(), order.place(), CLOCK.format(clock.instant())));
        held.keySet()
                .forEach(run -> lines.add(line(
                        Objects.requireNonNull(before.get(run)), reports.getOrDefault(run, CutOff.Report.NOTHING))));
        if (!held.isEmpty()) {
            lines.add(
                    "I do nothing until somebody who may says yes again. Say `resume` in a run's thread when it shall plan again.");
        }
        if (order.run() != null && others > 0) {
            lines.add("%s still act. To hold them too say: stop everything.".formatted(counted(others, "other run")));
        }
        return new Receipt(
                confirmed,
                List.copyOf(held.keySet()),
                order.words(),
                took,
                killed,
                survivors,
                others,
                String.join("\n", lines));
    }

    private static String line(Run run, CutOff.Report report) {
        String title = "Run " + run.id() + ", " + run.project();
        return switch (run.state()) {
            case RunState.Acting acting ->
                ("%s: cut in %s after %s. %s killed, %d left. "
                                + "Kept: %s; unfinished work is saved apart. Cannot be undone: nothing.")
                        .formatted(
                                title,
                                acting.phase(),
                                counted(run.stepsDone(), "step"),
                                counted(report.killed(), "process"),
                                report.survivors().size(),
                                run.commits().isEmpty()
                                        ? "no commits yet"
                                        : counted(run.commits().size(), "commit"));
            case RunState.AwaitingAuthorization _, RunState.Posting _ ->
                title + ": was waiting for a yes. That request is void.";
            case RunState.Asking _,
                    RunState.Planning _,
                    RunState.Held _,
                    RunState.Completed _,
                    RunState.Failed _,
                    RunState.Cancelled _ -> title + ": was " + run.state().name() + ". Nothing was begun.";
        };
    }

    private void tell(StopPull pull, Receipt receipt, Map<RunId, Run> held, @Nullable ThreadId calledIn) {
        say(calledIn, "stop/" + pull.epoch() + "/receipt", receipt.text());
        held.values().stream().filter(run -> !run.thread().equals(calledIn)).forEach(run -> {
            AuditMark mark = trail.head(AuditChain.of(run.id()));
            say(
                    run.thread(),
                    "stop/" + pull.epoch() + "/receipt/" + run.id(),
                    receipt.text()
                            + "\nAudit %d %s."
                                    .formatted(mark.sequence(), mark.hash().code()));
        });
        held.keySet()
                .forEach(run -> untilStored(
                        pull,
                        () -> trail.append(
                                AuditChain.of(run),
                                new AuditEvent.StopSettled(
                                        receipt.confirmed(),
                                        receipt.killed(),
                                        receipt.survivors(),
                                        receipt.took().toMillis()))));
    }

    private void say(@Nullable ThreadId thread, String key, String text) {
        if (thread == null) {
            return;
        }
        List<Outgoing> one = List.of(new Outgoing.Message(key, thread, Outgoing.Purpose.RECEIPT, text, null));
        try {
            outbox.put(one);
        } catch (RuntimeException notStored) {
            executor.execute(() -> {
                LockSupport.parkNanos(RETRY.toNanos());
                say(thread, key, text);
            });
        }
    }

    /** The one write after a STOP, into Saywhen's own git directory; the receipt does not wait for it. */
    private void keepWork(Map<RunId, Run> held, Map<RunId, Run> before) {
        held.values().stream()
                .filter(run -> Objects.requireNonNull(before.get(run.id())).state() instanceof RunState.Acting)
                .forEach(run -> executor.execute(() -> keep(run)));
    }

    private void keep(Run run) {
        Optional<CommitId> tip = run.head() != null
                ? Optional.of(run.head())
                : Optional.ofNullable(run.newest())
                        .flatMap(number -> runs.store().plan(run.id(), number))
                        .map(plan -> plan.tip());
        Optional<CommitId> kept = tip.flatMap(parent -> workspace.keep(run.id(), run.project(), parent));
        kept.ifPresent(commit ->
                trail.append(AuditChain.of(run.id()), new AuditEvent.Observed("unfinished work", "kept as " + commit)));
    }

    private static String counted(int count, String thing) {
        String plural = thing.endsWith("s") ? thing + "es" : thing + "s";
        return count + " " + (count == 1 ? thing : plural);
    }

    private static String seconds(Duration took) {
        return "%d.%03d s".formatted(took.toSeconds(), took.toMillisPart());
    }
}
