package dev.saywhen.boot.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder an installation lives in, held by this process alone until closed.
 *
 * <p>The claim is an operating system lock on the file {@code lock}: it ends with the process however that ends, so
 * there is nothing to clean up after a crash.
 */
public final class Home implements AutoCloseable {
    /**
     * Homes held by this very process. The operating system forgets a process's lock on a file as soon as that process
     * closes any other handle of the file, so a second look at a file we hold must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private Home(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing and claims it.
     *
     * @throws StartRefused if another process holds it, or it cannot be made or written
     */
    public static Home claim(Path folder) {
        Path path = made(folder);
        if (!HELD.add(path)) {
            throw inUse(path, Long.toString(ProcessHandle.current().pid()));
        }
        boolean claimed = false;
        try {
            Path file = path.resolve("lock");
            FileChannel channel = locked(file);
            if (channel == null) {
                throw inUse(path, Files.readString(file).strip());
            }
            Home home = new Home(path, channel);
            Files.createDirectories(home.logs(), permissions("rwx------"));
            claimed = true;
            return home;
        } catch (IOException e) {
            throw unusable(path, e);
        } finally {
            if (!claimed) {
                HELD.remove(path);
            }
        }
    }

    /** The folder itself, absolute, links resolved. */
    public Path path() {
        return path;
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** What can be thrown away and is made again. */
    public Path cache() {
        return path.resolve("cache");
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    /** Where the running service says its own address, for the launcher's commands. */
    public Path address() {
        return path.resolve("address");
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(address());
        } catch (IOException e) {
            // The lock goes with the handle, and a stale address is checked by whoever reads it.
        } finally {
            HELD.remove(path);
        }
    }

    private static Path made(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                // Nobody else may list it; a database server that runs as another user must pass through.
                Files.createDirectory(folder, permissions("rwx--x--x"));
            }
        } catch (FileAlreadyExistsException e) {
            // Made by somebody else in this moment, or not a folder: the claim itself tells.
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        boolean mine = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return null;
            }
            channel.truncate(0);
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid));
            mine = true;
            return channel;
        } finally {
            if (!mine) {
                channel.close();
            }
        }
    }

    private static StartRefused inUse(Path path, String pid) {
        return new StartRefused("Another Saywhen (process " + pid + ") already uses saywhen.home=" + path
                + ". End that one, or give this one a folder of its own: ./saywhen -- saywhen.home=FOLDER");
    }

    private static StartRefused unusable(Path path, IOException e) {
        String why = !Files.isDirectory(path) && Files.exists(path)
                ? "it is no folder"
                : e instanceof AccessDeniedException ? "this user may not write there" : e.toString();
        return new StartRefused(
                "saywhen.home=" + path + " cannot be used (" + why
                        + "). Choose another: ./saywhen -- saywhen.home=FOLDER",
                e);
    }
}
