package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan; it ends with one commit.
 *
 * @param number 1 for the first
 * @param title an imperative sentence without a full stop; the subject of the step's commit
 * @param wayBack how the step is taken back
 */
public record Step(int number, String title, Work work, String wayBack) {
    /** What is done in a step. */
    public sealed interface Work {
        /** Paths of what is written besides tests. */
        List<String> files();
    }

    /**
     * Begins with failing tests and ends with passing ones.
     *
     * @param tests paths of the tests that are written first; empty for a step that has no test of its own
     * @param check the command that is red after the tests were written and green at the end
     */
    public record Build(List<String> tests, List<String> files, CommandScope check) implements Work {
        public Build {
            tests = List.copyOf(tests);
            files = List.copyOf(files);
            tests.forEach(PathScope::checkedPath);
            files.forEach(PathScope::checkedPath);
        }
    }

    /** Takes a commit back by a new one; what others did to its files since stays. */
    public record Revert(CommitId commit, List<String> files) implements Work {
        public Revert {
            files = List.copyOf(files);
            files.forEach(PathScope::checkedPath);
        }
    }

    /**
     * Changes the project's database: all of it in one transaction. Ends with the change log in the repository.
     *
     * @param file where the change log goes
     * @param text the change log as it was rehearsed
     */
    public record Migrate(String file, String text, List<ChangeSet> changeSets, Proof proof) implements Work {
        public Migrate {
            changeSets = List.copyOf(changeSets);
            PathScope.checkedPath(file);
        }

        @Override
        public List<String> files() {
            return List.of(file);
        }
    }

    /** Rolls committed change sets back, all of them in one transaction, and reverts the commit that came with them. */
    public record RollBack(CommitId commit, List<String> files, List<ChangeSet> changeSets, Proof proof)
            implements Work {
        public RollBack {
            files = List.copyOf(files);
            changeSets = List.copyOf(changeSets);
            files.forEach(PathScope::checkedPath);
        }
    }

    public Step {
        if (number < 1 || title.isBlank()) {
            throw new IllegalArgumentException("a step has a number of 1 or more and a title");
        }
    }

    /** A step that builds. */
    public Step(int number, String title, List<String> tests, List<String> files, CommandScope check, String wayBack) {
        this(number, title, new Build(tests, files, check), wayBack);
    }

    /** Paths of the tests that are written first. */
    public List<String> tests() {
        return switch (work) {
            case Build build -> build.tests();
            case Revert _, Migrate _, RollBack _ -> List.of();
        };
    }

    public List<String> files() {
        return work.files();
    }

    /** The command that judges the step, where one does. */
    public Optional<CommandScope> check() {
        return switch (work) {
            case Build build -> Optional.of(build.check());
            case Revert _, Migrate _, RollBack _ -> Optional.empty();
        };
    }

    /** The commit that the step reverts, where it does. */
    public Optional<CommitId> reverted() {
        return switch (work) {
            case Revert revert -> Optional.of(revert.commit());
            case RollBack back -> Optional.of(back.commit());
            case Build _, Migrate _ -> Optional.empty();
        };
    }

    /** What the database is proven to come to; empty where the step touches none. */
    public Optional<Proof> proof() {
        return switch (work) {
            case Migrate migrate -> Optional.of(migrate.proof());
            case RollBack back -> Optional.of(back.proof());
            case Build _, Revert _ -> Optional.empty();
        };
    }
}
