package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.id.CommitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRepositoryTest {
    @TempDir
    Path home;

    @Test
    void it_is_bare_and_has_one_commit_with_a_readme() {
        Path place = demo().make();

        assertEquals(home.resolve("repositories/origin/demo.git"), place);
        assertEquals("true", UserRepository.git(place, "rev-parse", "--is-bare-repository"));
        assertEquals("refs/heads/main", UserRepository.git(place, "symbolic-ref", "HEAD"));
        assertEquals("1", UserRepository.git(place, "rev-list", "--count", "--all"));
        assertEquals("README.md", UserRepository.git(place, "ls-tree", "--name-only", "main"));
        UserRepository.git(place, "fsck", "--strict");
    }

    @Test
    void it_is_made_once_and_a_half_made_one_is_made_again() throws Exception {
        Files.createDirectories(home.resolve("repositories/origin/.new-demo.git/objects"));
        Path place = demo().make();
        Map<String, String> before = UserRepository.snapshot(home);

        assertEquals(place, demo().make());

        assertEquals(before, UserRepository.snapshot(home));
    }

    @Test
    void a_run_works_in_it() throws Exception {
        Setting setting = new Setting(home, demo().make().toString());
        CommitId base = setting.base();
        assertEquals(List.of("README.md"), setting.at(base).files());
        setting.open(base);
        setting.write("a", "1");

        CommitId commit = setting.commit(base, "a");
        setting.publish(commit);

        assertEquals(
                commit.hash(),
                UserRepository.git(home.resolve("repositories/origin/demo.git"), "rev-parse", "saywhen/run-1"));
    }

    private DemoRepository demo() {
        return new DemoRepository(home, new GitCommand(home.resolve("cache/git")), Clock.systemUTC());
    }
}
