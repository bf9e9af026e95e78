package dev.saywhen.boot;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.Outbox;
import dev.saywhen.id.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An outbox that wakes whoever delivers. */
final class SignallingOutbox implements Outbox {
    private final Outbox outbox;
    private final Runnable wake;

    SignallingOutbox(Outbox outbox, Runnable wake) {
        this.outbox = outbox;
        this.wake = wake;
    }

    @Override
    public void put(List<Outgoing> outgoing) {
        outbox.put(outgoing);
        wake.run();
    }

    @Override
    public List<Outgoing> due(Platform platform, Instant now, int limit) {
        return outbox.due(platform, now, limit);
    }

    @Override
    public void delivered(String key, ChatGateway.Sent sent) {
        outbox.delivered(key, sent);
    }

    @Override
    public void failed(String key, String why, Instant next) {
        outbox.failed(key, why, next);
    }

    @Override
    public Optional<ChatGateway.Sent> sent(String key) {
        return outbox.sent(key);
    }

    @Override
    public long waiting() {
        return outbox.waiting();
    }
}
