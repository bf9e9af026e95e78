package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's branch as the project's repository has it, beside what we left there.
 *
 * @param stands where it is there; empty if it is not
 * @param ours where we left it: the last we published, and those whose publishing was cut short; empty if we never did
 */
record PublishedBranch(ProjectClone own, RunId run, Optional<CommitId> stands, List<CommitId> ours) {
    static PublishedBranch look(ProjectClone clone, RunId run) {
        return of(clone, run, clone.look("refs/heads/" + run.branch()));
    }

    /** The same from a look that was taken already. */
    static PublishedBranch of(ProjectClone clone, RunId run, Map<String, CommitId> refs) {
        return new PublishedBranch(
                clone, run, Optional.ofNullable(refs.get("refs/heads/" + run.branch())), clone.published(run));
    }

    String name() {
        return run.branch();
    }

    String ref() {
        return "refs/heads/" + run.branch();
    }

    boolean isAt(CommitId commit) {
        return stands.equals(Optional.of(commit));
    }

    /** What somebody else did to it, and how to go on; empty if it is where we left it. */
    Optional<String> movement() {
        String where = name() + " in " + own.project().shown();
        if (stands.isEmpty()) {
            return lastPublished().map(left -> where + " was deleted by somebody else; " + putBack(left));
        }
        if (ours.contains(stands.get())) {
            return Optional.empty();
        }
        String at = stands.get().brief();
        return Optional.of(
                ours.isEmpty()
                        ? where + " exists already, at " + at + ", and is not mine; rename or delete it"
                        : where + " was moved to " + at + " by somebody else; " + putBack(ours.getFirst()));
    }

    private String putBack(CommitId left) {
        return "I left it at " + left.brief() + ", put it back with `git branch -f " + name() + " " + left.hash() + "`";
    }

    /** Why it must not be moved to this commit; empty if it may. */
    Optional<String> objection(CommitId commit) {
        Optional<String> moved = movement();
        if (moved.isPresent()) {
            return Optional.of(moved.get() + ". I changed nothing there.");
        }
        if (!own.branch(run).equals(Optional.of(commit))) {
            return Optional.of(name() + " is not at " + commit.brief() + " in Saywhen's own clone. I changed nothing.");
        }
        return stands.filter(there -> !own.isAncestor(there, commit))
                .map(there -> name() + " would not go forward from " + there.brief() + " to " + commit.brief()
                        + ". I changed nothing.");
    }

    private Optional<CommitId> lastPublished() {
        return own.ref("refs/saywhen/run-" + run + "/published");
    }
}
