package dev.saywhen.flow;

import dev.saywhen.id.TeamId;
import java.time.Instant;
import java.util.Optional;

/** Until when each team was heard (port), so that a start knows from where on to read what was said meanwhile. */
public interface HearingLog {
    /** Empty for a team that was never heard. */
    Optional<Instant> heardUntil(TeamId team);

    /** Every STOP that was said in the team until then has done its work. An earlier time than the recorded one is ignored. */
    void record(TeamId team, Instant until);
}
