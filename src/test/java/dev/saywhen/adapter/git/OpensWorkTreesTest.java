package dev.saywhen.adapter.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.CommitId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect.OpenWorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpensWorkTreesTest {
    @TempDir
    Path folder;

    private UserRepository user;
    private Setting setting;

    @BeforeEach
    void begin() {
        user = UserRepository.begun(folder.resolve("user"));
        setting = Setting.over(folder, user);
    }

    @Test
    void the_tree_is_exactly_the_commit_and_nothing_else() throws Exception {
        user.write("src/-rf", "an option\n");
        user.write("src/größe\nzwei.txt", "☂\n");
        user.write("mvnw", "#!/bin/sh\n");
        assertTrue(user.root().resolve("mvnw").toFile().setExecutable(true));
        user.commitAll("Add");
        setting.open(setting.base());
        Files.writeString(setting.tree().resolve("rubbish"), "x");
        setting.write("README.md", "changed");

        setting.open(setting.base());

        WorkTree tree = setting.workspace.tree(Setting.RUN);
        assertEquals(List.of("README.md", "mvnw", "src/-rf", "src/größe\nzwei.txt"), tree.list(""));
        assertEquals(List.of("src/-rf", "src/größe\nzwei.txt"), tree.list("src"));
        assertEquals(Optional.of("hello\n"), tree.read("README.md"));
        assertEquals(Optional.of("☂\n"), tree.read("src/größe\nzwei.txt"));
        assertTrue(Files.isExecutable(setting.tree().resolve("mvnw")));
        assertFalse(Files.isExecutable(setting.tree().resolve("README.md")));
        assertFalse(Files.exists(setting.tree().resolve(".git")));
    }

    @Test
    void files_are_laid_out_byte_for_byte_whatever_the_attributes_say() throws Exception {
        byte[] bytes = {'a', '\r', '\n', '$', 'I', 'd', '$', '\n', (byte) 0xff};
        user.write(
                ".gitattributes",
                "[attr]sly text eol=crlf ident filter=x working-tree-encoding=UTF-16\n* sly\nb text eol=crlf ident\n");
        Files.write(user.root().resolve("b"), bytes);
        for (String path : List.of(".gitattributes", "b")) {
            String blob = user.git("hash-object", "-w", "--no-filters", path);
            user.git("update-index", "--add", "--cacheinfo", "100644," + blob + "," + path);
        }
        user.git("commit", "--quiet", "-m", "Add");

        CommitId base = setting.base();
        setting.open(base);

        assertArrayEquals(bytes, Files.readAllBytes(setting.tree().resolve("b")));
        assertEquals(Optional.empty(), setting.workspace.keep(Setting.RUN, Setting.PROJECT, base));
    }

    @Test
    void a_dead_or_late_clearance_changes_nothing() throws Exception {
        CommitId base = setting.base();
        setting.open(base);
        Files.writeString(setting.tree().resolve("mine"), "x");
        Map<String, String> before = UserRepository.snapshot(setting.home);
        OpenWorkTree effect = new OpenWorkTree(Setting.RUN, Setting.PROJECT, base);
        OpensWorkTrees opens = new OpensWorkTrees(setting.workspace, setting.stops);

        assertThrows(Clearance.Halted.class, () -> opens.perform(Clearances.dead(effect)));
        assertThrows(Clearance.Halted.class, () -> opens.perform(Clearances.late(effect)));

        assertEquals(before, UserRepository.snapshot(setting.home));
    }

    @Test
    void an_unknown_commit_leaves_the_tree_as_it_was() throws Exception {
        setting.open(setting.base());
        Files.writeString(setting.tree().resolve("mine"), "x");

        assertThrows(RuntimeException.class, () -> setting.open(new CommitId("1".repeat(40))));

        assertEquals(
                List.of("README.md", "mine"),
                setting.workspace.tree(Setting.RUN).list(""));
    }

    @Test
    void what_a_command_left_is_removed_and_nothing_outside_is_touched() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "1");
        setting.open(setting.base());
        Path tree = setting.tree();
        Files.createSymbolicLink(tree.resolve("folder-link"), outside);
        Files.createSymbolicLink(tree.resolve("file-link"), outside.resolve("precious"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
        Path locked = Files.createDirectories(tree.resolve("locked/inner"));
        Files.writeString(locked.resolve("file"), "x");
        sh(tree, "mkfifo pipe; chmod a-rwx locked/inner locked .");

        setting.open(setting.base());

        assertEquals(List.of("README.md"), names(tree));
        assertEquals(Map.of("", "folder", "precious", "1"), UserRepository.snapshot(outside));
        assertEquals(List.of("run-1"), names(setting.home.resolve("worktrees")));
    }

    @Test
    void a_chain_of_folders_too_deep_to_be_named_is_removed() throws Exception {
        setting.open(setting.base());
        sh(
                setting.tree(),
                "n=$(printf 'd%.0s' $(seq 200)); i=0; while [ $i -lt 40 ]; do mkdir $n; cd -P $n || exit 1; i=$((i+1)); done;"
                        + " echo x > file");

        setting.open(setting.base());

        assertEquals(List.of("README.md"), names(setting.tree()));
        assertEquals(List.of("run-1"), names(setting.home.resolve("worktrees")));
    }

    @Test
    void the_folder_itself_replaced_by_a_link_is_replaced_and_the_target_stays() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "1");
        Files.createDirectories(setting.home.resolve("worktrees"));
        Files.createSymbolicLink(setting.tree(), outside);

        setting.open(setting.base());

        assertTrue(Files.isDirectory(setting.tree(), LinkOption.NOFOLLOW_LINKS));
        assertEquals(List.of("README.md"), names(setting.tree()));
        assertEquals(List.of("precious"), names(outside));
    }

    @Test
    void links_of_the_repository_are_links_and_are_neither_read_nor_listed() throws Exception {
        Files.createSymbolicLink(user.root().resolve("etc"), Path.of("/etc"));
        Files.createSymbolicLink(user.root().resolve("passwd"), Path.of("/etc/passwd"));
        user.commitAll("Link");

        setting.open(setting.base());

        WorkTree tree = setting.workspace.tree(Setting.RUN);
        assertEquals(Path.of("/etc"), Files.readSymbolicLink(setting.tree().resolve("etc")));
        assertEquals(Optional.empty(), tree.read("passwd"));
        assertEquals(Optional.empty(), tree.read("etc/passwd"));
        assertEquals(List.of(), tree.list("etc"));
        assertEquals(List.of("README.md"), tree.list(""));
    }

    @Test
    void a_work_tree_is_read_without_leaving_it() throws Exception {
        setting.open(setting.base());
        Files.writeString(setting.tree().resolveSibling("secret"), "x");
        Files.write(setting.tree().resolve("latin"), new byte[] {(byte) 0xe4});
        sh(
                setting.tree(),
                "mkfifo pipe; mkdir -p deep/.git; echo x > deep/.git/config; printf x > $(printf 'b\\351d')");
        WorkTree tree = setting.workspace.tree(Setting.RUN);

        for (String path : List.of(
                "../secret",
                "/etc/passwd",
                "",
                ".",
                "./README.md",
                "deep/../README.md",
                "a//b",
                "latin",
                "pipe",
                "deep",
                "missing",
                "README.md/x",
                "\0",
                "deep/.git/config")) {
            assertEquals(Optional.empty(), tree.read(path), path);
        }
        assertEquals(List.of(), tree.list(".."));
        assertEquals(List.of(), tree.list("missing"));
        assertEquals(List.of("README.md", "deep/.git/config", "latin"), tree.list(""));
    }

    @Test
    void a_commit_that_was_never_recorded_is_kept_aside_and_the_branch_goes_on_from_here() throws Exception {
        CommitId base = setting.base();
        setting.open(base);
        setting.write("a", "1");
        CommitId first = setting.commit(base, "a");
        setting.write("b", "2");
        CommitId lost = setting.commit(first, "b");

        setting.open(first);

        assertEquals(Optional.of(first), setting.workspace.head(Setting.RUN, Setting.PROJECT));
        assertEquals(lost.hash(), setting.ours("rev-parse", "refs/saywhen/run-1/left-1"));
        assertEquals(
                List.of("README.md", "a"), setting.workspace.tree(Setting.RUN).list(""));
    }

    @Test
    void a_tree_with_a_git_directory_in_it_is_refused() throws Exception {
        CommitId base = setting.base();
        setting.open(base);
        String blob = user.git("hash-object", "-w", "README.md");
        String inner = mktree("100644 blob " + blob + "\tconfig");
        String outer = mktree("040000 tree " + inner + "\t.git");
        user.git("update-ref", "refs/heads/main", user.git("commit-tree", outer, "-p", "main", "-m", "Evil"));

        CommitId evil = setting.base();

        GitBroke no = assertThrows(GitBroke.class, () -> setting.open(evil));
        assertTrue(String.valueOf(no.getMessage()).contains("invalid path '.git/config'"), no.getMessage());
        assertEquals(List.of("README.md"), names(setting.tree()));
    }

    private String mktree(String entry) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("entry"), entry + "\n");
        Process process = new ProcessBuilder("git", "mktree")
                .directory(user.root().toFile())
                .redirectInput(input.toFile())
                .start();
        String hash = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
        assertEquals(0, process.waitFor());
        return hash;
    }

    private static void sh(Path folder, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
