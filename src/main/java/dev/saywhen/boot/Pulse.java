package dev.saywhen.boot;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a loop still comes round and gets done what it is there for. Beaten by its one thread, looked at by any. */
final class Pulse {
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);
    /** Longer than the time between two attempts, so that it does not look steady in between. */
    private static final Duration MEMORY = Duration.ofSeconds(5);

    private volatile @Nullable Instant beaten; // volatile: written by the loop, read by health checks
    private volatile @Nullable Instant stumbled; // volatile: as above

    /** A round ended. */
    void beat(Instant now) {
        beaten = now;
    }

    /** Something could not be done. */
    void stumble(Instant now) {
        stumbled = now;
    }

    boolean isSteady(Instant now) {
        return isWithin(LONGEST_ROUND, beaten, now) && !isWithin(MEMORY, stumbled, now);
    }

    private static boolean isWithin(Duration span, @Nullable Instant then, Instant now) {
        return then != null && Duration.between(then, now).compareTo(span) <= 0;
    }
}
