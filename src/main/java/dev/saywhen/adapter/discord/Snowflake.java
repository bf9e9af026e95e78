package dev.saywhen.adapter.discord;

import java.time.Instant;
import java.util.regex.Pattern;

/** Discord's ids, which hold the time they were made (https://discord.com/developers/docs/reference#snowflakes). */
final class Snowflake {
    private static final long EPOCH = 1_420_070_400_000L;
    private static final int TIME_STARTS_AT = 22;
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

    private Snowflake() {}

    static boolean is(String id) {
        return ID.matcher(id).matches();
    }

    static Instant time(String id) {
        if (!is(id)) {
            throw new IllegalArgumentException("this is no id of Discord's: " + id);
        }
        return Instant.ofEpochMilli((Long.parseLong(id) >> TIME_STARTS_AT) + EPOCH);
    }

    /** The lowest id that can have been made then. */
    static String at(Instant time) {
        return Long.toString(Math.max(0, time.toEpochMilli() - EPOCH) << TIME_STARTS_AT);
    }
}
