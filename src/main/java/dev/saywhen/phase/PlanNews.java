package dev.saywhen.phase;

import dev.saywhen.id.CommitId;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a revision adds to and takes from the one before, in lines for people. */
public final class PlanNews {
    private PlanNews() {}

    /** The lines for the plan itself; empty for a first plan. */
    static List<String> since(
            @Nullable PlanRevision before, Outline outline, Optional<CommitId> stray, List<Raise> raises) {
        List<String> news = new ArrayList<>();
        if (before == null) {
            return news;
        }
        stray.ifPresent(commit ->
                news.add("commit " + commit.brief() + " was made right before I ended; it is whole and kept"));
        if (!before.takesBack() && isWayBack(outline)) {
            news.add("takes back what was done");
            return news;
        }
        raises.forEach(raise -> news.add(raise.toString()));
        if (before.outline().equals(outline) && !raises.isEmpty()) {
            news.add("all else as in " + before.number());
            return news;
        }
        if (before.outline().equals(outline)) {
            news.add("same as " + before.number() + ", nothing added");
            return news;
        }
        added(news, "step", titles(before.outline()), titles(outline));
        added(
                news,
                "file",
                strings(before.outline().scopes().paths()),
                strings(outline.scopes().paths()));
        added(
                news,
                "command",
                strings(before.outline().scopes().commands()),
                strings(outline.scopes().commands()));
        added(
                news,
                "tool outside",
                strings(before.outline().scopes().tools()),
                strings(outline.scopes().tools()));
        added(news, "note", notes(before.outline()), notes(outline));
        if (!before.outline().budget().equals(outline.budget())) {
            news.add("time: " + PlanText.spoken(outline.budget().time()));
        }
        return news;
    }

    /** The lines of two revisions that differ, with {@code -} and {@code +} in front. */
    public static List<String> diff(PlanRevision before, PlanRevision after) {
        List<String> old = PlanText.canonical(before).lines().toList();
        List<String> now = PlanText.canonical(after).lines().toList();
        List<String> lines = new ArrayList<>();
        old.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("- " + line));
        now.stream().filter(line -> !old.contains(line)).forEach(line -> lines.add("+ " + line));
        return lines;
    }

    private static boolean isWayBack(Outline outline) {
        return outline.verify() instanceof Verification.SameFiles;
    }

    private static void added(List<String> news, String kind, List<String> before, List<String> after) {
        after.stream().filter(one -> !before.contains(one)).forEach(one -> news.add("new " + kind + ": " + one));
        before.stream().filter(one -> !after.contains(one)).forEach(one -> news.add("gone " + kind + ": " + one));
    }

    private static List<String> titles(Outline outline) {
        return outline.steps().stream().map(step -> step.title()).toList();
    }

    private static List<String> notes(Outline outline) {
        return outline.parts().stream().flatMap(part -> part.lines().stream()).toList();
    }

    private static List<String> strings(List<?> things) {
        return things.stream().map(Object::toString).toList();
    }
}
