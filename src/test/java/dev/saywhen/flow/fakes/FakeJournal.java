package dev.saywhen.flow.fakes;

import dev.saywhen.flow.StopJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The file of STOPs, in memory; it can be full. */
public final class FakeJournal implements StopJournal {
    private final List<String> lines = new ArrayList<>();
    private boolean full;

    /** From now on nothing can be written to it. */
    public synchronized void fill() {
        full = true;
    }

    @Override
    public synchronized void write(String line) {
        if (full) {
            throw new UncheckedIOException(new IOException("no space left"));
        }
        lines.add(line);
    }

    @Override
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public synchronized void clear() {
        lines.clear();
    }
}
