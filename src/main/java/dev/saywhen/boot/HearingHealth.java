package dev.saywhen.boot;

import dev.saywhen.adapter.console.Readiness.Ear;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Every team that the service serves was heard within the hearing limit. */
@Readiness
@Singleton
final class HearingHealth implements HealthCheck {
    private final dev.saywhen.adapter.console.Readiness readiness;
    private final Duration limit;
    private final Clock clock;

    HearingHealth(dev.saywhen.adapter.console.Readiness readiness, SaywhenConfig config, Clock clock) {
        this.readiness = readiness;
        this.limit = config.hearing().limit();
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        List<Ear> ears = readiness.now().hearing();
        List<String> deaf = deaf(ears, clock.instant().minus(limit));
        return HealthCheckResponse.named("hearing")
                .status(!ears.isEmpty() && deaf.isEmpty())
                .withData("deaf", deaf.isEmpty() ? "none" : String.join(", ", deaf))
                .build();
    }

    /** The teams of which nothing was heard since then. */
    static List<String> deaf(List<Ear> ears, Instant since) {
        return ears.stream()
                .filter(ear -> !heard(ear.lastHeard(), since))
                .map(ear -> ear.platform() + ":" + ear.team())
                .toList();
    }

    private static boolean heard(@Nullable Instant last, Instant since) {
        return last != null && !last.isBefore(since);
    }
}
