package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.BaseCheck;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the base of a plan with the project's repository as it is now (gate.md, rule 5.6). */
public final class GitBaseCheck implements BaseCheck {
    private static final int FILES_TOLD = 5;

    private final GitWorkspace workspace;
    private final StopSwitch stops;

    public GitBaseCheck(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public Finding look(PlanRevision plan) {
        ProjectClone clone = workspace.clone(plan.project()).cutOffBy(stops, stops.epochOf(plan.run()));
        String branch = plan.base().branch();
        String ref = "refs/heads/" + branch;
        Map<String, CommitId> now = clone.look(ref, "refs/heads/" + plan.run().branch());
        PublishedBranch published = PublishedBranch.of(clone, plan.run(), now);
        Optional<String> moved = published.movement();
        if (plan.takesBack()) {
            // It stands on the run's own branch: only what happened there since it was worked out matters.
            boolean isOwn = clone.branch(plan.run()).equals(Optional.of(plan.tip()));
            return published.isAt(plan.tip()) || (isOwn && moved.isEmpty())
                    ? new Finding.Holds("")
                    : stale(published.name() + " was moved by somebody else since");
        }
        if (moved.isPresent()) {
            return new Finding.Stale(moved.get() + ", then say `plan` for a fresh one.");
        }
        if (!branch.equals(clone.project().branch())) {
            return stale("the project's branch is " + clone.project().branch() + " now, not " + branch);
        }
        if (!now.containsKey(ref)) {
            return stale(branch + " is no longer there");
        }
        CommitId tip = clone.fetched(now.get(ref));
        CommitId base = plan.base().commit();
        clone.demand(base);
        if (tip.equals(base)) {
            return new Finding.Holds("");
        }
        return clone.isAncestor(base, tip)
                ? compared(clone, plan, tip)
                : stale(branch + " was rewritten: " + base.brief()
                        + ", on which the plan stands, is no longer part of it");
    }

    private static Finding compared(ProjectClone clone, PlanRevision plan, CommitId tip) {
        CommitId base = plan.base().commit();
        String movement = plan.base().branch() + " moved by " + commits(clone, base, tip);
        List<String> touched = changed(clone, base, tip).stream()
                .filter(path -> concerns(plan.outline(), path))
                .toList();
        if (touched.isEmpty()) {
            return new Finding.Holds(movement + ", none in this plan's files; " + plan.number() + " still holds.");
        }
        String more = touched.size() > FILES_TOLD ? " and " + (touched.size() - FILES_TOLD) + " more" : "";
        return stale(movement + " and with it changed what this plan reads or writes: "
                + touched.stream().limit(FILES_TOLD).map(PlanText::visible).collect(Collectors.joining(", "))
                + more);
    }

    private static String commits(ProjectClone clone, CommitId base, CommitId tip) {
        String count = clone.call()
                .must("counting commits", "rev-list", "--count", base + ".." + tip)
                .line();
        return count.equals("1") ? "1 commit" : count + " commits";
    }

    private static List<String> changed(ProjectClone clone, CommitId base, CommitId tip) {
        return clone.call()
                .must(
                        "comparing " + base.brief() + " with " + tip.brief(),
                        "diff-tree",
                        "-r",
                        "-z",
                        "--name-only",
                        "--no-renames",
                        base.hash(),
                        tip.hash())
                .items();
    }

    /** Whether a plan reads or writes this path, or something in its way: a folder where it has a file, or the reverse. */
    private static boolean concerns(Outline outline, String path) {
        return named(outline).anyMatch(name -> path.equals(name) || isBelow(path, name) || isBelow(name, path));
    }

    private static Stream<String> named(Outline outline) {
        TreeSet<String> names = new TreeSet<>(outline.documents());
        for (Step step : outline.steps()) {
            names.addAll(step.tests());
            names.addAll(step.files());
        }
        for (PathScope scope : outline.scopes().paths()) {
            names.add(scope.pattern().replaceAll("/\\*\\*$", ""));
        }
        return names.stream();
    }

    private static boolean isBelow(String path, String folder) {
        return path.startsWith(folder + "/");
    }

    private static Finding stale(String what) {
        return new Finding.Stale(what + "; say `plan` for a fresh one.");
    }
}
