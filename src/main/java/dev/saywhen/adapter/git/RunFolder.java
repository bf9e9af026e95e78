package dev.saywhen.adapter.git;

import dev.saywhen.engineer.WorkTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Commands write here, so nothing found here is trusted: no link is followed, ever.
 *
 * <p>It looks and then acts, which is enough because no command of the run is alive while it does.
 */
final class RunFolder implements WorkTree {
    private static final int TEXT_LIMIT = 20_000_000;

    private final Path root;

    RunFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    boolean exists() {
        return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<String> read(String path) {
        Path file;
        try {
            file = place(path);
            BasicFileAttributes found = attributes(file);
            if (found == null || !found.isRegularFile() || found.size() > TEXT_LIMIT) {
                return Optional.empty();
            }
            return text(file);
        } catch (Refused | IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return text(in.readNBytes(TEXT_LIMIT));
        }
    }

    /** The bytes as UTF-8; empty if they are something else. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String folder) {
        Set<String> files = new TreeSet<>();
        try {
            collect(folder.isEmpty() ? root : place(folder), folder.isEmpty() ? "" : folder + "/", files);
        } catch (Refused notInside) {
            return List.of();
        }
        return List.copyOf(files);
    }

    private static void collect(Path folder, String prefix, Set<String> files) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.isSymbolicLink(folder) ? null : Files.newDirectoryStream(folder)) {
            if (entries == null) {
                return;
            }
            for (Path entry : entries) {
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    RawPath.name(entry).ifPresent(name -> files.add(prefix + name));
                } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return; // a folder that cannot be read has no files that could be
        }
        folders.forEach(entry -> RawPath.name(entry).ifPresent(name -> collect(entry, prefix + name + "/", files)));
    }

    /** Why a file cannot be written or committed; empty if it can. */
    Optional<String> objectionToWriting(String path) {
        try {
            BasicFileAttributes found = attributes(place(path));
            return found == null || found.isRegularFile()
                    ? Optional.empty()
                    : Optional.of(path + " is " + kind(found) + ", not a file");
        } catch (Refused refused) {
            return Optional.of(refused.sentence);
        }
    }

    /** Why a file cannot be committed; empty if it can. */
    Optional<String> objectionToCommitting(String path) {
        Optional<String> no = objectionToWriting(path);
        if (no.isEmpty() && attributes(place(path)) == null) {
            return Optional.of(path + " is not there");
        }
        return no;
    }

    /** Puts a finished file in its place, making the folders above it. An executable file stays executable. */
    void put(Path finished, String path) throws IOException {
        Path file = place(path);
        makeFolders(path);
        if (Files.isExecutable(file)) {
            finished.toFile().setExecutable(true, false);
        }
        Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void makeFolders(String path) throws IOException {
        Path at = root;
        List<String> parts = parts(path);
        for (String part : parts.subList(0, parts.size() - 1)) {
            at = RawPath.entry(at, part);
            if (attributes(at) == null) {
                Files.createDirectory(at);
            }
        }
    }

    /**
     * Where a path is. Whether there is anything is another question, but everything above it is a folder or absent.
     *
     * @throws Refused if the path leaves the folder, or leads through a link or a file
     */
    private Path place(String path) {
        List<String> parts = parts(path);
        Path at = root;
        for (int number = 0; number < parts.size(); number++) {
            BasicFileAttributes above = attributes(at);
            if (above != null && !above.isDirectory()) {
                String way = number == 0 ? "the work tree" : String.join("/", parts.subList(0, number));
                throw new Refused(path + " leads through " + kind(above) + ": " + way);
            }
            at = RawPath.entry(at, parts.get(number));
        }
        return at;
    }

    private static List<String> parts(String path) {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.stream()
                .anyMatch(part -> part.isEmpty()
                        || part.equals(".")
                        || part.equals("..")
                        || part.equalsIgnoreCase(".git")
                        || part.indexOf('\0') >= 0)) {
            throw new Refused("not a path inside the work tree: " + path);
        }
        return parts;
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException absent) {
            return null;
        }
    }

    private static String kind(BasicFileAttributes found) {
        if (found.isSymbolicLink()) {
            return "a link";
        }
        if (found.isDirectory()) {
            return "a folder";
        }
        return found.isRegularFile() ? "a file" : "something special";
    }

    /** The path is not one that may be touched. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String sentence;

        Refused(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }
    }
}
