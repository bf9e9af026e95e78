package dev.saywhen.flow;

import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words of a receipt. Written by code from what was looked at; no text of it is a STOP when somebody mirrors it. */
final class ReceiptText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final int held;
    private final List<Cut> named;
    private final StopOrder order;
    private final Instant at;
    private final int others;

    /**
     * @param held how many runs the STOP held
     * @param named those of them that the reader's team may read of
     * @param others how many other runs still act
     */
    ReceiptText(int held, List<Cut> named, StopOrder order, Instant at, int others) {
        this.held = held;
        this.named = List.copyOf(named);
        this.order = order;
        this.at = at;
        this.others = others;
    }

    /** A run as it was when the STOP came, and what was ended of it. */
    record Cut(Run run, CutOff.Report report) {}

    static String nothing(StopOrder order, Instant at, int others) {
        String here = "Nothing to hold: no run of mine acts or waits here.\n" + heard(order, at);
        return others > 0 ? here + "\n" + stillAtWork(others) : here;
    }

    static String begun(int runs) {
        return "Stopping " + counted(runs, "run") + ". Nothing new starts.";
    }

    String confirmed(Duration took) {
        return text("STOPPED, CONFIRMED. %s held, nothing of mine is alive. %s."
                .formatted(counted(held, "run"), seconds(took)));
    }

    /** @param why what may be left, or why that cannot be known */
    String unconfirmed(String why) {
        return text("UNCONFIRMED: " + why + "\nAll permits are dead, nothing new starts. "
                + "What to do: docs/operations.md#unconfirmed");
    }

    /** @param unknown what nobody here can find out, now or later; empty where all is known */
    static String settledLater(int runs, String unknown) {
        return unknown.isEmpty()
                ? "CONFIRMED now. %s held, nothing of mine is alive any more.".formatted(counted(runs, "run"))
                : "UNCONFIRMED still: nothing of mine is alive any more, and the outcome stays unknown: " + unknown
                        + ".";
    }

    private String text(String verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict);
        lines.add(heard(order, at));
        named.forEach(cut -> lines.add(line(cut)));
        if (held > named.size()) {
            lines.add(counted(held - named.size(), "run") + " of other teams held too.");
        }
        lines.add("I do nothing until somebody who may says yes again. "
                + "Say `resume` in a run's thread when it shall plan again.");
        if (order.run() != null && others > 0) {
            lines.add(stillAtWork(others));
        }
        return String.join("\n", lines);
    }

    private static String stillAtWork(int others) {
        return "%s still at work. To hold them too say `stop everything`.".formatted(counted(others, "other run"));
    }

    private static String heard(StopOrder order, Instant at) {
        return "Heard \"%s\" from %s in %s at %s."
                .formatted(order.words(), order.by(), order.place(), CLOCK.format(at));
    }

    private static String line(Cut cut) {
        Run run = cut.run();
        String title = "Run " + run.id() + ", " + run.project();
        return switch (run.state()) {
            case RunState.Acting acting ->
                "%s: cut in %s after %s. %s killed, %d left. Kept: %s; unfinished work is saved apart. "
                                .formatted(
                                        title,
                                        acting.phase(),
                                        counted(run.stepsDone(), "step"),
                                        counted(cut.report().killed(), "process"),
                                        cut.report().survivors().size(),
                                        run.commits().isEmpty()
                                                ? "no commits yet"
                                                : counted(run.commits().size(), "commit"))
                        + String.join(
                                "",
                                cut.report().found().stream()
                                        .map(found -> found + " ")
                                        .toList())
                        + "Cannot be undone: "
                        + (cut.report().lasting().isEmpty()
                                ? "nothing"
                                : cut.report().lasting().stream().distinct().collect(Collectors.joining("; ")))
                        + ".";
            case RunState.AwaitingAuthorization _, RunState.Posting _ ->
                title + ": was waiting for a yes. That request is void.";
            case RunState.Asking _,
                    RunState.Planning _,
                    RunState.Held _,
                    RunState.Completed _,
                    RunState.Failed _,
                    RunState.Cancelled _ ->
                title + ": was " + run.state().name() + ". Nothing was begun." + rehearsed(cut.report());
        };
    }

    /** What is tried on a copy is killed like everything else. */
    private static String rehearsed(CutOff.Report report) {
        return report.killed() == 0
                ? ""
                : " Of a rehearsal %s killed, %d left."
                        .formatted(
                                counted(report.killed(), "process"),
                                report.survivors().size());
    }

    static String counted(int count, String thing) {
        String plural = thing.endsWith("s") ? thing + "es" : thing + "s";
        return count + " " + (count == 1 ? thing : plural);
    }

    private static String seconds(Duration took) {
        return "%d.%03d s".formatted(took.toSeconds(), took.toMillisPart());
    }
}
