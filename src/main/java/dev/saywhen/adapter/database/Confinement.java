package dev.saywhen.adapter.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a program where it reaches nothing: no network, no file but those of its folder, which is {@code /work} inside. */
@FunctionalInterface
public interface Confinement {
    /**
     * @param output where all it says goes
     * @throws IOException if programs can't be kept apart here; nothing was run then
     */
    Confined start(List<String> argv, Path folder, Path output) throws IOException;

    /** A program that was started. */
    @FunctionalInterface
    interface Confined {
        /** Ends it and everything it started. Idempotent. */
        void kill();
    }
}
