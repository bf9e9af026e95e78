package dev.saywhen.boot;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.flow.Deliveries;
import dev.saywhen.flow.Outbox;
import dev.saywhen.flow.Runs;
import dev.saywhen.id.Platform;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Carries messages to one platform, so that a slow one delays no other. */
final class Carrier {
    private static final Logger LOG = Logger.getLogger(Carrier.class);
    private static final long ROUND_MILLIS = 500;

    private final Platform platform;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Pulse pulse = new Pulse();
    private final Semaphore toDeliver = new Semaphore(0);

    Carrier(Outbox outbox, ChatGateway gateway, Runs runs, Duration timeToLive, Clock clock) {
        this.platform = gateway.platform();
        this.clock = clock;
        this.deliveries = new Deliveries(outbox, gateway, runs, timeToLive, clock, (key, failure) -> {
            pulse.stumble(clock.instant());
            LOG.warnf(failure, "not delivered key=%s", key);
        });
    }

    Platform platform() {
        return platform;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Pulse pulse() {
        return pulse;
    }

    /** There may be something to carry. */
    void wake() {
        toDeliver.release();
    }

    /** Delivers what is due, or waits a moment for something to do. */
    void round() {
        boolean wasBusy = deliveries.round();
        pulse.beat(clock.instant());
        if (!wasBusy) {
            try {
                toDeliver.tryAcquire(ROUND_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            toDeliver.drainPermits();
        }
    }
}
