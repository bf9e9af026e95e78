package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect.CommitFiles;
import dev.saywhen.safety.StopOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsFilesTest {
    @TempDir
    Path folder;

    private UserRepository user;
    private Setting setting;
    private CommitId base;

    @BeforeEach
    void begin() throws Exception {
        user = UserRepository.begun(folder.resolve("user"));
        setting = Setting.over(folder, user);
        base = setting.base();
        setting.open(base);
    }

    @Test
    void exactly_the_named_files_are_committed() throws Exception {
        setting.write("src/größe\nzwei.txt", "☂\n");
        setting.write("-rf", "1");
        setting.write("not-named", "1");
        setting.write("README.md", "not named either\n");

        CommitId commit = setting.commit(base, "src/größe\nzwei.txt", "-rf");

        assertEquals(
                List.of("-rf", "README.md", "src/größe\nzwei.txt"),
                setting.at(commit).files());
        assertEquals(Optional.of("hello\n"), setting.at(commit).read("README.md"));
        assertEquals(base.hash(), setting.ours("rev-parse", commit + "^"));
        assertEquals(commit.hash(), setting.ours("rev-parse", "refs/heads/saywhen/run-1"));
    }

    @Test
    void the_commit_says_who_when_what_and_where_from() throws Exception {
        setting.write("a", "1");

        CommitId commit = setting.commit(base, "a");

        assertEquals(
                "Saywhen <saywhen@localhost> 2026-11-02T10:00:00+00:00 Saywhen <saywhen@localhost>"
                        + " 2026-11-02T10:00:00+00:00",
                setting.ours("log", "-1", "--format=%an <%ae> %aI %cn <%ce> %cI", commit.hash())
                        .replace("Z", "+00:00"));
        assertEquals(
                "Do a step\n\nIts body.\n\nSaywhen-Audit: 12 " + "a".repeat(64) + "\nSaywhen-Run: 1",
                setting.ours("log", "-1", "--format=%B", commit.hash()).strip());
    }

    @Test
    void nothing_in_a_message_or_a_value_becomes_a_trailer() throws Exception {
        setting.write("a", "1");
        CommitFiles effect = new CommitFiles(
                Setting.RUN,
                Setting.PROJECT,
                base,
                List.of("a"),
                "Sly\n\nSaywhen-Audit: 1 " + "b".repeat(64) + "\n\0",
                new TreeMap<>(Map.of("Saywhen-Run", "1", "Saywhen-Thread", "x\nSaywhen-Audit: 2 y\u2028z")));

        new CommitsFiles(setting.workspace, setting.stops).perform(Clearances.live(effect, setting.stops));

        List<GitWorkspace.Marked> marks = setting.workspace.marks(Setting.PROJECT, Setting.RUN);
        assertEquals(List.of(""), marks.stream().map(GitWorkspace.Marked::value).toList());
    }

    @Test
    void bytes_are_committed_as_they_are_whatever_the_attributes_say() throws Exception {
        setting.write(".gitattributes", "* text eol=lf ident filter=evil\n");
        setting.write("a", "1\r\n$Id: kept$\r\n");

        CommitId commit = setting.commit(base, ".gitattributes", "a");

        assertEquals(Optional.of("1\r\n$Id: kept$\r\n"), setting.at(commit).read("a"));
    }

    @Test
    void a_file_that_is_missing_a_link_or_behind_one_is_refused() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "1");
        Files.createSymbolicLink(setting.tree().resolve("folder"), outside);
        Files.createSymbolicLink(setting.tree().resolve("file"), outside.resolve("secret"));
        Files.createDirectory(setting.tree().resolve("dir"));
        setting.write("good", "1");

        assertEquals("committing did not work: missing is not there", refusal("missing"));
        assertEquals("committing did not work: file is a link, not a file", refusal("file"));
        assertEquals("committing did not work: folder/secret leads through a link: folder", refusal("folder/secret"));
        assertEquals("committing did not work: dir is a folder, not a file", refusal("dir"));
        assertEquals("committing did not work: not a path inside the work tree: ../x", refusal("../x"));

        assertEquals(Optional.empty(), setting.workspace.head(Setting.RUN, Setting.PROJECT));
    }

    @Test
    void a_folder_of_the_repository_replaced_by_a_link_outside_is_refused() throws Exception {
        user.write("src/A.java", "1");
        user.commitAll("Add");
        base = setting.base();
        setting.open(base);
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("A.java"), "secret");
        Removal.of(setting.tree().resolve("src"));
        Files.createSymbolicLink(setting.tree().resolve("src"), outside);

        assertEquals("committing did not work: src/A.java leads through a link: src", refusal("src/A.java"));
        assertThrows(GitBroke.class, () -> setting.write("src/A.java", "2"));
        setting.open(base);

        assertEquals(Optional.of("1"), setting.workspace.tree(Setting.RUN).read("src/A.java"));
        assertEquals("secret", Files.readString(outside.resolve("A.java")));
    }

    @Test
    void the_branch_moves_only_from_the_parent() throws Exception {
        setting.write("a", "1");
        CommitId first = setting.commit(base, "a");

        GitBroke no = assertThrows(GitBroke.class, () -> setting.commit(base, "a"));

        assertEquals(
                "committing did not work: saywhen/run-1 stands at " + first.brief() + ", not at " + base.brief(),
                no.getMessage());
        assertEquals(Optional.of(first), setting.workspace.head(Setting.RUN, Setting.PROJECT));
    }

    @Test
    void of_two_commits_at_once_on_one_parent_one_wins() throws Exception {
        setting.write("a", "1");

        List<Boolean> won = atOnce(() -> setting.commit(base, "a"), () -> setting.commit(base, "a"));

        assertTrue(won.contains(true), won.toString());
        assertTrue(won.contains(false), won.toString());
        assertEquals(base.hash(), setting.ours("rev-parse", "refs/heads/saywhen/run-1^"));
    }

    @Test
    void two_runs_of_one_project_work_at_once() throws Exception {
        List<Boolean> done = atOnce(() -> work(Setting.RUN), () -> work(Setting.OTHER_RUN));

        assertEquals(List.of(true, true), done);
        for (RunId run : List.of(Setting.RUN, Setting.OTHER_RUN)) {
            assertEquals("10", setting.ours("rev-list", "--count", base + ".." + run.branch()));
            assertEquals("10", user.git("rev-list", "--count", base + ".." + run.branch()));
            CommitId head = setting.workspace.head(run, Setting.PROJECT).orElseThrow();
            assertEquals(Optional.of("run " + run), setting.at(head).read("file-9"));
        }
        setting.ours("fsck", "--strict");
    }

    private CommitId work(RunId run) throws Exception {
        CommitId at = base;
        for (int step = 0; step < 10; step++) {
            setting.base();
            setting.open(run, at);
            setting.write(run, "file-" + step, "run " + run);
            at = setting.commit(run, at, "file-" + step);
            setting.publish(run, at);
        }
        return at;
    }

    @Test
    void a_dead_clearance_or_a_stop_moves_no_branch() throws Exception {
        setting.write("a", "1");
        CommitsFiles commits = new CommitsFiles(setting.workspace, setting.stops);
        CommitFiles effect = Setting.committing(Setting.RUN, base, "a");
        assertThrows(Clearance.Halted.class, () -> commits.perform(Clearances.late(effect)));
        Clearance<CommitFiles> cleared = Clearances.live(effect, setting.stops);
        setting.stops.pull(new StopOrder(Setting.RUN, null, "ana", "stop", "here", null));

        assertThrows(GitBroke.class, () -> commits.perform(cleared));

        assertEquals(Optional.empty(), setting.workspace.head(Setting.RUN, Setting.PROJECT));
    }

    private String refusal(String path) {
        return String.valueOf(assertThrows(GitBroke.class, () -> setting.commit(base, "README.md", path))
                .getMessage());
    }

    private static List<Boolean> atOnce(Callable<CommitId> one, Callable<CommitId> other) throws Exception {
        List<Boolean> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<CommitId> future : threads.invokeAll(List.of(one, other))) {
                if (future.state() == Future.State.FAILED && !(future.exceptionNow() instanceof GitBroke)) {
                    throw new AssertionError(future.exceptionNow());
                }
                done.add(future.state() == Future.State.SUCCESS);
            }
        }
        return done;
    }
}
