package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.flow.fakes.FakeHearingLog;
import dev.saywhen.flow.fakes.SerialExecutor;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.Hearing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read again, and when, whatever the platform is. */
final class HearingWatchTest {
    private final Stage stage = new Stage();
    private final SerialExecutor executor = new SerialExecutor();
    private final Hearing hearing = new Hearing(Duration.ofSeconds(15), stage.clock, Set.of());
    private final HearingWatch watch = new HearingWatch(
            hearing, stage.live, stage.stops, stage.driver, new FakeHearingLog(), executor, stage.clock);
    private final List<Instant> readings = new ArrayList<>();

    @Test
    void what_may_have_been_missed_in_a_gap_however_short_is_read_and_until_then_nothing_is_heard() {
        listening();
        stage.clock.tick(Duration.ofSeconds(1));
        watch.arrived(Stage.TEAM);
        Instant last = stage.clock.instant();
        stage.clock.tick(Duration.ofSeconds(2));
        watch.missed(Stage.TEAM);
        stage.clock.tick(Duration.ofSeconds(14));
        watch.arrived(Stage.TEAM);
        assertFalse(hearing.hears(Stage.TEAM));
        assertTrue(executor.runOne());
        assertEquals(last, readings.getLast());
        assertTrue(hearing.hears(Stage.TEAM));
    }

    @Test
    void what_was_missed_during_a_reading_is_read_after_it() {
        listening();
        watch.missed(Stage.TEAM);
        watch.missed(Stage.TEAM);
        int before = readings.size();
        assertTrue(executor.runOne());
        assertEquals(before + 1, readings.size());
        assertTrue(executor.runOne());
        assertEquals(before + 2, readings.size());
        assertEquals(0, executor.waiting());
    }

    @Test
    void of_a_team_that_nobody_listens_to_nothing_is_missed() {
        watch.missed(Stage.TEAM);
        assertEquals(0, executor.waiting());
    }

    private void listening() {
        stage.planned();
        watch.opened(new HearingWatch.Ears() {
            @Override
            public TeamId team() {
                return Stage.TEAM;
            }

            @Override
            public void reopen() {}

            @Override
            public HearingWatch.Missed readSince(Instant since, Map<ThreadId, Set<MessageId>> live) {
                readings.add(since);
                return new HearingWatch.Missed(0, false);
            }
        });
        assertTrue(executor.runOne());
        watch.arrived(Stage.TEAM);
    }
}
