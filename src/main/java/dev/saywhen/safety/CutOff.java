package dev.saywhen.safety;

import java.util.ArrayList;
import java.util.List;

/** Ends one thing of a run at once: a process tree, a model call, a transaction. Idempotent, safe from any thread. */
@FunctionalInterface
public interface CutOff {
    /** Ends it, looks whether it is gone, and says what it found. Takes at most a few seconds. */
    Report cut();

    /**
     * What was ended.
     *
     * @param killed processes that were alive and were killed
     * @param survivors what may still be alive or done, named for a person; empty when nothing is
     * @param found what was looked at and found, one sentence each, for the receipt
     */
    record Report(int killed, List<String> survivors, List<String> found) {
        public static final Report NOTHING = new Report(0, List.of());

        public Report {
            survivors = List.copyOf(survivors);
            found = List.copyOf(found);
        }

        public Report(int killed, List<String> survivors) {
            this(killed, survivors, List.of());
        }

        Report and(Report other) {
            List<String> all = new ArrayList<>(survivors);
            all.addAll(other.survivors);
            List<String> allFound = new ArrayList<>(found);
            allFound.addAll(other.found);
            return new Report(killed + other.killed, all, allFound);
        }
    }
}
