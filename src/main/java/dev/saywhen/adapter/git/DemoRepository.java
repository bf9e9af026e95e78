package dev.saywhen.adapter.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

/** The repository of the project that exists without any configuration: bare, one commit, a README. */
public final class DemoRepository {
    public static final String BRANCH = "main";

    private static final String README = """
            # demo

            A place to try Saywhen. It was made because no project is configured. Whatever a run builds appears here on a
            branch of its own, `saywhen/run-1` and so on.
            """;

    private final Path place;
    private final GitCommand git;
    private final Clock clock;

    /** @param home {@code saywhen.home} */
    public DemoRepository(Path home, GitCommand git, Clock clock) {
        this.place = home.toAbsolutePath().resolve("repositories/origin/demo.git");
        this.git = git;
        this.clock = clock;
    }

    /** Makes it if it is missing, whole or not at all, and says where it is. */
    public Path make() {
        if (Files.exists(place)) {
            return place;
        }
        Path fresh = place.resolveSibling(".new-demo.git");
        try {
            Files.createDirectories(place.getParent());
            Removal.of(fresh);
            fill(fresh);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } catch (IOException broken) {
            throw new GitBroke("making the demo repository did not work: " + broken.getMessage(), broken);
        }
    }

    private void fill(Path folder) {
        String doing = "making the demo repository";
        git.anywhere()
                .must(
                        doing,
                        "init",
                        "--quiet",
                        "--bare",
                        "--template=",
                        "--initial-branch=" + BRANCH,
                        folder.toString());
        String readme = git.in(folder)
                .input(README)
                .must(doing, "hash-object", "-w", "--no-filters", "--stdin")
                .line();
        String tree = git.in(folder)
                .input("100644 blob " + readme + "\tREADME.md\n")
                .must(doing, "mktree")
                .line();
        String commit = new Commits(clock, folder)
                .signed(git.in(folder))
                .input("Begin the demo\n")
                .must(doing, "commit-tree", tree)
                .line();
        git.in(folder).must(doing, "update-ref", "refs/heads/" + BRANCH, commit);
    }
}
