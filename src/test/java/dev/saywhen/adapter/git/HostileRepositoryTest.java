package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that tries to run something wherever git can be made to: each trap leaves a file when it springs. */
class HostileRepositoryTest {
    private static final List<String> HOOKS = List.of(
            "pre-receive",
            "update",
            "post-receive",
            "post-update",
            "reference-transaction",
            "proc-receive",
            "push-to-checkout",
            "pre-auto-gc",
            "post-checkout",
            "post-index-change",
            "fsmonitor-watchman",
            "pre-push",
            "pre-commit",
            "commit-msg",
            "post-commit",
            "prepare-commit-msg",
            "post-rewrite");

    @TempDir
    Path folder;

    private UserRepository user;
    private Path sprung;

    @BeforeEach
    void set() throws IOException {
        user = UserRepository.begun(folder.resolve("user"));
        sprung = Files.createDirectory(folder.resolve("sprung"));
        user.write(".gitattributes", "* filter=trap diff=trap merge=trap text eol=crlf ident\n");
        user.write(
                ".gitmodules",
                "[submodule \"x\"]\n\tpath = x\n\turl = ext::" + trap("submodule") + "\n\tupdate = !"
                        + trap("submodule-update") + "\n");
        user.commitAll("Attributes");
    }

    /** A program that leaves its environment in a file of this name. */
    private Path trap(String name) {
        try {
            Path program = folder.resolve("trap-" + name);
            Files.writeString(program, "#!/bin/sh\nenv > '" + sprung.resolve(name) + "'\ncat\n");
            assertTrue(program.toFile().setExecutable(true));
            return program;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private void armConfiguration() {
        for (String key : List.of(
                "core.fsmonitor",
                "core.alternateRefsCommand",
                "core.sshCommand",
                "core.askPass",
                "core.editor",
                "core.pager",
                "core.gitProxy",
                "filter.trap.clean",
                "filter.trap.smudge",
                "filter.trap.process",
                "diff.trap.command",
                "diff.trap.textconv",
                "diff.external",
                "merge.trap.driver",
                "uploadpack.packObjectsHook",
                "credential.helper",
                "gpg.program",
                "remote.origin.uploadpack",
                "remote.origin.receivepack",
                "remote.origin.vcs",
                "sequence.editor",
                "alias.upload-pack",
                "alias.receive-pack",
                "alias.push",
                "alias.ls-remote")) {
            user.git("config", key, trap("config-" + key).toString());
        }
        for (String hook : HOOKS) {
            Path program = trap("hook-" + hook);
            try {
                Files.createDirectories(user.gitDir().resolve("hooks"));
                Files.copy(program, user.gitDir().resolve("hooks/" + hook));
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        }
        user.git("config", "core.hooksPath", user.gitDir().resolve("hooks").toString());
        user.git("config", "receive.procReceiveRefs", "refs/for");
        user.git("config", "receive.denyCurrentBranch", "updateInstead");
        user.git("config", "receive.autogc", "true");
        user.git("config", "gc.auto", "1");
    }

    @Test
    void nothing_of_it_runs_on_either_side() throws Exception {
        Path other = UserRepository.begun(folder.resolve("other")).gitDir();
        Files.writeString(user.gitDir().resolve("objects/info/alternates"), other.resolve("objects") + "\n");
        armConfiguration();

        wholeRound(Setting.over(folder, user));

        assertEquals(List.of(), List.of(sprung.toFile().list()));
    }

    @Test
    void the_traps_do_spring_for_a_person() {
        armConfiguration();
        Path receiver = folder.resolve("user");
        UserRepository pusher = UserRepository.begun(folder.resolve("pusher"));

        pusher.git("push", "--quiet", receiver.toString(), "main:refs/heads/theirs");

        assertTrue(List.of(sprung.toFile().list()).contains("hook-pre-receive"));
    }

    @Test
    void a_partial_clone_fetches_nothing_by_a_command_of_its_own() throws Exception {
        user.git("config", "core.repositoryFormatVersion", "1");
        user.git("config", "extensions.partialClone", "origin");
        user.git("config", "remote.origin.url", folder.resolve("other").toString());
        user.git("config", "remote.origin.promisor", "true");
        user.git("config", "remote.origin.uploadpack", trap("lazy-fetch").toString());
        String blob = user.git("rev-parse", "HEAD:README.md");
        Files.delete(user.gitDir().resolve("objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));

        try {
            Setting.over(folder, user).base();
        } catch (RuntimeException incomplete) {
            assertTrue(String.valueOf(incomplete.getMessage()).contains("cannot be read"), incomplete.getMessage());
        }

        assertEquals(List.of(), List.of(sprung.toFile().list()));
    }

    @Test
    void a_submodule_is_an_empty_folder_and_what_a_command_made_of_it_is_left_alone() throws Exception {
        String commit = user.tip("HEAD").hash();
        user.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",x");
        user.git("commit", "--quiet", "-m", "Submodule");
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        assertEquals(List.of(), List.of(setting.tree().resolve("x").toFile().list()));

        // A command of the run makes a repository of it that asks for a command whenever somebody looks at its state.
        UserRepository inner = UserRepository.begun(setting.tree().resolve("x"));
        inner.git("config", "core.fsmonitor", trap("inner-fsmonitor").toString());
        UserRepository nested = UserRepository.begun(setting.tree().resolve("nested"));
        nested.git("config", "core.fsmonitor", trap("nested-fsmonitor").toString());
        Files.writeString(setting.tree().resolve("unfinished"), "1");
        CommitId kept =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();
        setting.write("done", "1");
        CommitId done = setting.commit(base, "done");
        setting.workspace.diff(Setting.PROJECT, base, kept, 1_000);

        assertEquals(List.of(), List.of(sprung.toFile().list()));
        assertEquals("160000 commit " + commit + "\tx", setting.ours("ls-tree", done.hash(), "x"));
        assertTrue(setting.at(kept).files().contains("unfinished"));
    }

    @Test
    void a_git_directory_that_a_command_put_into_the_work_tree_means_nothing() throws Exception {
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        UserRepository evil = UserRepository.begun(folder.resolve("evil"));
        evil.git("config", "core.fsmonitor", trap("dot-git").toString());
        evil.git("config", "filter.trap.clean", trap("dot-git-filter").toString());
        Files.move(evil.gitDir(), setting.tree().resolve(".git"));

        setting.write("a", "1");
        CommitId commit = setting.commit(base, "a");
        setting.workspace.keep(Setting.RUN, Setting.PROJECT, commit);

        assertEquals(List.of(), List.of(sprung.toFile().list()));
        assertFalse(setting.at(commit).files().stream().anyMatch(path -> path.startsWith(".git/")));
    }

    private void wholeRound(Setting setting) throws Exception {
        CommitId base = setting.base();
        setting.open(base);
        setting.write("a", "1\n");
        CommitId first = setting.commit(base, "a");
        setting.publish(first);
        setting.write("b", "2\n");
        setting.workspace.keep(Setting.RUN, Setting.PROJECT, first);
        setting.workspace.diff(Setting.PROJECT, base, first, 10_000);
        setting.at(first).read("a");
        CommitId second = setting.commit(first, "b");
        setting.publish(second);
        new GitBaseCheck(setting.workspace, setting.stops).look(Plans.plan(base, "a"));
        assertEquals(second, user.tip("refs/heads/saywhen/run-1"));
    }
}
