package dev.saywhen.safety;

import dev.saywhen.id.Platform;
import java.time.Instant;

/** When something was said, on the clock of the platform where it was said. */
public record Moment(Platform platform, Instant time) {
    /** Whether this is later on the same clock; moments of two platforms cannot be compared and are not. */
    boolean isAfter(Moment other) {
        return platform.equals(other.platform) && time.isAfter(other.time);
    }
}
