package dev.saywhen.chat;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Receipt;
import dev.saywhen.id.RunId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An inbox that only remembers what was accepted. */
public final class HeardEvents implements Inbox {
    private final List<InboundEvent> events = new CopyOnWriteArrayList<>();

    public List<InboundEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public boolean hear(InboundEvent event) {
        return false;
    }

    @Override
    public void accept(InboundEvent event) {
        events.add(event);
    }

    @Override
    public boolean catchUp(InboundMessage message) {
        accept(new InboundEvent.Posted(message));
        return false;
    }

    @Override
    public Receipt stop(String by, @Nullable RunId run, String place) {
        throw new UnsupportedOperationException("nobody stops anything here");
    }
}
