package dev.saywhen.safety;

import dev.saywhen.id.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a STOP of a team could be heard now: proof on the receiving side, never an open socket (gate.md, section 9). */
public final class Hearing {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Duration limit;
    private final InstantSource clock;
    private final Map<TeamId, Instant> lastHeard = new ConcurrentHashMap<>();
    private final Set<TeamId> ownLife;

    /**
     * @param limit for how long a team counts as heard after the last proof; at most 60 s
     * @param ownLife teams whose messages arrive in this very process, so that hearing them is its own life
     */
    public Hearing(Duration limit, InstantSource clock, Set<TeamId> ownLife) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the hearing limit is more than 0 and at most 60 s, not " + limit);
        }
        this.limit = limit;
        this.clock = clock;
        this.ownLife = Set.copyOf(ownLife);
    }

    /** A verified event or an echo of our own arrived from this team. */
    public void heard(TeamId team) {
        lastHeard.put(team, clock.instant());
    }

    /** Whether a STOP of this team can be heard. A team that was never heard is not heard. */
    public boolean hears(TeamId team) {
        if (ownLife.contains(team)) {
            return true;
        }
        Instant last = lastHeard.get(team);
        if (last == null) {
            return false;
        }
        Duration silence = Duration.between(last, clock.instant());
        return !silence.isNegative() && silence.compareTo(limit) <= 0;
    }

    public Duration limit() {
        return limit;
    }
}
