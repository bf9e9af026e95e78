package dev.saywhen.boot;

import dev.saywhen.flow.Outbox;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** What is to be said can be stored, and whoever delivers it comes round and is not turned away. */
@Readiness
@Singleton
final class OutboxHealth implements HealthCheck {
    private final Outbox outbox;
    private final Core core;

    OutboxHealth(Outbox outbox, Core core) {
        this.outbox = outbox;
        this.core = core;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            long waiting = outbox.waiting();
            return HealthCheckResponse.named("outbox")
                    .status(core.delivers())
                    .withData("waiting", waiting)
                    .build();
        } catch (RuntimeException unreadable) {
            return HealthCheckResponse.named("outbox")
                    .down()
                    .withData("waiting", "cannot be read")
                    .build();
        }
    }
}
