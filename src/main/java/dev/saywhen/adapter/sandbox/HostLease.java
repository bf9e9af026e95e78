package dev.saywhen.adapter.sandbox;

import dev.saywhen.id.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that names a command's process, so that {@code ./saywhen stop} can end it without a living service. */
final class HostLease implements AutoCloseable {
    private static final int START_FIELD = 22; // proc(5): starttime

    private final Path file;

    private HostLease(Path file) {
        this.file = file;
    }

    static HostLease write(Path folder, RunId run, long pid) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(run + "-" + pid);
        Files.writeString(file, pid + " " + startOf(pid) + "\n");
        return new HostLease(file);
    }

    /** When the process was started, in clock ticks since the machine's own start; 0 if it has ended. */
    private static String startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String afterName = stat.substring(stat.lastIndexOf(')') + 2);
            return afterName.split(" ")[START_FIELD - 3];
        } catch (IOException | RuntimeException ended) {
            return "0";
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
