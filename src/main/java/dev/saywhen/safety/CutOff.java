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
     * @param survivors what may still be alive, named for a person; empty when nothing is
     */
    record Report(int killed, List<String> survivors) {
        public static final Report NOTHING = new Report(0, List.of());

        public Report {
            survivors = List.copyOf(survivors);
        }

        Report and(Report other) {
            List<String> all = new ArrayList<>(survivors);
            all.addAll(other.survivors);
            return new Report(killed + other.killed, all);
        }
    }
}
