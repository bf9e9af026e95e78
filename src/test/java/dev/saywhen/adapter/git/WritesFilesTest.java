package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect.WriteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritesFilesTest {
    @TempDir
    Path folder;

    private Setting setting;
    private Path outside;

    @BeforeEach
    void begin() throws Exception {
        UserRepository user = UserRepository.begun(folder.resolve("user"));
        setting = Setting.over(folder, user);
        setting.open(setting.base());
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "1");
    }

    @Test
    void a_file_is_written_whole_with_the_folders_above_it() throws Exception {
        setting.write("src/größe/A.java", "class A {} // ☂\n");
        setting.write("README.md", "");

        assertEquals(
                Optional.of("class A {} // ☂\n"),
                setting.workspace.tree(Setting.RUN).read("src/größe/A.java"));
        assertEquals(Optional.of(""), setting.workspace.tree(Setting.RUN).read("README.md"));
        assertEquals(
                List.of("run-1"),
                List.of(setting.home.resolve("worktrees").toFile().list()));
    }

    @Test
    void an_executable_file_stays_executable_and_a_read_only_one_is_replaced() throws Exception {
        setting.write("mvnw", "1");
        assertFalse(Files.isExecutable(setting.tree().resolve("mvnw")));
        assertTrue(setting.tree().resolve("mvnw").toFile().setExecutable(true));
        assertTrue(setting.tree().resolve("mvnw").toFile().setReadOnly());

        setting.write("mvnw", "2");

        assertTrue(Files.isExecutable(setting.tree().resolve("mvnw")));
        assertEquals("2", Files.readString(setting.tree().resolve("mvnw")));
    }

    @Test
    void no_link_is_written_through() throws Exception {
        Files.createSymbolicLink(setting.tree().resolve("folder"), outside);
        Files.createSymbolicLink(setting.tree().resolve("file"), outside.resolve("precious"));
        Files.createSymbolicLink(setting.tree().resolve("dangling"), outside.resolve("new"));

        assertEquals("writing did not work: folder/new leads through a link: folder", refusal("folder/new"));
        assertEquals("writing did not work: folder/a/new leads through a link: folder", refusal("folder/a/new"));
        assertEquals("writing did not work: file is a link, not a file", refusal("file"));
        assertEquals("writing did not work: dangling is a link, not a file", refusal("dangling"));

        assertEquals(Map.of("", "folder", "precious", "1"), UserRepository.snapshot(outside));
    }

    @Test
    void a_second_name_of_an_outside_file_is_not_written_through() throws Exception {
        Files.createLink(setting.tree().resolve("second"), outside.resolve("precious"));

        setting.write("second", "2");

        assertEquals("1", Files.readString(outside.resolve("precious")));
    }

    @Test
    void what_is_no_place_for_a_file_is_refused() throws Exception {
        Files.createDirectory(setting.tree().resolve("dir"));
        for (String path : List.of(
                "../x",
                "/etc/x",
                "",
                "a//b",
                "a/../b",
                ".git/config",
                "sub/.GIT/hooks/x",
                "x/.",
                "dir",
                "README.md/x")) {
            assertTrue(refusal(path).startsWith("writing did not work: "), path);
        }
        assertFalse(Files.exists(setting.home.resolve("worktrees/x")));
    }

    @Test
    void a_dead_or_late_clearance_writes_nothing() {
        WriteFile effect = new WriteFile(Setting.RUN, "src/A.java", "x");
        WritesFiles writes = new WritesFiles(setting.workspace);

        assertThrows(Clearance.Halted.class, () -> writes.perform(Clearances.dead(effect)));
        assertThrows(Clearance.Halted.class, () -> writes.perform(Clearances.late(effect)));

        assertEquals(Map.of("", "folder", "README.md", "hello\n"), UserRepository.snapshot(setting.tree()));
        assertEquals(
                List.of("run-1"),
                List.of(setting.home.resolve("worktrees").toFile().list()));
    }

    @Test
    void a_run_without_a_work_tree_writes_nowhere() {
        GitBroke no = assertThrows(GitBroke.class, () -> setting.write(Setting.OTHER_RUN, "a", "x"));

        assertEquals("writing a did not work: run 2 has no work tree", no.getMessage());
    }

    private String refusal(String path) {
        return String.valueOf(assertThrows(GitBroke.class, () -> setting.write(path, "x"), path)
                .getMessage());
    }
}
