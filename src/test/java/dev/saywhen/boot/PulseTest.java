package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final Pulse pulse = new Pulse();

    @Test
    void a_loop_that_never_came_round_is_not_steady() {
        assertFalse(pulse.isSteady(START));
    }

    @Test
    void a_loop_that_hangs_is_not_steady_after_ten_seconds() {
        pulse.beat(START);

        assertTrue(pulse.isSteady(START.plusSeconds(10)));
        assertFalse(pulse.isSteady(START.plusMillis(10_001)));
    }

    @Test
    void a_failed_delivery_is_remembered_until_another_attempt_would_have_failed_too() {
        pulse.stumble(START);
        pulse.beat(START.plusSeconds(5));

        assertFalse(pulse.isSteady(START.plusSeconds(5)));
        assertTrue(pulse.isSteady(START.plusMillis(5_001)));
    }
}
