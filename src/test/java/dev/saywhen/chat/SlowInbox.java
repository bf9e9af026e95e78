package dev.saywhen.chat;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Receipt;
import dev.saywhen.id.RunId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hears at once and stores nothing until it may. */
public final class SlowInbox implements Inbox {
    private final CountDownLatch mayStore;
    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    public SlowInbox(CountDownLatch mayStore) {
        this.mayStore = mayStore;
    }

    public int stops() {
        return stops.get();
    }

    public int accepted() {
        return accepted.get();
    }

    @Override
    public boolean hear(InboundEvent event) {
        boolean isStop = event instanceof InboundEvent.Posted posted
                && posted.message().text().equals("stop");
        if (isStop) {
            stops.incrementAndGet();
        }
        return isStop;
    }

    @Override
    public void accept(InboundEvent event) {
        try {
            if (!mayStore.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing may be stored");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        accepted.incrementAndGet();
    }

    @Override
    public boolean catchUp(InboundMessage message) {
        return false;
    }

    @Override
    public Receipt stop(String by, @Nullable RunId run, String place) {
        throw new UnsupportedOperationException("nobody stops anything here");
    }
}
