package dev.saywhen.adapter.console;

import dev.saywhen.id.RevisionNumber;
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

    /** The number of a plan revision: {@code 3} or, as people write it, {@code r3}. */
    static RevisionNumber revision(String revision) {
        if (!revision.matches("r?[1-9][0-9]{0,8}")) {
            throw new BadRequestException("revision must be the number of a plan revision, such as 3.");
        }
        return new RevisionNumber(Integer.parseInt(revision.replace("r", "")));
    }
}
