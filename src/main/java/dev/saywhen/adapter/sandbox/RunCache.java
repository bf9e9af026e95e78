package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the commands of one run fetched and no other run sees.
 *
 * <p>The two folders in it are each bound into the sandbox by itself and their parent is not: what runs inside can fill them
 * but cannot put a link in their place.
 */
final class RunCache {
    private final Path folder;

    /** Makes it where it is not there. */
    RunCache(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(tools());
        Files.createDirectories(modules());
    }

    /** For the tools' own caches. */
    Path tools() {
        return folder.resolve("tools");
    }

    /**
     * For what npm installs: it stays while the work tree is laid out anew for each step, and is not among the run's files.
     *
     * @return empty where the work tree is no package of npm's, or brings a {@code node_modules} of its own
     */
    Optional<Path> modulesFor(Path workTree) throws IOException {
        Path own = workTree.resolve("node_modules");
        boolean isPackage = Files.isRegularFile(workTree.resolve("package.json"), LinkOption.NOFOLLOW_LINKS);
        boolean isFree = !Files.exists(own, LinkOption.NOFOLLOW_LINKS) || isEmptyFolder(own);
        return isPackage && isFree ? Optional.of(modules()) : Optional.empty();
    }

    /** Whether something was fetched for Maven. */
    boolean holdsMavenRepository() {
        return Files.isDirectory(tools().resolve("m2"), LinkOption.NOFOLLOW_LINKS);
    }

    private Path modules() {
        return folder.resolve("node_modules");
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
