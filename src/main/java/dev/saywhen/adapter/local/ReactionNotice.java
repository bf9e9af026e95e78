package dev.saywhen.adapter.local;

import dev.saywhen.adapter.local.KnownMessages.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That somebody reacted. {@code id}, {@code channel} and {@code thread} are those of the message. */
record ReactionNotice(String id, String channel, @Nullable String thread, String author, String emoji, String time) {
    static ReactionNotice of(Known to, String author, String emoji, Instant at) {
        return new ReactionNotice(
                Long.toString(to.id()),
                to.channel(),
                MessageView.thread(to.id(), to.thread()),
                author,
                emoji,
                MessageView.time(at));
    }
}
