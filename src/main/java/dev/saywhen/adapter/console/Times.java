package dev.saywhen.adapter.console;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Times as the HTTP API writes them: ISO-8601 in UTC, always with microseconds. */
final class Times {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private Times() {}

    static String written(Instant time) {
        return TIME.format(time);
    }

    static @Nullable String writtenOrNull(@Nullable Instant time) {
        return time == null ? null : written(time);
    }
}
