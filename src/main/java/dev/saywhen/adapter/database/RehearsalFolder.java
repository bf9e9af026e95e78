package dev.saywhen.adapter.database;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one throw-away server, for the service's own user alone. They say whose they are, so that what a killed
 * service left can be told from what another one uses.
 */
final class RehearsalFolder {
    private static final int LONGEST_SOCKET_PATH = 100;
    private static final int OWN_PART = 40;
    private static final String PREFIX = "rehearsal-";
    private static final String OWNER = "owner";
    private static final String SOCKET = ".s.PGSQL.5432";

    private final Path path;

    private RehearsalFolder(Path path) {
        this.path = path;
    }

    /** @param parent where it is made, if its name is short enough for a socket below it */
    static RehearsalFolder make(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path path = Files.createTempDirectory(
                roomFor(parent),
                PREFIX,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        RehearsalFolder folder = new RehearsalFolder(path);
        try {
            ProcessHandle self = ProcessHandle.current();
            Files.writeString(path.resolve(OWNER), parent + "\n" + self.pid() + "\n" + began(self) + "\n");
            Files.createDirectory(folder.work());
            return folder;
        } catch (IOException broken) {
            folder.removeAfter(broken);
            throw broken;
        }
    }

    /**
     * Removes those that services which were made for this parent and have ended left behind, and no server uses.
     *
     * @throws IOException after all of them were tried
     */
    static void removeLeftovers(Path parent) throws IOException {
        List<IOException> failed = new ArrayList<>();
        for (Path place : new LinkedHashSet<>(List.of(parent, roomFor(parent)))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> folders = Files.list(place)) {
                    for (Path path :
                            folders.filter(each -> isLeftover(each, parent)).toList()) {
                        try {
                            new RehearsalFolder(path).remove();
                        } catch (IOException stays) {
                            failed.add(stays);
                        }
                    }
                }
            }
        }
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
    }

    private static boolean isLeftover(Path path, Path parent) {
        if (!path.getFileName().toString().startsWith(PREFIX) || !Files.isDirectory(path)) {
            return false;
        }
        try {
            List<String> owner = Files.readAllLines(path.resolve(OWNER));
            return owner.size() == 3
                    && owner.getFirst().equals(parent.toString())
                    && !isAlive(Long.parseLong(owner.get(1)), owner.get(2))
                    && !new RehearsalFolder(path).isServed();
        } catch (IOException | NumberFormatException notOurs) {
            return false;
        }
    }

    private static boolean isAlive(long pid, String began) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent() && began(process.get()).equals(began);
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private boolean isServed() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Path roomFor(Path parent) {
        return parent.toString().length() < LONGEST_SOCKET_PATH - OWN_PART
                ? parent
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** All that the server may write in. */
    Path work() {
        return path.resolve("w");
    }

    Path socket() {
        return work().resolve(SOCKET);
    }

    /** All that it says. */
    Path log() {
        return path.resolve("log");
    }

    /** What cannot be removed is told together with what was wrong before. */
    void removeAfter(Exception broken) {
        try {
            remove();
        } catch (IOException stays) {
            broken.addSuppressed(stays);
        }
    }

    void remove() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(path)) {
                    return FileVisitResult.CONTINUE; // a server that ends removes files too
                }
                throw failure;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
