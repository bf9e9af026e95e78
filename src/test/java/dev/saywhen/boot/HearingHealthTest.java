package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.adapter.console.Readiness.Ear;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HearingHealthTest {
    private static final Instant SINCE = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void a_team_that_was_never_heard_or_not_for_too_long_is_deaf() {
        List<Ear> ears = List.of(
                new Ear("slack", "T1", "one", SINCE, List.of()),
                new Ear("slack", "T2", "one", SINCE.minusMillis(1), List.of()),
                new Ear("discord", "G1", "one", null, List.of()));

        assertEquals(List.of("slack:T2", "discord:G1"), HearingHealth.deaf(ears, SINCE));
    }
}
