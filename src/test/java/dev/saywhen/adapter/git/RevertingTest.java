package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Unwinding;
import dev.saywhen.id.CommitId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevertingTest {
    private static final String BRANCH = Setting.RUN.branch();

    @TempDir
    Path folder;

    private UserRepository user;
    private Setting setting;
    private CommitId base;
    private CommitId first;
    private CommitId second;

    /** A run that made a file and, in a second commit, changed it and the README. */
    @BeforeEach
    void begin() throws Exception {
        user = UserRepository.begun(folder.resolve("user"));
        setting = Setting.over(folder, user);
        base = setting.base();
        setting.open(base);
        setting.write("src/a", "one\n");
        first = setting.commit(base, "src/a");
        setting.write("src/a", "one\ntwo\n");
        setting.write("README.md", "hello\nservice\n");
        second = setting.commit(first, "src/a", "README.md");
        setting.publish(second);
    }

    @Test
    void every_commit_taken_back_gives_the_files_of_before() {
        Unwinding.Possible possible = possible();

        assertEquals(
                new Unwinding.Possible(
                        second,
                        List.of(
                                new Unwinding.Part(second, "Do a step", List.of("README.md", "src/a")),
                                new Unwinding.Part(first, "Do a step", List.of("src/a"))),
                        setting.workspace.treeOf(Setting.PROJECT, base),
                        List.of(),
                        Optional.empty()),
                possible);
    }

    @Test
    void working_it_out_moves_nothing() {
        String before = setting.ours("for-each-ref");
        possible();

        assertEquals(before, setting.ours("for-each-ref").replaceAll("(?m)^.* refs/project/runs/run-1\\R?", ""));
        assertEquals(second, user.tip(BRANCH));
    }

    @Test
    void what_is_done_is_what_was_worked_out() throws Exception {
        String tree = possible().tree();

        CommitId one = setting.revert(second, second);
        CommitId two = setting.revert(one, first);
        setting.publish(two);

        assertEquals(tree, setting.workspace.treeOf(Setting.PROJECT, two));
        assertEquals(two, user.tip(BRANCH));
        assertEquals(List.of("README.md"), setting.at(two).files());
        assertEquals(base.hash(), user.git("merge-base", "main", BRANCH));
    }

    @Test
    void what_others_committed_since_is_told_and_stays() throws Exception {
        user.git("checkout", "--quiet", BRANCH);
        CommitId theirs = user.commit("docs/theirs.md", "mine\n");
        user.git("checkout", "--quiet", "main");

        Unwinding.Possible possible = possible();
        assertEquals(theirs, possible.tip());
        assertEquals(List.of(theirs.hash().substring(0, 7) + " Change docs/theirs.md"), possible.others());

        CommitId one = setting.revert(theirs, second);
        CommitId two = setting.revert(one, first);
        setting.publish(two);

        assertEquals(possible.tree(), setting.workspace.treeOf(Setting.PROJECT, two));
        assertEquals(List.of("README.md", "docs/theirs.md"), setting.at(two).files());
        assertEquals(two, user.tip(BRANCH));
    }

    @Test
    void what_would_be_lost_is_named_and_nothing_is_planned() {
        user.git("checkout", "--quiet", BRANCH);
        user.commit("src/a", "one\nthree\n");

        assertEquals(
                new Unwinding.Impossible(
                        "Others changed what commit " + second.brief() + " did on " + BRANCH
                                + ", and that would be lost: src/a. Take their change out of the way first, or revert by hand."),
                unwind());
    }

    @Test
    void a_merge_is_told() {
        user.git("merge", "--quiet", "--no-ff", "-m", "Merge the run", BRANCH);

        assertEquals(Optional.of("main"), possible().merged());
    }

    @Test
    void a_branch_that_is_gone_or_was_rewritten_is_not_taken_back() {
        user.git("branch", "--force", BRANCH, "main");
        assertTrue(unwind() instanceof Unwinding.Possible, "an older place of ours is brought forward again");

        user.git("checkout", "--quiet", "--orphan", "other");
        user.commit("x", "1\n");
        user.git("branch", "--force", BRANCH, "other");
        assertEquals(
                new Unwinding.Impossible(BRANCH + " in " + user.root()
                        + " no longer holds what I committed: somebody rewrote it. I left it at " + second.brief()
                        + "."),
                unwind());

        user.git("branch", "-D", BRANCH);
        assertEquals(
                new Unwinding.Impossible(BRANCH + " is no longer in " + user.root()
                        + ", so there is nothing to take back there. If it was merged, revert that merge."),
                unwind());
    }

    @Test
    void a_branch_whose_first_push_never_arrived_is_taken_back() {
        user.git("branch", "-D", BRANCH);
        setting.ours("update-ref", "-d", "refs/saywhen/run-1/published");

        assertEquals(second, possible().tip());
    }

    @Test
    void half_of_a_way_back_goes_on_where_it_was_left() throws Exception {
        CommitId one = setting.revert(second, second);

        Unwinding.Possible rest =
                (Unwinding.Possible) setting.workspace.unwind(Setting.RUN, Setting.PROJECT, List.of(first));
        assertEquals(one, rest.tip());
        assertEquals(setting.workspace.treeOf(Setting.PROJECT, base), rest.tree());
        assertEquals(List.of(new Unwinding.Part(first, "Do a step", List.of("src/a"))), rest.parts());
    }

    @Test
    void a_branch_that_does_not_lead_there_is_left_alone() throws Exception {
        CommitId one = setting.revert(second, second);

        GitBroke broke = assertThrows(GitBroke.class, () -> setting.revert(base, first));
        assertEquals(
                "taking back " + first.brief() + " did not work: " + BRANCH + " does not lead to " + base.brief(),
                broke.getMessage());
        assertEquals(one.hash(), setting.ours("rev-parse", "refs/heads/" + BRANCH));
    }

    private Unwinding unwind() {
        return setting.workspace.unwind(Setting.RUN, Setting.PROJECT, List.of(second, first));
    }

    private Unwinding.Possible possible() {
        return (Unwinding.Possible) unwind();
    }
}
