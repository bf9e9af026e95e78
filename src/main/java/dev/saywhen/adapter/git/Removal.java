package dev.saywhen.adapter.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes a folder and all in it, whatever a command left there: read-only files, links to elsewhere, chains of
 * folders too deep to be named. Links are removed, never followed.
 */
final class Removal {
    private final Path root;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Set<Path> broughtUp = new HashSet<>();
    private int moved;

    private Removal(Path root) {
        this.root = root;
    }

    static void of(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) || !Files.isDirectory(folder)) {
            Files.deleteIfExists(folder);
            return;
        }
        new Removal(folder).run();
    }

    /** Folders are brought up to the top before they are emptied, so that no path grows. */
    private void run() throws IOException {
        empty(root);
        while (!waiting.isEmpty()) {
            Path folder = waiting.pop();
            empty(folder);
            Files.delete(folder);
        }
        Files.delete(root);
    }

    private void empty(Path folder) throws IOException {
        makeWritable(folder);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(entry);
                } else if (!broughtUp.contains(entry)) {
                    waiting.push(bringUp(entry));
                }
            }
        } catch (NoSuchFileException gone) {
            // Somebody else removed it: that is what was wanted.
        }
    }

    private Path bringUp(Path entry) throws IOException {
        makeWritable(entry);
        Path place = root.resolve(".leaving-" + moved++);
        while (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            place = root.resolve(".leaving-" + moved++);
        }
        broughtUp.add(place);
        return Files.move(entry, place);
    }

    private static void makeWritable(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
