package dev.saywhen.safety;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends one thing of a run at once: a process tree, a model call, a transaction. Idempotent, safe from any thread. */
@FunctionalInterface
public interface CutOff {
    /** Ends it, looks whether it is gone, and says what it found. Takes at most a few seconds. */
    Report cut();

    /** For what ends by itself once it is told to: whether it is over, waited for no longer than this. */
    static boolean isOver(CountDownLatch over, Duration patience) {
        try {
            return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What was ended.
     *
     * @param killed processes that were alive and were killed
     * @param survivors what may still be alive or done, named for a person; empty when nothing is
     * @param found what was looked at and found, one sentence each, for the receipt
     * @param unknown what may have been done, and nobody here can find out
     * @param lasting what was done and cannot be undone from here
     */
    record Report(int killed, List<String> survivors, List<String> found, List<String> unknown, List<String> lasting) {
        public static final Report NOTHING = new Report(0, List.of());

        public Report {
            survivors = List.copyOf(survivors);
            found = List.copyOf(found);
            unknown = List.copyOf(unknown);
            lasting = List.copyOf(lasting);
        }

        public Report(int killed, List<String> survivors, List<String> found) {
            this(killed, survivors, found, List.of(), List.of());
        }

        public Report(int killed, List<String> survivors) {
            this(killed, survivors, List.of());
        }

        Report and(Report other) {
            return new Report(
                    killed + other.killed,
                    both(survivors, other.survivors),
                    both(found, other.found),
                    both(unknown, other.unknown),
                    both(lasting, other.lasting));
        }

        private static List<String> both(List<String> one, List<String> other) {
            return Stream.concat(one.stream(), other.stream()).toList();
        }
    }
}
