package dev.saywhen.adapter.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Could a STOP be heard and carried out now? Answered by what wires the service together. */
@FunctionalInterface
public interface Readiness {
    /** Looks, without waiting for any platform. */
    Report now();

    /**
     * The answer.
     *
     * @param ready whether a STOP would be heard everywhere it should and carried out
     * @param sandbox the sandbox's level, as its self-test found it
     * @param status the answer of {@code status}, as people read it in chat
     */
    record Report(
            boolean ready, List<Ear> hearing, @Nullable Drill lastDrill, String sandbox, String status) {
        public Report {
            hearing = List.copyOf(hearing);
        }
    }

    /**
     * Where a node listens.
     *
     * @param lastHeard absent when nothing was heard since the start
     * @param notHeard channels that should be heard and are not
     */
    record Ear(
            String platform,
            String team,
            String node,
            @Nullable Instant lastHeard,
            List<String> notHeard) {
        public Ear {
            notHeard = List.copyOf(notHeard);
        }
    }

    /** A STOP that was tried out. */
    record Drill(Instant at, Duration took, boolean confirmed) {}
}
