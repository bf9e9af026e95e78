package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditMark;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkspaceTest {
    @TempDir
    Path folder;

    @Test
    void the_base_is_the_tip_of_the_branch_now() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);

        assertEquals(new Base("main", user.tip("main")), setting.workspace.base(Setting.PROJECT));
        CommitId second = user.commit("second", "2");

        assertEquals(second, setting.base());
    }

    @Test
    void a_branch_that_was_rewritten_is_followed() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        user.commit("second", "2");
        setting.base();
        user.git("reset", "--quiet", "--hard", "HEAD~1");
        CommitId other = user.commit("other", "3");

        assertEquals(other, setting.base());
    }

    @Test
    void looking_changes_nothing_in_the_repository_and_nothing_in_ours_when_nothing_moved() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        Map<String, String> before = UserRepository.snapshot(user.root());
        setting.base();
        Map<String, String> ours = UserRepository.snapshot(setting.home);

        setting.base();
        setting.at(setting.base()).read("README.md");
        setting.workspace.head(Setting.RUN, Setting.PROJECT);

        assertEquals(ours, UserRepository.snapshot(setting.home));
        assertEquals(before, UserRepository.snapshot(user.root()));
    }

    @Test
    void files_are_read_as_they_were_at_a_commit() throws IOException {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        user.write("src/-rf", "an option\n");
        user.write("src/größe\nzwei.txt", "naïve ☂\n");
        Files.write(user.root().resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        Files.createSymbolicLink(user.root().resolve("link"), Path.of("/etc/passwd"));
        CommitId commit = user.commitAll("Add");
        user.commit("README.md", "changed\n");
        Setting setting = Setting.over(folder, user);
        setting.base();

        Repository files = setting.at(commit);

        assertEquals(List.of("README.md", "binary", "src/-rf", "src/größe\nzwei.txt"), files.files());
        assertEquals(Optional.of("hello\n"), files.read("README.md"));
        assertEquals(Optional.of("an option\n"), files.read("src/-rf"));
        assertEquals(Optional.of("naïve ☂\n"), files.read("src/größe\nzwei.txt"));
        assertEquals(Optional.empty(), files.read("binary"));
        assertEquals(Optional.empty(), files.read("link"));
        assertEquals(Optional.empty(), files.read("src"));
        assertEquals(Optional.empty(), files.read("../README.md"));
    }

    @Test
    void many_files_are_read_one_after_the_other_backwards_and_here_and_there() throws IOException {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Map<String, Optional<String>> written = new TreeMap<>(Map.of("README.md", Optional.of("hello\n")));
        for (int number = 0; number < 400; number++) {
            String text = number % 7 == 0 ? "" : "file " + number + "\n".repeat(number % 5);
            String path = "src/" + number + (number % 11 == 0 ? "\nfile" : "");
            user.write(path, number == 200 ? "x".repeat(5_000_000) : text);
            written.put(path, Optional.of(number == 200 ? "x".repeat(5_000_000) : text));
        }
        Files.write(user.root().resolve("src/30-binary"), new byte[] {(byte) 0xff, '\n', 0, 1});
        written.put("src/30-binary", Optional.empty());
        CommitId commit = user.commitAll("Add");
        Setting setting = Setting.over(folder, user);
        setting.base();

        Repository files = setting.at(commit);

        assertEquals(List.copyOf(written.keySet()), files.files());
        files.files().forEach(path -> assertEquals(written.get(path), files.read(path), path));
        files.files().reversed().stream()
                .limit(20)
                .forEach(path -> assertEquals(written.get(path), files.read(path), path));
        for (int at = 0; at < 401; at += 29) {
            String path = files.files().get(at);
            assertEquals(written.get(path), files.read(path), path);
            assertEquals(written.get(path), files.read(path), path);
        }
    }

    @Test
    void a_repository_that_vanished_is_named_with_what_to_do() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        setting.base();
        Removal.of(user.root());

        RepositoryUnreadable gone = assertThrows(RepositoryUnreadable.class, setting::base);

        assertEquals(
                "The repository of shop is not there: " + user.root()
                        + ". Put it back, or set saywhen.projects.\"shop\".repository to where it is.",
                gone.getMessage());
    }

    @Test
    void a_folder_that_is_no_repository_is_named_with_what_to_do() throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Setting setting = new Setting(folder.resolve("home"), plain.toString());

        RepositoryUnreadable no = assertThrows(RepositoryUnreadable.class, setting::base);

        String message = String.valueOf(no.getMessage());
        assertTrue(message.startsWith("The repository of shop, " + plain + ", cannot be read: fatal: "), message);
        assertTrue(message.endsWith(". Mend it, or set saywhen.projects.\"shop\".repository to another."), message);
    }

    @Test
    void an_empty_repository_is_told_to_begin() {
        UserRepository user = UserRepository.make(folder.resolve("user"));

        RepositoryUnreadable no = assertThrows(
                RepositoryUnreadable.class, () -> Setting.over(folder, user).base());

        assertEquals(
                "The repository of shop, " + user.root()
                        + ", has no commit yet. Make a first commit on the branch main.",
                no.getMessage());
    }

    @Test
    void a_missing_branch_is_told_with_those_that_exist() {
        UserRepository user = UserRepository.make(folder.resolve("user"), "--initial-branch=trunk");
        user.commit("a", "1");
        user.git("branch", "dev");

        RepositoryUnreadable no = assertThrows(
                RepositoryUnreadable.class, () -> Setting.over(folder, user).base());

        assertEquals(
                "The repository of shop, " + user.root() + ", has no branch main; it has dev, trunk. Make that branch,"
                        + " or set saywhen.projects.\"shop\".branch.",
                no.getMessage());
    }

    @Test
    void a_corrupt_repository_is_unreadable_and_what_was_fetched_before_stays() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        CommitId first = setting.base();
        CommitId second = user.commit("second", "2");
        String hash = user.git("rev-parse", second + "^{tree}");
        Path tree = user.gitDir().resolve("objects/" + hash.substring(0, 2) + "/" + hash.substring(2));
        tree.toFile().setWritable(true);
        Files.write(tree, new byte[] {1, 2, 3});

        RepositoryUnreadable no = assertThrows(RepositoryUnreadable.class, setting::base);

        assertTrue(String.valueOf(no.getMessage()).contains("cannot be read: "), no.getMessage());
        assertEquals(Optional.of("hello\n"), setting.at(first).read("README.md"));
    }

    @Test
    void an_unknown_project_or_commit_is_unreadable() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        setting.base();

        assertThrows(RepositoryUnreadable.class, () -> setting.workspace.base(new ProjectName("other")));
        RepositoryUnreadable no =
                assertThrows(RepositoryUnreadable.class, () -> setting.at(new CommitId("1".repeat(40))));

        assertEquals(
                "Saywhen's own clone of shop does not hold the commit 1111111. Say `plan` for a fresh plan: it fetches"
                        + " again.",
                no.getMessage());
    }

    @Test
    void a_repository_of_another_owner_is_read_because_it_was_configured() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        boolean given = chown(user.root(), "65534");

        assertEquals(user.tip("main"), setting.base());
        assertTrue(given || !System.getProperty("user.name").equals("root"));
    }

    @Test
    void a_repository_in_the_longer_hash_is_cloned_in_it() {
        UserRepository user =
                UserRepository.make(folder.resolve("user"), "--initial-branch=main", "--object-format=sha256");
        CommitId commit = user.commit("a", "1");
        Setting setting = Setting.over(folder, user);

        assertEquals(commit, setting.base());
        assertEquals(64, commit.hash().length());
        assertEquals(Optional.of("1"), setting.at(commit).read("a"));
    }

    @Test
    void a_shallow_repository_is_good_enough() {
        UserRepository deep = UserRepository.begun(folder.resolve("deep"));
        CommitId tip = deep.commit("second", "2");
        UserRepository.git(folder, "clone", "--quiet", "--depth=1", "file://" + deep.root(), "user");
        Setting setting =
                new Setting(folder.resolve("home"), folder.resolve("user").toString());

        assertEquals(tip, setting.base());
    }

    @Test
    void a_file_address_is_a_path() {
        UserRepository user = UserRepository.begun(folder.resolve("with space"));
        Setting setting = new Setting(folder.resolve("home"), "file://" + user.root());

        assertEquals(user.tip("main"), setting.base());
        assertTrue(new GitProject(Setting.PROJECT, "file://" + user.root(), "main").isLocal());
        assertFalse(new GitProject(Setting.PROJECT, "https://example.org/x.git", "main").isLocal());
        assertFalse(new GitProject(Setting.PROJECT, "git@example.org:x.git", "main").isLocal());
    }

    @Test
    void names_that_would_mean_something_to_git_are_no_repository_and_no_branch() {
        for (String repository : List.of("", " ", "--upload-pack=x", "a\nb")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new GitProject(Setting.PROJECT, repository, "main"),
                    repository);
        }
        for (String branch : List.of("", "-f", "a b", "a:b", "+a:b*", "a..b", "/a", "a\nb", "a@{1}", "x.lock")) {
            assertThrows(IllegalArgumentException.class, () -> new GitProject(Setting.PROJECT, "/x", branch), branch);
        }
        assertEquals("feature/ünï", new GitProject(Setting.PROJECT, "/x", "feature/ünï").branch());
    }

    @Test
    void an_address_that_would_run_a_command_runs_none() {
        Setting setting = new Setting(folder.resolve("home"), "ext::touch " + folder.resolve("ran"));

        assertThrows(RepositoryUnreadable.class, setting::base);
        assertFalse(Files.exists(folder.resolve("ran")));
    }

    @Test
    void a_diff_has_a_summary_and_the_patch_and_is_cut() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        CommitId from = user.tip("main");
        CommitId to = user.commit("größe.txt", "☂\n");
        Setting setting = Setting.over(folder, user);
        setting.base();

        String diff = setting.workspace.diff(Setting.PROJECT, from, to, 10_000);

        assertEquals("""
                 größe.txt | 1 +
                 1 file changed, 1 insertion(+)

                diff --git a/größe.txt b/größe.txt
                new file mode 100644
                index 0000000..HASH
                --- /dev/null
                +++ b/größe.txt
                @@ -0,0 +1 @@
                +☂
                """, diff.replaceAll("0\\.\\.[0-9a-f]+", "0..HASH"));
        assertEquals(diff.substring(0, 20), setting.workspace.diff(Setting.PROJECT, from, to, 20));
        assertEquals("", setting.workspace.diff(Setting.PROJECT, from, from, 20));
    }

    @Test
    void the_head_of_a_run_is_its_newest_commit() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        assertEquals(Optional.empty(), setting.workspace.head(Setting.RUN, Setting.PROJECT));
        CommitId base = setting.base();
        assertEquals(Optional.empty(), setting.workspace.head(Setting.RUN, Setting.PROJECT));
        setting.open(base);
        setting.write("a", "1");

        CommitId commit = setting.commit(base, "a");

        assertEquals(Optional.of(commit), setting.workspace.head(Setting.RUN, Setting.PROJECT));
    }

    @Test
    void the_audit_marks_of_a_branch_are_those_of_its_run_in_order() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        user.git(
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                "Another run\n\nSaywhen-Run: 99\nSaywhen-Audit: 1 " + "b".repeat(64));
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        assertEquals(List.of(), setting.workspace.marks(Setting.PROJECT, Setting.RUN));
        setting.open(base);
        setting.write("a", "1");
        CommitId first = setting.commit(base, "a");
        setting.write("b", "2");
        CommitId second = setting.commit(first, "b");

        List<GitWorkspace.Marked> marks = setting.workspace.marks(Setting.PROJECT, Setting.RUN);

        assertEquals(
                List.of(first, second),
                marks.stream().map(GitWorkspace.Marked::commit).toList());
        assertEquals(
                Optional.of(new AuditMark(12, new Digest("a".repeat(64)))),
                marks.getFirst().mark());
        assertEquals(Optional.empty(), new GitWorkspace.Marked(first, "12 short").mark());
    }

    @Test
    void what_was_kept_of_an_unfinished_step_is_everything_but_what_is_ignored() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        user.write(".gitignore", "target/\n");
        user.write("gone", "1");
        user.commitAll("Ignore");
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        assertEquals(Optional.empty(), setting.workspace.keep(Setting.RUN, Setting.PROJECT, base));
        setting.write("README.md", "half\n");
        setting.write("src/ünfinished", "class");
        setting.write("target/classes/A.class", "x");
        Files.delete(setting.tree().resolve("gone"));
        Files.createSymbolicLink(setting.tree().resolve("link"), Path.of("/etc/passwd"));

        CommitId kept =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();

        assertEquals(
                List.of(".gitignore", "README.md", "src/ünfinished"),
                setting.at(kept).files());
        assertEquals(Optional.of("half\n"), setting.at(kept).read("README.md"));
        assertEquals("120000 blob", setting.ours("ls-tree", kept.hash(), "link").substring(0, 11));
        assertEquals(kept.hash(), setting.ours("rev-parse", "refs/saywhen/run-1/kept-1"));
        assertEquals(Optional.empty(), setting.workspace.head(Setting.RUN, Setting.PROJECT));
        assertFalse(user.has("refs/saywhen"));
    }

    @Test
    void a_file_that_became_a_folder_and_a_folder_that_became_a_file_are_kept() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        user.write("dir/a", "1");
        user.commitAll("Add");
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        Files.delete(setting.tree().resolve("README.md"));
        setting.write("README.md/now", "2");
        Removal.of(setting.tree().resolve("dir"));
        setting.write("dir", "3");

        CommitId kept =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();

        assertEquals(List.of("README.md/now", "dir"), setting.at(kept).files());
    }

    @Test
    void what_a_killed_service_left_half_done_is_cleared_at_start() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        Files.createDirectories(setting.home.resolve("worktrees/.old-run-1/x"));
        Files.createDirectories(setting.home.resolve("cache/git/git1"));
        Files.createDirectories(setting.ownGitDir().resolve("refs/heads/saywhen"));
        Files.createFile(setting.ownGitDir().resolve("refs/heads/saywhen/run-1.lock"));

        setting.workspace.clearLeftovers();

        setting.write("a", "1");
        CommitId commit = setting.commit(base, "a");
        assertEquals(Optional.of(commit), setting.workspace.head(Setting.RUN, Setting.PROJECT));
        assertFalse(Files.exists(setting.home.resolve("worktrees/.old-run-1")));
        assertFalse(Files.exists(setting.home.resolve("cache/git/git1")));
        assertTrue(Files.exists(setting.tree().resolve("README.md")));
    }

    @Test
    void keeping_twice_keeps_one_and_later_work_gets_a_name_of_its_own() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        setting.write("a", "1");
        CommitId first =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();

        assertEquals(Optional.of(first), setting.workspace.keep(Setting.RUN, Setting.PROJECT, base));
        setting.write("a", "2");
        CommitId second =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();

        assertEquals(second.hash(), setting.ours("rev-parse", "refs/saywhen/run-1/kept-2"));
        assertFalse(setting.ours("for-each-ref").contains("kept-3"));
    }

    @Test
    void unfinished_work_is_kept_beside_the_lock_of_a_git_that_was_killed() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);
        CommitId base = setting.base();
        setting.open(base);
        setting.write("a", "1");
        Path notes = Files.createDirectories(setting.ownGitDir().resolve("refs/saywhen/run-1"));
        Files.createFile(notes.resolve("kept-1.lock"));

        CommitId kept =
                setting.workspace.keep(Setting.RUN, Setting.PROJECT, base).orElseThrow();

        assertEquals(kept.hash(), setting.ours("rev-parse", "refs/saywhen/run-1/kept-2"));
        assertEquals(Optional.of(kept), setting.workspace.keep(Setting.RUN, Setting.PROJECT, base));
    }

    @Test
    void a_run_without_a_work_tree_has_nothing_to_keep() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        Setting setting = Setting.over(folder, user);

        assertEquals(Optional.empty(), setting.workspace.keep(new RunId(7), Setting.PROJECT, setting.base()));
    }

    private static boolean chown(Path root, String owner) throws Exception {
        return new ProcessBuilder("chown", "-R", owner, root.toString()).start().waitFor() == 0;
    }
}
