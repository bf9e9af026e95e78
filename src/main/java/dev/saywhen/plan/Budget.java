package dev.saywhen.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The most that a plan may use once it is authorized.
 *
 * @param tokens of a model, read and written
 * @param cost in dollars, for a model; absent where no limit is set
 */
public record Budget(Duration time, long tokens, @Nullable BigDecimal cost) {
    public Budget {
        if (time.isNegative() || time.isZero() || tokens < 0) {
            throw new IllegalArgumentException("a budget has a positive time and no negative number of tokens");
        }
        if (cost != null) {
            if (cost.signum() < 0) {
                throw new IllegalArgumentException("a budget has no negative cost");
            }
            cost = cost.setScale(2, RoundingMode.DOWN);
        }
    }

    /** A budget that sets no limit to the cost. */
    public Budget(Duration time, long tokens) {
        this(time, tokens, null);
    }

    /** The smaller of each. */
    Budget within(Budget most) {
        return new Budget(
                time.compareTo(most.time) < 0 ? time : most.time, Math.min(tokens, most.tokens), less(cost, most.cost));
    }

    private static @Nullable BigDecimal less(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.min(other);
    }
}
