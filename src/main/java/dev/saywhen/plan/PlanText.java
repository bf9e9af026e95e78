package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan as text, made by code from the very records that are executed. */
public final class PlanText {
    private PlanText() {}

    /**
     * The whole plan as Markdown: the text that the digest is taken of.
     *
     * <p>Equal plans give equal text on every machine, and no two plans give the same: every field of the revision is in
     * it, and nothing is dropped or folded. What an engineer or a person wrote stands in quotation (lines that begin with
     * {@code >}), so that it cannot look like a line of ours; what is executed does not.
     */
    public static String canonical(PlanRevision plan) {
        Outline outline = plan.outline();
        List<String> out = new ArrayList<>();
        out.add("# Plan " + plan.number() + " of run " + plan.run() + ", " + plan.project() + ": "
                + escaped(outline.title()));
        prose(out, "", outline.summary());
        prose(out, "Asked for", plan.brief().messages());
        if (plan.brief().assumed()) {
            out.add("");
            out.add("Open questions are answered by the defaults that this plan states.");
        }
        for (PlanPart part : outline.parts()) {
            prose(out, part.kind().heading(), part.lines());
        }
        steps(out, plan);
        list(out, "Files that may be written", outline.scopes().paths());
        list(out, "Commands that may be run, exactly", outline.scopes().commands());
        list(out, "Branches that may be written", outline.scopes().branches());
        list(
                out,
                "Tools of servers outside that may be called",
                outline.scopes().tools());
        list(out, "Check of the whole", List.of(outline.verify()));
        list(out, "Documents", outline.documents());
        prose(out, "Not touched", outline.notTouched());
        prose(out, "Risks", outline.risks());
        prose(out, "Way back", List.of(outline.wayBack()));
        list(out, "Limits", limits(plan));
        list(
                out,
                "Base",
                List.of(plan.base().branch() + " at " + plan.base().commit()
                        + (plan.head() == null ? "" : ", going on from " + plan.head())));
        prose(out, "New since the revision before", plan.news());
        out.add("");
        out.add(outline.request().sentence());
        return String.join("\n", out) + "\n";
    }

    private static List<String> limits(PlanRevision plan) {
        Budget budget = plan.outline().budget();
        List<String> limits = new ArrayList<>();
        limits.add("time: " + spoken(budget.time()));
        limits.add("model tokens: " + budget.tokens());
        if (budget.cost() != null) {
            limits.add("model cost: $" + budget.cost());
        }
        plan.raises().forEach(raise -> limits.add(raise.toString()));
        limits.add("commands: " + plan.isolation());
        return limits;
    }

    /** A length of time as people write it: {@code 2 h}, {@code 25 min}, {@code 90 s}. */
    public static String spoken(Duration time) {
        long seconds = time.toSeconds();
        if (time.toNanosPart() != 0) {
            return time.toString();
        }
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        if (seconds >= 60 && seconds % 60 == 0) {
            return seconds / 60 + " min";
        }
        return seconds + " s";
    }

    /** The text on one line, for showing: white space folded, and whatever else cannot be seen {@link #escaped}. */
    public static String visible(String text) {
        return escaped(text.strip().replaceAll("[\\n\\r\\t]", " "));
    }

    /**
     * The text on one line, with control, bidirectional and invisible characters written as {@code <U+200B>}.
     *
     * <p>No two texts look the same: nothing is dropped, and where {@code <U+} itself was written, its first character is
     * escaped as well.
     */
    public static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        int[] points = text.codePoints().toArray();
        for (int at = 0; at < points.length; at++) {
            boolean looksEscaped =
                    points[at] == '<' && at + 2 < points.length && points[at + 1] == 'U' && points[at + 2] == '+';
            if (looksEscaped || isInvisible(points[at])) {
                shown.append("<U+%04X>".formatted(points[at]));
            } else {
                shown.appendCodePoint(points[at]);
            }
        }
        return shown.toString();
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> isBlank(point);
        };
    }

    /** Letters and marks that show nothing: fillers, variation selectors, the grapheme joiner, the Braille blank. */
    private static boolean isBlank(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF)
                || "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0".indexOf(point) >= 0;
    }

    private static void steps(List<String> out, PlanRevision plan) {
        out.add("");
        out.add("## Steps");
        for (Step step : plan.outline().steps()) {
            out.add(step.number() + ". " + escaped(step.title()));
            if (step.number() <= plan.stepsDone()) {
                out.add("   - done and kept");
            }
            switch (step.work()) {
                case Step.Build(List<String> tests, List<String> files, CommandScope check) -> {
                    out.add("   - tests first: " + paths(tests));
                    out.add("   - files: " + paths(files));
                    out.add("   - check: `" + escaped(check.toString()) + "`");
                }
                case Step.Revert(CommitId commit, List<String> files) -> {
                    out.add("   - reverts: " + commit);
                    out.add("   - files: " + paths(files));
                }
                case Step.Migrate(String file, String text, List<ChangeSet> changeSets, Proof proof) -> {
                    out.add("   - file: " + paths(List.of(file)));
                    out.add(
                            changeSets.stream().anyMatch(ChangeSet::standsAlone)
                                    ? "   - not transactional, outside of any transaction:"
                                    : "   - in one transaction:");
                    text.lines().forEach(line -> out.add("         " + escaped(line)));
                    out.add("   - text: " + Digest.of(text));
                    changeSets.forEach(changeSet -> out.add(named(changeSet) + ": each statement writes at most "
                            + changeSet.mostRows() + " rows; " + changeSet.digest()));
                    proven(out, proof);
                }
                case Step.RollBack(CommitId commit, List<String> files, List<ChangeSet> changeSets, Proof proof) -> {
                    out.add("   - reverts: " + commit);
                    out.add("   - files: " + paths(files));
                    out.add("   - in one transaction, the newest first:");
                    changeSets.reversed().forEach(changeSet -> {
                        out.add("         -- " + escaped(changeSet.name()));
                        changeSet.rollback().lines().forEach(line -> out.add("         " + escaped(line)));
                    });
                    changeSets.forEach(changeSet -> out.add(named(changeSet) + ": " + changeSet.digest()));
                    proven(out, proof);
                }
            }
            out.add("   - way back: " + escaped(step.wayBack()));
        }
    }

    private static String named(ChangeSet changeSet) {
        return "   - change set " + escaped(changeSet.name());
    }

    private static void proven(List<String> out, Proof proof) {
        out.add("   - database: " + escaped(proof.database()));
        out.add("   - rehearsed on a copy with " + proof.rows() + " rows; schema " + proof.before() + " becomes "
                + proof.after());
        proof.changes().forEach(change -> out.add("   - schema: " + escaped(change)));
        proof.locks().forEach(lock -> out.add("   - lock: " + escaped(lock)));
        proof.losses().forEach(loss -> out.add("   - lost: " + escaped(loss.told())));
        proof.notes().forEach(note -> out.add("   - note: " + escaped(note)));
    }

    private static String paths(List<String> paths) {
        return paths.isEmpty()
                ? "(none)"
                : String.join(
                        ", ",
                        paths.stream()
                                .map(path -> escaped(CommandScope.quoted(path)))
                                .toList());
    }

    /** What is executed, one line each. */
    private static void list(List<String> out, String heading, List<?> items) {
        if (!items.isEmpty()) {
            out.add("");
            out.add("## " + heading);
            items.forEach(item -> out.add("- " + escaped(item.toString())));
        }
    }

    /** What somebody wrote, in quotation; its own lines are kept. */
    private static void prose(List<String> out, String heading, List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        out.add("");
        if (!heading.isEmpty()) {
            out.add("## " + heading);
        }
        for (String text : texts) {
            String begin = "> - ";
            for (String line : text.split("\n", -1)) {
                out.add(begin + escaped(line));
                begin = ">   ";
            }
        }
    }
}
