package dev.saywhen.safety;

import dev.saywhen.plan.PlanRevision;
import java.time.Instant;
import java.time.InstantSource;

/** The right to act on one plan revision, in one epoch, until a deadline. In memory only; made by the gate alone. */
public final class Permit {
    private final PlanRevision plan;
    private final Authorization authorization;
    private final StopSwitch.Epoch epoch;
    private final Instant deadline;
    private final StopSwitch stops;
    private final InstantSource clock;

    Permit(
            PlanRevision plan,
            Authorization authorization,
            StopSwitch.Epoch epoch,
            Instant deadline,
            StopSwitch stops,
            InstantSource clock) {
        this.plan = plan;
        this.authorization = authorization;
        this.epoch = epoch;
        this.deadline = deadline;
        this.stops = stops;
        this.clock = clock;
    }

    public PlanRevision plan() {
        return plan;
    }

    public Authorization authorization() {
        return authorization;
    }

    public Instant deadline() {
        return deadline;
    }

    /** Where it was minted; cut-offs of what it allows are registered under this. */
    public StopSwitch.Epoch epoch() {
        return epoch;
    }

    /** Whether no STOP covered its run since. */
    boolean isLive() {
        return stops.isLive(epoch);
    }

    boolean isPastDeadline() {
        return !clock.instant().isBefore(deadline);
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "permit";
    }
}
