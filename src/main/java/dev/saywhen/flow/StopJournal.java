package dev.saywhen.flow;

import java.util.List;

/** A file for STOPs that the database did not take (port), so that a restart knows of them. */
public interface StopJournal {
    /** Appends a line and forces it to disk. */
    void write(String line);

    /** What was written and not yet taken over, the oldest first. */
    List<String> lines();

    void clear();
}
