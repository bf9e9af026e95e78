package dev.saywhen.chat;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Receipt;
import dev.saywhen.id.RunId;
import org.jspecify.annotations.Nullable;

/** An inbox that passes everything on to another, for a test that looks at what passes. */
public class PassingInbox implements Inbox {
    private final Inbox inbox;

    protected PassingInbox(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean hear(InboundEvent event) {
        return inbox.hear(event);
    }

    @Override
    public boolean mayHoldStopWord(String raw) {
        return inbox.mayHoldStopWord(raw);
    }

    @Override
    public boolean passes(InboundEvent event) {
        return inbox.passes(event);
    }

    @Override
    public void accept(InboundEvent event) {
        inbox.accept(event);
    }

    @Override
    public boolean catchUp(InboundMessage message) {
        return inbox.catchUp(message);
    }

    @Override
    public Receipt stop(String by, @Nullable RunId run, String place) {
        return inbox.stop(by, run, place);
    }
}
