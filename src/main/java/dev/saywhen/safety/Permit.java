package dev.saywhen.safety;

import dev.saywhen.plan.PlanRevision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The right to act on one plan revision, in one epoch, until a deadline. In memory only; made by the gate alone. */
public final class Permit {
    private final PlanRevision plan;
    private final Authorization authorization;
    private final StopSwitch.Epoch epoch;
    private final Instant deadline;
    private final StopSwitch stops;
    private final Hearing hearing;
    private final InstantSource clock;

    Permit(
            PlanRevision plan,
            Authorization authorization,
            StopSwitch.Epoch epoch,
            Instant deadline,
            StopSwitch stops,
            Hearing hearing,
            InstantSource clock) {
        this.plan = plan;
        this.authorization = authorization;
        this.epoch = epoch;
        this.deadline = deadline;
        this.stops = stops;
        this.hearing = hearing;
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

    /** Why nothing may be done under it now. */
    public Optional<Denial> objection() {
        if (!stops.stands(epoch, authorization)) {
            return no(Denial.Reason.STOPPED, "A stop or a newer plan ended this permission.");
        }
        if (!clock.instant().isBefore(deadline)) {
            return no(Denial.Reason.PAST_DEADLINE, "The time of this plan is over.");
        }
        if (!hearing.hears(authorization.by().team())) {
            return no(Denial.Reason.UNHEARD, "I could not hear a stop now, so I do nothing.");
        }
        return Optional.empty();
    }

    /** Registers an effect that is about to happen under it. */
    StopSwitch.Registration watch(CutOff effect) {
        return stops.watch(plan.run(), effect);
    }

    private static Optional<Denial> no(Denial.Reason reason, String sentence) {
        return Optional.of(new Denial(reason, sentence));
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "permit";
    }
}
