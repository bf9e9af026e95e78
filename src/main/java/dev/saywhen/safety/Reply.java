package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that may be a yes, as the platform delivered it.
 *
 * @param said by the platform's clock
 * @param replyTo the particular message it answers, where the platform has that
 * @param marks everything about it that can spoil a yes
 */
public record Reply(
        MessageId message,
        ThreadId thread,
        ActorId author,
        String text,
        Instant said,
        @Nullable MessageId replyTo,
        Set<Mark> marks) {
    /** What a message or its author is, beyond its text. */
    public enum Mark {
        EDITED,
        QUOTE,
        FORWARD,
        FILE,
        MACHINE,
        GUEST
    }

    public Reply {
        marks = Set.copyOf(marks);
    }

    Moment moment() {
        return new Moment(author.team().platform(), said);
    }
}
