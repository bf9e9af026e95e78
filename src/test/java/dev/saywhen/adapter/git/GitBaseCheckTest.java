package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.CommitId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.safety.BaseCheck;
import dev.saywhen.safety.BaseCheck.Finding;
import dev.saywhen.safety.StopOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitBaseCheckTest {
    @TempDir
    Path folder;

    private UserRepository user;
    private Setting setting;
    private CommitId base;
    private PlanRevision plan;
    private BaseCheck check;

    @BeforeEach
    void begin() {
        user = UserRepository.begun(folder.resolve("user"));
        user.commit("src/A.java", "1");
        setting = Setting.over(folder, user);
        base = setting.base();
        plan = Plans.plan(base, "src/A.java");
        check = new GitBaseCheck(setting.workspace, setting.stops);
    }

    @Test
    void a_base_that_did_not_move_holds_without_a_word() {
        assertEquals(new Finding.Holds(""), check.look(plan));
    }

    @Test
    void a_stop_ends_the_look() {
        setting.stops.pull(new StopOrder(Setting.RUN, null, "@ana", "stop", "#general", null));
        assertThrows(RuntimeException.class, () -> check.look(plan));
    }

    @Test
    void movement_elsewhere_is_told_in_one_line() {
        user.commit("other", "1");

        assertEquals(
                new Finding.Holds("main moved by 1 commit, none in this plan's files; r2 still holds."),
                check.look(plan));

        user.commit("src/B.java", "1");
        user.commit("scoped", "1");
        assertEquals(
                new Finding.Holds("main moved by 3 commits, none in this plan's files; r2 still holds."),
                check.look(plan));
    }

    @Test
    void what_the_plan_reads_or_writes_must_not_change() {
        for (String path : List.of(
                "src/A.java",
                "test/src/A.java",
                "docs/api.md",
                "scope/deep/x",
                "scope/pom.xml",
                "single",
                "single/x",
                "docs/api.md/x")) {
            user.git("reset", "--quiet", "--hard", base.hash());
            user.commit("other", "1");
            user.commit(path, "changed");

            assertEquals(
                    new Finding.Stale("main moved by 2 commits and with it changed what this plan reads or writes: "
                            + path + "; say `plan` for a fresh one."),
                    check.look(plan));
        }
    }

    @Test
    void a_file_where_the_plan_needs_a_folder_makes_it_stale() {
        user.commit("docs", "a file now");

        assertEquals(
                new Finding.Stale("main moved by 1 commit and with it changed what this plan reads or writes: docs;"
                        + " say `plan` for a fresh one."),
                check.look(plan));
    }

    @Test
    void a_long_list_of_changes_is_cut_and_odd_names_are_shown_escaped() {
        for (int number = 0; number < 7; number++) {
            user.write("scope/" + number + "\u202e", "1");
        }
        user.commitAll("Many");

        assertEquals(
                new Finding.Stale("main moved by 1 commit and with it changed what this plan reads or writes:"
                        + " scope/0<U+202E>, scope/1<U+202E>, scope/2<U+202E>, scope/3<U+202E>, scope/4<U+202E> and 2"
                        + " more; say `plan` for a fresh one."),
                check.look(plan));
    }

    @Test
    void a_change_that_was_taken_back_is_none() {
        user.commit("src/A.java", "2");
        user.commit("src/A.java", "1");

        assertEquals(
                new Finding.Holds("main moved by 2 commits, none in this plan's files; r2 still holds."),
                check.look(plan));
    }

    @Test
    void a_branch_that_was_rewritten_or_removed_makes_it_stale() {
        user.git("commit", "--quiet", "--amend", "-m", "Rewritten");
        assertEquals(
                new Finding.Stale("main was rewritten: " + base.brief()
                        + ", on which the plan stands, is no longer part of it; say `plan` for a fresh one."),
                check.look(plan));

        user.git("branch", "-m", "main", "trunk");
        assertEquals(new Finding.Stale("main is no longer there; say `plan` for a fresh one."), check.look(plan));
    }

    @Test
    void another_branch_in_the_configuration_makes_it_stale() {
        PlanRevision other = new PlanRevision(
                plan.run(),
                plan.number(),
                plan.project(),
                plan.brief(),
                new dev.saywhen.plan.Base("trunk", base),
                0,
                null,
                plan.isolation(),
                plan.outline(),
                List.of());

        assertEquals(
                new Finding.Stale("the project's branch is main now, not trunk; say `plan` for a fresh one."),
                check.look(other));
    }

    @Test
    void a_branch_of_the_run_that_somebody_moved_or_made_makes_it_stale() throws Exception {
        user.git("branch", "saywhen/run-1");
        assertEquals(
                new Finding.Stale("saywhen/run-1 in " + user.root() + " exists already, at " + base.brief()
                        + ", and is not mine; rename or delete it, then say `plan` for a fresh one."),
                check.look(plan));
        user.git("branch", "-D", "saywhen/run-1");

        setting.open(base);
        setting.write("src/A.java", "2");
        CommitId commit = setting.commit(base, "src/A.java");
        setting.publish(commit);
        assertEquals(new Finding.Holds(""), check.look(plan));

        user.git("update-ref", "refs/heads/saywhen/run-1", base.hash());
        assertEquals(
                new Finding.Stale("saywhen/run-1 in " + user.root() + " was moved to " + base.brief()
                        + " by somebody else; I left it at " + commit.brief()
                        + ", put it back with `git branch -f saywhen/run-1 " + commit
                        + "`, then say `plan` for a fresh one."),
                check.look(plan));
    }

    @Test
    void what_cannot_be_read_is_no_answer() throws Exception {
        Removal.of(user.root());

        assertThrows(RepositoryUnreadable.class, () -> check.look(plan));
    }

    @Test
    void a_way_back_holds_while_nobody_else_moves_the_runs_branch() throws Exception {
        setting.open(base);
        setting.write("src/A.java", "2");
        CommitId commit = setting.commit(base, "src/A.java");
        setting.publish(commit);
        PlanRevision back = Plans.wayBack(base, commit);

        user.commit("src/A.java", "whatever happens on main");
        assertEquals(new Finding.Holds(""), check.look(back));

        String branch = Setting.RUN.branch();
        user.git("checkout", "--quiet", branch);
        CommitId theirs = user.commit("more", "1");
        assertEquals(
                new Finding.Stale(branch + " was moved by somebody else since; say `plan` for a fresh one."),
                check.look(back));
        setting.workspace.unwind(Setting.RUN, Setting.PROJECT, List.of(commit));
        assertEquals(new Finding.Holds(""), check.look(Plans.wayBack(base, theirs)));
    }
}
