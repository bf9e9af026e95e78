package dev.saywhen.boot;

import dev.saywhen.flow.HearingWatch;
import dev.saywhen.id.TeamId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;

/** How well a team is heard, at {@code /q/metrics}. */
final class HearingMetrics implements MeterBinder {
    private final HearingWatch watch;
    private final TeamId team;
    private final InstantSource clock;

    HearingMetrics(HearingWatch watch, TeamId team, InstantSource clock) {
        this.watch = watch;
        this.team = team;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Tags tags = Tags.of("platform", team.platform().name(), "team", team.value());
        Gauge.builder("saywhen.hearing.silence", this, HearingMetrics::silence)
                .description("Time since anything arrived from the team; without a value before the first arrival")
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(meters);
        FunctionCounter.builder(
                        "saywhen.hearing.gaps",
                        watch,
                        heard -> heard.figures(team).gaps())
                .description("Silences longer than the hearing limit that ended what acted")
                .tags(tags)
                .register(meters);
        FunctionCounter.builder(
                        "saywhen.hearing.caught.up",
                        watch,
                        heard -> heard.figures(team).caughtUp())
                .description("Messages that were found in the platform's history after a gap or a start")
                .baseUnit("messages")
                .tags(tags)
                .register(meters);
    }

    private double silence() {
        return watch.lastHeard(team)
                .map(last -> Duration.between(last, clock.instant()).toMillis() / 1_000.0)
                .orElse(Double.NaN);
    }
}
