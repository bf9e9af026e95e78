package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Unwinding;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes commits back: works out what would come of it, and makes the commits. No ref moves here. */
final class Reverting {
    private static final int FILES_TOLD = 5;

    private final ProjectClone clone;
    private final Commits commits;

    Reverting(ProjectClone clone, Commits commits) {
        this.clone = clone;
        this.commits = commits;
    }

    /** What taking these commits of a run back would come to, on top of the branch as it stands in the repository. */
    Unwinding workedOut(RunId run, List<CommitId> reverted) {
        CommitId own = clone.branch(run)
                .orElseThrow(() -> ProjectClone.refusal(
                        "Saywhen's own clone of " + clone.project().name() + " has no branch " + run.branch() + "."));
        String projectRef = "refs/heads/" + clone.project().branch();
        Map<String, CommitId> now = clone.look(projectRef, "refs/heads/" + run.branch());
        CommitId there = now.get("refs/heads/" + run.branch());
        if (there == null && clone.ref("refs/saywhen/run-" + run + "/published").isPresent()) {
            return new Unwinding.Impossible(run.branch() + " is no longer in "
                    + clone.project().shown()
                    + ", so there is nothing to take back there. If it was merged, revert that merge.");
        }
        Optional<CommitId> newest = newest(run, own, there);
        if (newest.isEmpty()) {
            return new Unwinding.Impossible(run.branch() + " in "
                    + clone.project().shown()
                    + " no longer holds what I committed: somebody rewrote it. I left it at " + own.brief() + ".");
        }
        CommitId tip = newest.get();
        List<Unwinding.Part> parts = new ArrayList<>();
        CommitId at = tip;
        for (CommitId commit : reverted) {
            Tree tree = without(commit, at);
            if (!tree.conflicts().isEmpty()) {
                return new Unwinding.Impossible(inTheWay(run, commit, tree.conflicts()));
            }
            parts.add(new Unwinding.Part(commit, subject(commit), changed(at, tree.hash())));
            at = commits.commit(clone, tree.hash(), at, "worked out only", Collections.emptySortedMap());
        }
        Optional<String> merged = Optional.ofNullable(now.get(projectRef))
                .map(clone::fetched)
                .filter(project -> reverted.stream().anyMatch(commit -> clone.isAncestor(commit, project)))
                .map(_ -> clone.project().branch());
        return new Unwinding.Possible(tip, parts, clone.tree(at), subjects(own, tip), merged);
    }

    /** The commit that takes another one back on top of {@code parent}. */
    CommitId revert(CommitId parent, CommitId reverted, String message, SortedMap<String, String> trailers) {
        Tree tree = without(reverted, parent);
        if (!tree.conflicts().isEmpty()) {
            throw new GitBroke("taking back " + reverted.brief() + " did not work: others changed "
                    + told(tree.conflicts()) + " since");
        }
        return commits.commit(clone, tree.hash(), parent, message, trailers);
    }

    /** The branch with all that we and others did on it; empty if somebody threw away what we did. */
    private Optional<CommitId> newest(RunId run, CommitId own, @Nullable CommitId there) {
        if (there == null) {
            return Optional.of(own);
        }
        clone.fetchRun(run, there);
        if (clone.isAncestor(there, own)) {
            return Optional.of(own);
        }
        return Optional.of(there).filter(tip -> clone.isAncestor(own, tip));
    }

    private static String inTheWay(RunId run, CommitId commit, List<String> files) {
        return "Others changed what commit " + commit.brief() + " did on " + run.branch()
                + ", and that would be lost: " + told(files)
                + ". Take their change out of the way first, or revert by hand.";
    }

    private static String told(List<String> files) {
        String more = files.size() > FILES_TOLD ? " and " + (files.size() - FILES_TOLD) + " more" : "";
        return files.stream().limit(FILES_TOLD).map(PlanText::visible).collect(Collectors.joining(", ")) + more;
    }

    /** The files of {@code at} without what {@code commit} did: a merge of three trees. */
    private record Tree(String hash, List<String> conflicts) {}

    /**
     * Merges what came before the commit into what stands now, with the commit as the ancestor of both. Git takes the
     * ancestor from the history only, so each tree gets a commit of its own, made for this and named by nothing.
     */
    private Tree without(CommitId commit, CommitId at) {
        CommitId before = clone.parent(commit);
        CommitId ancestor = alone(clone.tree(commit));
        CommitId ours = onTopOf(ancestor, clone.tree(at));
        CommitId theirs = onTopOf(ancestor, clone.tree(before));
        GitCommand.Result merged = clone.call()
                .run("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours.hash(), theirs.hash());
        if (merged.exit() > 1) {
            throw new GitBroke("taking back " + commit.brief() + " could not be worked out: " + merged.complaint());
        }
        List<String> items = merged.items();
        return new Tree(items.getFirst(), items.subList(1, items.size()));
    }

    private CommitId alone(String tree) {
        return new CommitId(commits.signed(clone.call())
                .input("ancestor")
                .must("working out a way back", "commit-tree", tree)
                .line());
    }

    private CommitId onTopOf(CommitId ancestor, String tree) {
        return commits.commit(clone, tree, ancestor, "side", Collections.emptySortedMap());
    }

    private List<String> changed(CommitId from, String tree) {
        return clone.call()
                .must(
                        "comparing with " + from.brief(),
                        "diff-tree",
                        "-r",
                        "-z",
                        "--name-only",
                        "--no-renames",
                        clone.tree(from),
                        tree)
                .items();
    }

    private String subject(CommitId commit) {
        return clone.call()
                .must("reading " + commit.brief(), "log", "-1", "--format=%s", commit.hash())
                .line();
    }

    private List<String> subjects(CommitId after, CommitId until) {
        return clone.call()
                .must("looking at what others committed", "log", "--reverse", "--format=%h %s", after + ".." + until)
                .text()
                .lines()
                .toList();
    }
}
