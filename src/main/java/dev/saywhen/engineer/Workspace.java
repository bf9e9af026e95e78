package dev.saywhen.engineer;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Base;
import java.util.List;
import java.util.Optional;

/**
 * The projects' repositories in Saywhen's own clones (port).
 *
 * <p>Nothing here touches a user's repository, branch, index or work tree. Every method throws
 * {@link RepositoryUnreadable} where the repository cannot be read.
 */
public interface Workspace {
    /** Fetches, and says where the project's branch is now. */
    Base base(ProjectName project);

    Repository at(ProjectName project, CommitId commit);

    WorkTree tree(RunId run);

    /** The newest commit on the run's branch in Saywhen's own git directory; empty before the first. */
    Optional<CommitId> head(RunId run, ProjectName project);

    /**
     * Keeps unfinished work of a held run under a ref of its own in Saywhen's git directory; the one write after a STOP.
     *
     * @return the commit that holds it; empty if nothing was unfinished
     */
    Optional<CommitId> keep(RunId run, ProjectName project, CommitId parent);

    /**
     * Works out, in Saywhen's own git directory, what taking back these commits of a run would come to. Fetches; no branch
     * moves.
     *
     * @param commits the newest first
     */
    Unwinding unwind(RunId run, ProjectName project, List<CommitId> commits);

    /** The hash of the tree object that holds the files of a commit. */
    String treeOf(ProjectName project, CommitId commit);

    /** What changed between two commits, in git's own form: a summary of files, then the patch, cut at {@code limit} characters. */
    String diff(ProjectName project, CommitId from, CommitId to, int limit);

    /** The repository is gone, broken or refuses us. The message says which and what to do. */
    final class RepositoryUnreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public RepositoryUnreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
