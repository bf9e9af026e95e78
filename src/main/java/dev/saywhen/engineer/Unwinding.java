package dev.saywhen.engineer;

import dev.saywhen.id.CommitId;
import java.util.List;
import java.util.Optional;

/** What it would come to if commits of a run were taken back by new ones; worked out, not done. */
public sealed interface Unwinding {
    /**
     * It can be done.
     *
     * @param tip where the run's branch stands now, others' commits included; the new commits go on top of it
     * @param parts what each new commit would take back, the newest first
     * @param tree the hash of git's tree object that would come of it
     * @param others subjects of commits that others made on the run's branch since; they stay
     * @param merged the project's branch, where the run's commits are part of it already
     */
    record Possible(CommitId tip, List<Part> parts, String tree, List<String> others, Optional<String> merged)
            implements Unwinding {
        public Possible {
            parts = List.copyOf(parts);
            others = List.copyOf(others);
        }
    }

    /** It would lose what others did, or there is nothing to do it to. */
    record Impossible(String why) implements Unwinding {}

    /** One commit, and the files that taking it back changes. */
    record Part(CommitId commit, String subject, List<String> files) {
        public Part {
            files = List.copyOf(files);
        }
    }
}
