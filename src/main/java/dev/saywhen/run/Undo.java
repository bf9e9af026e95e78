package dev.saywhen.run;

import dev.saywhen.id.CommitId;
import java.util.List;

/**
 * What is taken back of a run, by new commits.
 *
 * @param commits what is to be reverted, the newest first
 * @param done how many of them are
 */
public record Undo(List<CommitId> commits, int done) {
    public Undo {
        commits = List.copyOf(commits);
        if (done < 0 || done > commits.size()) {
            throw new IllegalArgumentException("no more can be taken back than was done");
        }
    }

    /** The same with one more commit reverted. */
    Undo further() {
        return new Undo(commits, done + 1);
    }

    public boolean isDone() {
        return done == commits.size();
    }
}
