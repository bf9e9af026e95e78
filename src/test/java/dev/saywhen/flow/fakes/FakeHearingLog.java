package dev.saywhen.flow.fakes;

import dev.saywhen.flow.HearingLog;
import dev.saywhen.id.TeamId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Until when each team was heard, in memory. */
public final class FakeHearingLog implements HearingLog {
    private final Map<TeamId, Instant> heard = new ConcurrentHashMap<>();

    @Override
    public Optional<Instant> heardUntil(TeamId team) {
        return Optional.ofNullable(heard.get(team));
    }

    @Override
    public void record(TeamId team, Instant until) {
        heard.merge(team, until, (one, other) -> one.isAfter(other) ? one : other);
    }
}
