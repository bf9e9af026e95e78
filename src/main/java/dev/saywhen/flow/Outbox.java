package dev.saywhen.flow;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages on their way out (port). Put with the state they tell of, delivered at least once, in order per thread. */
public interface Outbox {
    /** Stores messages that belong to no change of a run; a key that is known already is ignored. */
    void put(List<Outgoing> outgoing);

    /**
     * What may be delivered now: receipts first, then by age; per thread only the oldest that is not delivered yet, so
     * that order is kept. Of several edits of one message only the newest. An edit or reaction never blocks a message.
     */
    List<Outgoing> due(Platform platform, Instant now, int limit);

    void delivered(String key, ChatGateway.Sent sent);

    /** To be tried again at {@code next}. */
    void failed(String key, String why, Instant next);

    /** What became of a message; empty while it was not delivered. */
    Optional<ChatGateway.Sent> sent(String key);

    /** How many wait, for health and metrics. */
    long waiting();
}
