package dev.saywhen.plan;

import java.time.Duration;

/** The most that a plan may use once it is authorized. */
public record Budget(Duration time, long tokens) {
    public Budget {
        if (time.isNegative() || time.isZero() || tokens < 0) {
            throw new IllegalArgumentException("a budget has a positive time and no negative number of tokens");
        }
    }
}
