package dev.saywhen.adapter.database;

import dev.saywhen.safety.CutOff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a program where it reaches nothing: no network, no file but those of its folder, which is {@code /work} inside. */
@FunctionalInterface
public interface Confinement {
    /**
     * @param output where all it says goes
     * @throws IOException if programs can't be kept apart here; nothing of it is left then
     */
    Confined start(List<String> argv, Path folder, Path output) throws IOException;

    /** A program that was started. Its methods are for any thread. */
    interface Confined {
        /** Ends it and everything it started, and looks whether any of that is left. Idempotent. */
        CutOff.Report kill();

        /** Waits until nothing more is written to its output. */
        void awaitEnd();
    }
}
