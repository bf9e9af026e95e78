package dev.saywhen.safety;

import static dev.saywhen.safety.World.LOCAL;
import static dev.saywhen.safety.World.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.TeamId;
import dev.saywhen.safety.fakes.TickingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No ears, no hands (gate.md, section 9). */
class HearingTest {
    private final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    private final Hearing hearing = new Hearing(Duration.ofSeconds(15), clock, Set.of(LOCAL));

    @Test
    void a_team_that_was_never_heard_is_not_heard() {
        assertFalse(hearing.hears(TEAM));
    }

    @Test
    void a_team_is_heard_up_to_the_limit_after_the_last_proof() {
        hearing.heard(TEAM);
        clock.tick(Duration.ofSeconds(15));
        assertTrue(hearing.hears(TEAM));

        clock.tick(Duration.ofMillis(1));
        assertFalse(hearing.hears(TEAM));
    }

    @Test
    void a_team_is_heard_again_with_the_next_proof() {
        hearing.heard(TEAM);
        clock.tick(Duration.ofMinutes(1));
        hearing.heard(TEAM);

        assertTrue(hearing.hears(TEAM));
    }

    @Test
    void proof_from_one_team_says_nothing_of_another() {
        hearing.heard(TeamId.parse("slack:T2"));

        assertFalse(hearing.hears(TEAM));
    }

    @Test
    void proof_from_the_future_is_none_so_that_a_clock_set_back_buys_no_time() {
        hearing.heard(TEAM);
        clock.tick(Duration.ofHours(-1));

        assertFalse(hearing.hears(TEAM));
    }

    @Test
    void hearing_the_local_chat_is_the_own_life_of_the_service() {
        clock.tick(Duration.ofDays(1));

        assertTrue(hearing.hears(LOCAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT60.001S", "PT1H"})
    void a_limit_that_is_none_or_over_a_minute_is_refused(Duration limit) {
        assertThrows(IllegalArgumentException.class, () -> new Hearing(limit, clock, Set.of()));
    }

    @Test
    void a_limit_of_a_minute_is_the_longest() {
        assertEquals(Duration.ofSeconds(60), new Hearing(Duration.ofSeconds(60), clock, Set.of()).limit());
    }
}
