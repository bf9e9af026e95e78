package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Clearances for tests of effect handlers, which only this package can make. */
public final class Clearances {
    public static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private Clearances() {}

    /** One that can be spent once. */
    public static <E extends Effect<?>> Clearance<E> live(E effect) {
        StopSwitch stops = new StopSwitch(0);
        stops.track(effect.run(), false);
        return live(effect, stops);
    }

    /** One that can be spent once, until a STOP of this switch; the run must be tracked there. */
    public static <E extends Effect<?>> Clearance<E> live(E effect, StopSwitch stops) {
        return live(effect, stops, InstantSource.fixed(NOW));
    }

    /** One that can be spent once, at {@link #NOW} by this clock, and is void a second later. */
    public static <E extends Effect<?>> Clearance<E> live(E effect, StopSwitch stops, InstantSource clock) {
        return clearance(effect, stops, NOW.plusSeconds(1), clock);
    }

    /** One whose run a STOP has halted. */
    public static <E extends Effect<?>> Clearance<E> dead(E effect) {
        StopSwitch stops = new StopSwitch(0);
        stops.track(effect.run(), true);
        return live(effect, stops);
    }

    /** One whose permit's time is over. */
    public static <E extends Effect<?>> Clearance<E> late(E effect) {
        StopSwitch stops = new StopSwitch(0);
        stops.track(effect.run(), false);
        return clearance(effect, stops, NOW, InstantSource.fixed(NOW));
    }

    private static <E extends Effect<?>> Clearance<E> clearance(
            E effect, StopSwitch stops, Instant deadline, InstantSource clock) {
        PlanRevision plan = plan(effect.run());
        Authorization yes = yes(plan);
        StopSwitch.Epoch epoch = stops.epochOf(effect.run());
        stops.authorize(epoch, yes);
        Hearing hearing =
                new Hearing(Duration.ofSeconds(15), clock, Set.of(yes.by().team()));
        Permit permit = new Permit(plan, yes, epoch, deadline, stops, hearing, clock);
        return new Clearance<>(effect, permit);
    }

    private static PlanRevision plan(RunId run) {
        Outline outline = new Outline(
                "a plan",
                List.of("one step"),
                Stream.of(PlanPart.Kind.values())
                        .map(kind -> new PlanPart(kind, List.of("as it is")))
                        .toList(),
                List.of(new Step(
                        1, "Do it", List.of(), List.of(), CommandScope.offline("true"), "nothing to take back")),
                new Verification.Suite(CommandScope.offline("true")),
                List.of(),
                new Scopes(List.of(), List.of(), List.of()),
                new Budget(Duration.ofHours(2), 0),
                List.of(),
                List.of(),
                "nothing to take back",
                AuthorizationRequest.OTHERWISE);
        return new PlanRevision(
                run,
                RevisionNumber.FIRST,
                new ProjectName("demo"),
                Brief.of("a task"),
                new Base("main", new CommitId("0".repeat(40))),
                0,
                null,
                "none",
                outline,
                List.of());
    }

    private static Authorization yes(PlanRevision plan) {
        ActorId somebody = ActorId.parse("local:local:ana");
        MessageId message = MessageId.parse("local:local:general:1");
        return new Authorization(
                plan.run(), plan.number(), Digest.ZERO, somebody, message, "proceed", NOW, List.of(somebody));
    }
}
