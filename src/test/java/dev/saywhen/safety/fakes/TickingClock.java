package dev.saywhen.safety.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is ticked. */
public final class TickingClock implements InstantSource {
    private volatile Instant now;

    public TickingClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void tick(Duration by) {
        now = now.plus(by);
    }
}
