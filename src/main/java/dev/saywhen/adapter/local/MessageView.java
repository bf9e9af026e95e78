package dev.saywhen.adapter.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.MessageArchive.Stored;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as the HTTP API shows it.
 *
 * @param thread the id of the thread's first message; null for that message itself
 */
record MessageView(
        String id,
        String channel,
        @Nullable String thread,
        String author,
        String text,
        String time,
        @Nullable String edited,
        boolean bot,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Card card,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> reactions) {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    static MessageView of(Stored stored) {
        return new MessageView(
                Long.toString(stored.id()),
                stored.channel(),
                thread(stored.id(), stored.thread()),
                stored.author(),
                stored.text(),
                time(stored.time()),
                stored.edited() == null ? null : time(stored.edited()),
                stored.bot(),
                stored.card(),
                stored.reactions());
    }

    static @Nullable String thread(long id, long thread) {
        return thread == id ? null : Long.toString(thread);
    }

    /** ISO-8601 in UTC, always with microseconds: {@link Instant#toString} drops them when they are zero. */
    static String time(Instant time) {
        return TIME.format(time);
    }
}
