package dev.saywhen.chat;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as a platform delivered it, in the platform's plain form: emoji as Unicode, mentions as {@code @name}.
 *
 * @param thread the thread it stands in; a message outside any thread is the root of its own
 * @param said by the platform's clock
 * @param replyTo the particular message it answers, where the platform has that
 */
public record InboundMessage(
        MessageId id,
        ThreadId thread,
        Author author,
        String text,
        Instant said,
        @Nullable MessageId replyTo,
        Set<Trait> traits) {
    /** What else is true of it. */
    public enum Trait {
        QUOTE,
        FORWARD,
        FILE,
        BROADCAST,
        DIRECT
    }

    public InboundMessage {
        traits = Set.copyOf(traits);
    }

    /** The same message, by an author of whom more is known. */
    public InboundMessage from(Author known) {
        return new InboundMessage(id, thread, known, text, said, replyTo, traits);
    }

    /** Whether it stands outside any thread: it may become the root of one. */
    public boolean isRoot() {
        return thread.root().equals(id);
    }
}
