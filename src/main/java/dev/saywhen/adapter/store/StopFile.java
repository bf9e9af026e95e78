package dev.saywhen.adapter.store;

import dev.saywhen.flow.StopJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** STOPs that the database did not take, one a line. */
public final class StopFile implements StopJournal {
    private final Path file;

    public StopFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void write(String line) {
        try {
            Files.writeString(
                    file,
                    line.replace('\n', ' ') + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException notWritten) {
            throw new UncheckedIOException("the STOP could not be written to " + file, notWritten);
        }
    }

    @Override
    public synchronized List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the STOPs in " + file + " could not be read", unreadable);
        }
    }

    @Override
    public synchronized void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            throw new UncheckedIOException("the STOPs in " + file + " were read and could not be removed", left);
        }
    }
}
