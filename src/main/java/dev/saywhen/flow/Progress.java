package dev.saywhen.flow;

import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.Permit;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The one progress message of an authorized revision, edited in place. */
public final class Progress {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Outbox outbox;
    private final Engineer engineer;
    private final InstantSource clock;
    private final Map<RunId, Integer> edits = new ConcurrentHashMap<>();

    public Progress(Outbox outbox, Engineer engineer, InstantSource clock) {
        this.outbox = outbox;
        this.engineer = engineer;
        this.clock = clock;
    }

    /** Posts or edits the message. */
    void show(Run run, Permit permit) {
        String key = "run-" + run.id() + "/progress/" + permit.plan().number();
        int number = edits.merge(run.id(), 1, Integer::sum);
        String text = text(run, permit);
        outbox.put(List.of(
                new Outgoing.Message(key, run.thread(), Outgoing.Purpose.PROGRESS, text, null),
                new Outgoing.Edit(
                        key + "/edit/" + clock.instant().toEpochMilli() + "-" + number, key, run.thread(), text)));
    }

    private String text(Run run, Permit permit) {
        PlanRevision plan = permit.plan();
        Duration used = plan.outline().budget().time().minus(Duration.between(clock.instant(), permit.deadline()));
        List<String> lines = new ArrayList<>();
        String spent = engineer.spent(run.id());
        lines.add("%s, %s: step %d of %d done, %d of %d min%s"
                .formatted(
                        plan.number(),
                        run.state() instanceof RunState.Acting
                                ? run.state().phase()
                                : run.state().name(),
                        run.stepsDone(),
                        plan.outline().steps().size(),
                        used.toMinutes(),
                        plan.outline().budget().time().toMinutes(),
                        spent.isBlank() ? "" : ", " + spent));
        for (Step step : plan.outline().steps()) {
            int at = step.number() - 1;
            boolean now = at == run.stepsDone() && run.state().phase() == Phase.EXECUTE;
            String mark = at < run.stepsDone() ? "done" : now ? "now " : "next";
            lines.add("%s  %d %s".formatted(mark, step.number(), step.title()));
        }
        for (Phase phase : List.of(Phase.DEBUG, Phase.REVIEW, Phase.DOCUMENT)) {
            boolean done = run.state() instanceof RunState.Completed
                    || run.state().phase().compareTo(phase) > 0;
            String mark = done ? "done" : run.state().phase() == phase ? "now " : "next";
            lines.add("%s  %s".formatted(mark, phase));
        }
        String now = CLOCK.format(clock.instant());
        lines.add(
                run.state() instanceof RunState.Acting
                        ? "Alive " + now + ". Say `stop` to hold me."
                        : "Ended " + now + ".");
        return String.join("\n", lines);
    }
}
