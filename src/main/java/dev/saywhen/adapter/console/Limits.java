package dev.saywhen.adapter.console;

import jakarta.ws.rs.BadRequestException;
import org.jspecify.annotations.Nullable;

/** Numbers that come in the address. */
final class Limits {
    static final int MOST = 1_000;

    private Limits() {}

    /** How many of a list are wanted: 1 to 1,000. */
    static int limit(@Nullable String limit, int usual) {
        if (limit == null) {
            return usual;
        }
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw new BadRequestException("limit must be a number from 1 to 1000.");
        }
        return Integer.parseInt(limit);
    }

    static long after(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw new BadRequestException("after must be the sequence of a record, or 0.");
        }
        return Long.parseLong(after);
    }
}
