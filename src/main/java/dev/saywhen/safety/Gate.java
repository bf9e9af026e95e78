package dev.saywhen.safety;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.ToolScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The only way from words to deeds: a reply becomes a permit here or nowhere, and every effect passes here.
 *
 * <p>What cannot be checked is refused.
 */
public final class Gate {
    private final Ports ports;
    private final AuthorizationChecks checks;
    private final InstantSource clock;

    /** Everything the gate has to ask; none can be missing. */
    public record Ports(
            CurrentRevisions revisions,
            Approvers approvers,
            BaseCheck base,
            AuditTrail trail,
            Hearing hearing,
            StopSwitch stops,
            EffectHandlers handlers,
            SharedNetwork sharedNetwork,
            CallsMade calls) {}

    /** Whether a command of any run shares the host's network now (port). */
    @FunctionalInterface
    public interface SharedNetwork {
        boolean isInUse();
    }

    /** How many calls of a tool a revision let begin that may have changed something (port). */
    @FunctionalInterface
    public interface CallsMade {
        /** As recorded: a restart or another node starts no new count. */
        int under(RunId run, RevisionNumber revision, ToolScope tool);
    }

    public Gate(Ports ports, AuthorizationChecks checks, InstantSource clock) {
        this.ports = ports;
        this.checks = checks;
        this.clock = clock;
    }

    /** Decides whether a reply in the thread of a run is the yes that its pending revision waits for. */
    public Decision authorize(RunId run, Reply reply) {
        StopSwitch.Epoch epoch = ports.stops.epochOf(run);
        Decision decision;
        try {
            decision = switch (checks.examine(run, reply)) {
                case AuthorizationChecks.Passed passed -> mint(passed, epoch);
                case AuthorizationChecks.Failed failed -> new Decision.Denied(failed.denial());
            };
        } catch (RuntimeException broken) {
            decision = denied(
                    Denial.Reason.NOT_CHECKED,
                    "I could not check that yes, so it does not count: "
                            + "something I have to ask did not answer. Say it again in a moment.");
        }
        if (decision instanceof Decision.Denied(Denial denial)) {
            noteQuietly(
                    run,
                    new AuditEvent.Refused(
                            reply.author(), reply.message(), denial.reason().name(), denial.sentence()));
        }
        return decision;
    }

    private Decision mint(AuthorizationChecks.Passed passed, StopSwitch.Epoch epoch) {
        PendingRevision seen = passed.pending();
        Authorization yes = passed.authorization();
        if (passed.missing() > 0) {
            return ports.revisions.count(seen, yes, passed.missing())
                    ? new Decision.Counted(yes, passed.missing())
                    : moved();
        }
        Instant deadline = clock.instant().plus(seen.plan().outline().budget().time());
        if (!ports.stops.isLive(epoch) || !ports.revisions.settle(seen, yes, epoch.number(), deadline)) {
            return moved();
        }
        if (!ports.stops.authorize(epoch, yes)) {
            return denied(Denial.Reason.STOPPED, AuthorizationChecks.STOP_WINS);
        }
        Permit permit = new Permit(seen.plan(), yes, epoch, deadline, ports.stops, ports.hearing, clock);
        return new Decision.Granted(yes, permit, passed.movement());
    }

    /** Does an effect if the permit lives and its plan names the effect. The audit record comes first. */
    public <R> Outcome<R> perform(Permit permit, Effect<R> effect) {
        Optional<Denial> no = objection(permit, effect);
        if (no.isPresent()) {
            noteQuietly(
                    permit.plan().run(),
                    new AuditEvent.Refused(null, null, no.get().reason().name(), name(effect) + ": " + what(effect)));
            return new Outcome.Refused<>(no.get());
        }
        AuditChain chain = AuditChain.of(permit.plan().run());
        try {
            ports.trail.append(
                    chain,
                    new AuditEvent.EffectBegun(
                            name(effect), what(effect), permit.plan().number()));
        } catch (RuntimeException unrecorded) {
            return refused(Denial.Reason.NOT_RECORDED, "The audit trail could not be written, so I did nothing.");
        }
        Outcome<R> outcome;
        try {
            outcome = new Outcome.Done<>(ports.handlers.perform(effect, permit));
        } catch (Clearance.Halted halted) {
            outcome = new Outcome.Refused<>(halted.denial());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            outcome = new Outcome.Broke<>("interrupted");
        } catch (Exception broken) {
            outcome = new Outcome.Broke<>(String.valueOf(broken.getMessage()));
        }
        noteQuietly(permit.plan().run(), new AuditEvent.EffectEnded(name(effect), ended(outcome)));
        return outcome;
    }

    /** Whether the people behind a permit may still say yes; looked at before every step. */
    public Optional<Denial> stillStands(Permit permit) {
        try {
            return checks.withdrawn(permit.plan(), permit.authorization());
        } catch (RuntimeException broken) {
            return Optional.of(new Denial(Denial.Reason.NOT_CHECKED, "I could not check who may say yes."));
        }
    }

    private Optional<Denial> objection(Permit permit, Effect<?> effect) {
        try {
            Optional<Denial> dead = permit.objection();
            boolean named = effect.run().equals(permit.plan().run()) && effect.liesIn(permit.plan());
            if (dead.isPresent()) {
                return dead;
            }
            return named
                    ? usedUp(permit.plan(), effect)
                    : no(Denial.Reason.OUT_OF_SCOPE, "The plan does not name this: " + what(effect));
        } catch (RuntimeException broken) {
            return no(Denial.Reason.NOT_CHECKED, "I could not check whether I may do this, so I did nothing.");
        }
    }

    /** One yes is no yes to any number of calls. */
    private Optional<Denial> usedUp(PlanRevision plan, Effect<?> effect) {
        if (!(effect instanceof Effect.CallTool call)
                || !call.isCounted()
                || call.tool().allowsAfter(ports.calls.under(plan.run(), plan.number(), call.tool()))) {
            return Optional.empty();
        }
        return no(
                Denial.Reason.ALL_CALLS_MADE,
                "The yes to %s covers %s of %s, and no more are left. Another one needs a plan that names it."
                        .formatted(
                                plan.number(),
                                call.tool().allowance(),
                                call.tool().name()));
    }

    private void noteQuietly(RunId run, AuditEvent event) {
        boolean interrupted = Thread.interrupted(); // a STOP interrupts, and what it ended is recorded all the same
        try {
            ports.trail.append(AuditChain.of(run), event);
        } catch (RuntimeException unrecorded) {
            // A refusal that could not be recorded is a refusal all the same; the next effect meets the same trail.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String what(Effect<?> effect) {
        return PlanText.escaped(effect.what());
    }

    static String name(Effect<?> effect) {
        return effect.getClass().getSimpleName();
    }

    private static String ended(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(CommandResult result)
            when result.ending() == CommandResult.Ending.EXITED -> "exit " + result.exitCode();
            case Outcome.Done<?>(CommandResult result) -> result.ending().name();
            case Outcome.Done<?>(ToolAnswer answer) -> answer.toString();
            case Outcome.Done<?>(Object result) -> "done " + result;
            case Outcome.Refused<?>(Denial denial) -> "refused " + denial.reason();
            case Outcome.Broke<?>(String why) -> "broke: " + why;
        };
    }

    private static Decision moved() {
        return denied(Denial.Reason.MOVED, "The run moved while I checked that yes. Look at the newest plan first.");
    }

    private static Decision denied(Denial.Reason reason, String sentence) {
        return new Decision.Denied(new Denial(reason, sentence));
    }

    private static <R> Outcome<R> refused(Denial.Reason reason, String sentence) {
        return new Outcome.Refused<>(new Denial(reason, sentence));
    }

    private static Optional<Denial> no(Denial.Reason reason, String sentence) {
        return Optional.of(new Denial(reason, sentence));
    }
}
