package dev.saywhen.chat;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import java.time.Duration;
import java.time.Instant;

/**
 * A chat platform (port).
 *
 * <p>An implementation translates what it receives to {@link InboundEvent}s and hands them on, on the thread that
 * received them. Sending blocks; it throws if the platform did not accept, and {@link Busy} if it asks for a pause.
 */
public interface ChatGateway {
    Platform platform();

    /** Posts a message, or finds the one that was posted under the same key before. */
    Sent send(Outgoing.Message message);

    /** Throws {@link MessageGone} where there is nothing to edit any more. */
    void edit(MessageId message, String text);

    /** Throws {@link MessageGone} where there is nothing to react to any more. */
    void react(MessageId message, String emoji);

    /** What the platform made of a message: its id and its time. */
    record Sent(MessageId id, Instant at) {}

    /** The platform takes nothing more of this for a while. */
    final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Duration pause;

        public Busy(Duration pause) {
            super("the platform asks for a pause of " + pause.toMillis() + " ms");
            this.pause = pause;
        }

        public Duration pause() {
            return pause;
        }
    }

    /** The message that should be changed or reacted to is not there any more; trying again makes no difference. */
    final class MessageGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        public MessageGone(MessageId message) {
            super("message " + message + " is not there any more");
        }
    }
}
