package dev.saywhen.adapter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.flow.HearingLog;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class PostgresHearingLogTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

    @Inject
    HearingLog log;

    @Test
    void the_newest_hearing_of_a_team_is_kept_and_an_older_one_changes_nothing() {
        TeamId team = new TeamId(new Platform("slack"), "T0HEARD");
        TeamId other = new TeamId(new Platform("discord"), "T0HEARD");
        assertEquals(Optional.empty(), log.heardUntil(team));

        log.record(team, NOON);
        log.record(team, NOON.minusSeconds(60));
        assertEquals(Optional.of(NOON), log.heardUntil(team));
        assertEquals(Optional.empty(), log.heardUntil(other));

        log.record(team, NOON.plusSeconds(60));
        assertEquals(Optional.of(NOON.plusSeconds(60)), log.heardUntil(team));
    }
}
