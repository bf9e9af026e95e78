package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.CommitId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect.PublishBranch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishesBranchesTest {
    private static final String REF = "refs/heads/saywhen/run-1";

    @TempDir
    Path folder;

    private UserRepository user;
    private Setting setting;
    private CommitId base;
    private CommitId first;

    @BeforeEach
    void begin() throws Exception {
        user = UserRepository.begun(folder.resolve("user"));
        over(user.root().toString());
    }

    private void over(String repository) throws Exception {
        setting = new Setting(folder.resolve("home"), repository);
        base = setting.base();
        setting.open(base);
        setting.write("a", "1");
        first = setting.commit(base, "a");
    }

    private CommitId next(CommitId parent) throws Exception {
        setting.write("a", "after " + parent);
        return setting.commit(parent, "a");
    }

    @Test
    void the_branch_appears_and_goes_forward_and_nothing_else_is_touched() throws Exception {
        user.write("README.md", "half written\n");
        user.write("staged", "1");
        user.git("add", "staged");
        user.write("untracked", "1");
        Map<String, String> before = withoutObjects();

        setting.publish(first);
        CommitId second = next(first);
        setting.publish(second);

        assertEquals(second, user.tip(REF));
        Map<String, String> after = withoutObjects();
        after.keySet().removeIf(path -> path.contains("saywhen") && !before.containsKey(path));
        assertEquals(before, after);
    }

    private Map<String, String> withoutObjects() {
        Map<String, String> files = UserRepository.snapshot(user.root());
        files.keySet().removeIf(path -> path.startsWith(".git/objects"));
        return files;
    }

    @Test
    void a_bare_repository_takes_the_branch() throws Exception {
        UserRepository.git(folder, "clone", "--quiet", "--bare", user.root().toString(), "bare.git");
        Removal.of(setting.home);
        over(folder.resolve("bare.git").toString());

        setting.publish(first);

        assertEquals(first.hash(), UserRepository.git(folder.resolve("bare.git"), "rev-parse", REF));
    }

    @Test
    void publishing_twice_is_publishing_once() throws Exception {
        setting.publish(first);

        setting.publish(first);

        assertEquals(first, user.tip(REF));
    }

    @Test
    void a_branch_that_is_checked_out_is_refused_with_what_to_do() throws Exception {
        setting.publish(first);
        user.git("checkout", "--quiet", "saywhen/run-1");
        CommitId second = next(first);
        Map<String, String> before = UserRepository.snapshot(user.root());

        assertEquals(
                "saywhen/run-1 was not brought into " + user.root()
                        + ": it is checked out there. Switch that work tree to another branch, then say `resume`.",
                refusal(second));
        before.keySet().removeIf(path -> path.startsWith(".git/objects"));
        assertEquals(before, withoutObjects());
    }

    @Test
    void a_branch_that_is_checked_out_in_a_second_work_tree_is_refused_even_if_the_repository_would_take_it()
            throws Exception {
        setting.publish(first);
        user.git("config", "receive.denyCurrentBranch", "updateInstead");
        user.git("worktree", "add", "--quiet", folder.resolve("second").toString(), "saywhen/run-1");
        CommitId second = next(first);

        assertTrue(refusal(second).contains("it is checked out there"));

        assertEquals("1", Files.readString(folder.resolve("second/a")));
    }

    @Test
    void a_branch_of_that_name_that_is_not_ours_is_refused() throws Exception {
        user.git("branch", "saywhen/run-1");

        assertEquals(
                "saywhen/run-1 in " + user.root() + " exists already, at " + base.brief()
                        + ", and is not mine; rename or delete it. I changed nothing there.",
                refusal(first));
        assertEquals(base, user.tip(REF));
    }

    @Test
    void a_branch_that_somebody_moved_is_refused_until_it_is_put_back() throws Exception {
        setting.publish(first);
        user.git("update-ref", REF, base.hash());
        CommitId second = next(first);

        assertEquals(
                "saywhen/run-1 in " + user.root() + " was moved to " + base.brief() + " by somebody else; I left it at "
                        + first.brief() + ", put it back with `git branch -f saywhen/run-1 " + first
                        + "`. I changed nothing there.",
                refusal(second));
        assertEquals(base, user.tip(REF));
        user.git("branch", "-f", "saywhen/run-1", first.hash());

        setting.publish(second);

        assertEquals(second, user.tip(REF));
    }

    @Test
    void a_branch_that_somebody_deleted_is_refused() throws Exception {
        setting.publish(first);
        user.git("branch", "-D", "saywhen/run-1");

        assertTrue(refusal(next(first)).contains("was deleted by somebody else"));
        assertFalse(user.has(REF));
    }

    @Test
    void a_branch_moved_between_the_look_and_the_push_stays() throws Exception {
        setting.publish(first);
        CommitId second = next(first);
        CommitId theirs = user.commit("theirs", "1");
        // A race cannot be timed: the note of what we left is made to say what the look of a moment ago would have.
        ProjectClone clone = setting.workspace.clone(Setting.PROJECT);
        PublishedBranch seen = PublishedBranch.look(clone, Setting.RUN);
        user.git("update-ref", REF, theirs.hash());

        GitBroke no = assertThrows(GitBroke.class, () -> new Push(clone, clone, seen, second).run());

        assertEquals(
                "saywhen/run-1 was not brought into " + user.root()
                        + ": somebody moved it at this moment. Say `resume` to look again.",
                no.getMessage());
        assertEquals(theirs, user.tip(REF));
    }

    @Test
    void a_push_that_was_cut_short_before_it_was_noted_is_gone_on_from() throws Exception {
        setting.publish(first);
        CommitId second = next(first);
        setting.ours("push", "--quiet", user.root().toString(), second + ":" + REF);
        setting.ours("update-ref", "refs/saywhen/run-1/publishing", second.hash());
        CommitId third = next(second);

        setting.publish(third);

        assertEquals(third, user.tip(REF));
    }

    @Test
    void what_is_not_on_the_branch_or_would_go_back_is_refused() throws Exception {
        CommitId second = next(first);
        setting.publish(second);

        assertTrue(refusal(first).contains("is not at " + first.brief()));
        setting.open(first);
        assertEquals(
                "saywhen/run-1 would not go forward from " + second.brief() + " to " + first.brief()
                        + ". I changed nothing.",
                refusal(first));
        assertEquals(second, user.tip(REF));
    }

    @Test
    void a_dead_or_late_clearance_publishes_nothing() {
        PublishBranch effect = new PublishBranch(Setting.RUN, Setting.PROJECT, first);

        assertThrows(RuntimeException.class, () -> setting.publish(Clearances.dead(effect)));
        assertThrows(Clearance.Halted.class, () -> setting.publish(Clearances.late(effect)));

        assertFalse(user.has(REF));
    }

    @Test
    void a_name_in_the_way_and_a_vanished_repository_are_told() throws Exception {
        user.git("branch", "saywhen");
        assertTrue(refusal(first).startsWith("saywhen/run-1 was not brought into " + user.root() + ": "));

        Removal.of(user.root());
        assertThrows(RepositoryUnreadable.class, () -> setting.publish(first));
    }

    private String refusal(CommitId commit) {
        return String.valueOf(
                assertThrows(GitBroke.class, () -> setting.publish(commit)).getMessage());
    }
}
