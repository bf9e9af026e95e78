package dev.saywhen.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan as text, made by code from the very records that are executed. */
public final class PlanText {
    private PlanText() {}

    /**
     * The whole plan as Markdown: the text that the digest is taken of.
     *
     * <p>Equal plans give equal text on every machine; every field of the revision is in it. Invisible and control
     * characters are shown escaped, so what a person reads is what was hashed.
     */
    public static String canonical(PlanRevision plan) {
        Outline outline = plan.outline();
        List<String> out = new ArrayList<>();
        out.add("# Plan " + plan.number() + " of run " + plan.run() + ", " + visible(plan.project() + ": " + outline.title()));
        out.add("");
        outline.summary().forEach(line -> out.add(visible(line)));
        section(out, "Asked for", plan.brief().messages());
        if (plan.brief().assumed()) {
            out.add("- (open questions are answered by the defaults that this plan states)");
        }
        for (PlanPart part : outline.parts()) {
            section(out, part.kind().heading(), part.lines());
        }
        steps(out, plan);
        section(out, "Files that may be written", strings(outline.scopes().paths()));
        section(out, "Commands that may be run, exactly", strings(outline.scopes().commands()));
        section(out, "Branches that may be written", outline.scopes().branches());
        section(out, "Check of the whole", List.of(outline.verify().toString()));
        section(out, "Documents", outline.documents());
        section(out, "Not touched", outline.notTouched());
        section(out, "Risks", outline.risks());
        section(out, "Way back", List.of(outline.wayBack()));
        section(out, "Limits", List.of(
                "time: " + spoken(outline.budget().time()),
                "model tokens: " + outline.budget().tokens(),
                "commands: " + plan.isolation()));
        section(out, "Base", List.of(plan.base().branch() + " at " + plan.base().commit()
                + (plan.head() == null ? "" : ", going on from " + plan.head())));
        section(out, "New since the revision before", plan.news());
        out.add("");
        out.add(outline.request().sentence());
        return String.join("\n", out) + "\n";
    }

    /** A length of time as people write it: {@code 2 h}, {@code 25 min}, {@code 90 s}. */
    public static String spoken(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        if (seconds >= 60 && seconds % 60 == 0) {
            return seconds / 60 + " min";
        }
        return seconds + " s";
    }

    /** The text on one line, with control, bidirectional and invisible characters written as {@code <U+200B>}. */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.strip().codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (point == '\n' || point == '\r' || point == '\t') {
                shown.append(' ');
            } else if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                shown.append("<U+%04X>".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static void steps(List<String> out, PlanRevision plan) {
        out.add("");
        out.add("## Steps");
        for (Step step : plan.outline().steps()) {
            String done = step.number() <= plan.stepsDone() ? " (done and kept)" : "";
            out.add(step.number() + ". " + visible(step.title()) + done);
            out.add("   - tests first: " + (step.tests().isEmpty() ? "none" : String.join(", ", step.tests())));
            out.add("   - files: " + (step.files().isEmpty() ? "none" : String.join(", ", step.files())));
            out.add("   - check: `" + visible(step.check().toString()) + "`");
            out.add("   - way back: " + visible(step.wayBack()));
        }
    }

    private static void section(List<String> out, String heading, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.add("");
        out.add("## " + heading);
        lines.forEach(line -> out.add("- " + visible(line)));
    }

    private static List<String> strings(List<?> things) {
        return things.stream().map(Object::toString).toList();
    }
}
