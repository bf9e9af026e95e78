package dev.saywhen.chat;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import org.jspecify.annotations.Nullable;

/** Something to be said. Delivered at least once; the key makes a second delivery harmless. */
public sealed interface Outgoing {
    /** Unique for ever, such as {@code run-7/plan/r2/1}. */
    String key();

    /** What a message is for. Receipts overtake everything else. */
    enum Purpose {
        RECEIPT,
        HELD,
        QUESTION,
        PLAN,
        DONE,
        NOTE,
        PROGRESS
    }

    /** A new message. */
    record Message(
            String key,
            ThreadId thread,
            Purpose purpose,
            String text,
            @Nullable Card card) implements Outgoing {}

    /** A new text for a message sent under {@code messageKey}; an older edit that was not sent yet is dropped. */
    record Edit(String key, String messageKey, ThreadId thread, String text) implements Outgoing {}

    /** An emoji on somebody's message. */
    record Reaction(String key, MessageId to, String emoji) implements Outgoing {}
}
