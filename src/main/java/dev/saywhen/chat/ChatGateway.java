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

    void edit(MessageId message, String text);

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
}
