package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.words.Consent;
import dev.saywhen.words.ConsentPhrases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The seven rules of gate.md, section 5, one method each, in their order. No lock is held while they are asked. */
public final class AuthorizationChecks {
    static final String STOP_WINS = "A stop came at the same moment and wins. Nothing was begun.";

    private static final Platform LOCAL = new Platform("local");

    private final ConsentPhrases phrases;
    private final Gate.Ports ports;
    private final Duration readingTime;
    private final InstantSource clock;

    /** @param readingTime how long a plan that replaced another has to stand before a bare phrase counts; none locally */
    public AuthorizationChecks(ConsentPhrases phrases, Gate.Ports ports, Duration readingTime, InstantSource clock) {
        this.phrases = phrases;
        this.ports = ports;
        this.readingTime = readingTime;
        this.clock = clock;
    }

    sealed interface Examined {}

    record Passed(PendingRevision pending, Authorization authorization, int missing, String movement)
            implements Examined {}

    record Failed(Denial denial) implements Examined {}

    /** Throws whatever a port throws; the gate then refuses. */
    Examined examine(RunId run, Reply reply) {
        Optional<Consent> consent = phrases.read(reply.text());
        if (consent.isEmpty()) {
            return no(Reason.NOT_A_PHRASE, "Not taken as a yes.");
        }
        Optional<PendingRevision> found = ports.revisions()
                .pending(run)
                .filter(pending -> pending.plan().run().equals(run));
        if (found.isEmpty() || ports.stops().isHalted(run)) {
            return no(Reason.NOT_AWAITING, "Nothing waits for a yes here now.");
        }
        PendingRevision pending = found.get();
        Approvers.Policy policy;
        try {
            policy = ports.approvers().policy(pending.plan().project()).of(pending.plan());
        } catch (RuntimeException unreadable) {
            return no(Reason.APPROVERS_UNREADABLE, "I could not read who may say yes, so nobody may.");
        }
        return message(pending, reply)
                .or(() -> author(pending, policy, reply))
                .or(() -> timing(pending, consent.get(), reply))
                .or(() -> revision(pending, consent.get(), reply))
                .or(() -> objections(pending))
                .<Examined>map(Failed::new)
                .orElseGet(() -> base(pending, policy, consent.get(), reply));
    }

    /** Rule 1 and the first half of rule 7: a new message in the run's own thread that was not used before. */
    private Optional<Denial> message(PendingRevision pending, Reply reply) {
        if (reply.marks().contains(Reply.Mark.EDITED)) {
            return denial(Reason.EDITED, "An edited message is no yes. Say it in a new one.");
        }
        if (!reply.thread().equals(pending.thread())) {
            return denial(Reason.OTHER_THREAD, "A yes counts only in the thread of the run.");
        }
        if (reply.marks().contains(Reply.Mark.QUOTE)
                || reply.marks().contains(Reply.Mark.FORWARD)
                || reply.marks().contains(Reply.Mark.FILE)) {
            return denial(Reason.QUOTED, "A quote, a forward or a file is no yes. Type it.");
        }
        if (reply.replyTo() != null && !pending.planMessages().contains(reply.replyTo())) {
            return denial(Reason.REPLY_TO_OTHER, "That answers another message than the plan. Answer the plan.");
        }
        if (ports.revisions().isUsed(reply.message())) {
            return denial(Reason.USED_MESSAGE, "That message was used before. Say it in a new one.");
        }
        return Optional.empty();
    }

    /** Rule 2: a person of the run's team, on the list, and not the requester where a second person is asked for. */
    private Optional<Denial> author(PendingRevision pending, Approvers.Policy policy, Reply reply) {
        if (reply.marks().contains(Reply.Mark.MACHINE)) {
            return denial(Reason.MACHINE, "An app, a bot or a webhook can't say yes.");
        }
        if (!reply.author().team().equals(pending.thread().team())) {
            return denial(Reason.OTHER_TEAM, "Only somebody of this team can say yes here.");
        }
        Optional<Denial> unfit = unfit(policy, reply.author(), reply.marks().contains(Reply.Mark.GUEST));
        if (unfit.isPresent()) {
            return unfit;
        }
        if (policy.secondPerson() && isRequester(pending, reply.author())) {
            return denial(
                    Reason.SECOND_PERSON,
                    "A second person has to say yes: not " + mention(reply.author()) + ", who asked for this.");
        }
        if (people(pending.approvals()).contains(person(reply.author()))) {
            return denial(Reason.ALREADY_APPROVED, "Your yes is counted already. Somebody else has to say yes too.");
        }
        return Optional.empty();
    }

    /** Rule 3: later than the plan and than the last STOP, and not before one could have read it. */
    private Optional<Denial> timing(PendingRevision pending, Consent consent, Reply reply) {
        if (!reply.said().isAfter(pending.postedAt())) {
            return denial(Reason.BEFORE_PLAN, "That was said before the plan stood here. Say it again.");
        }
        if (ports.stops().stoppedSince(pending.plan().run(), reply.moment())) {
            return denial(Reason.STOPPED, "A stop was said after that. Say it again if it still holds.");
        }
        Duration age = Duration.between(pending.postedAt(), reply.said());
        if (pending.replacesSeen()
                && !isLocal(reply.author())
                && consent.revision().isEmpty()
                && age.compareTo(readingTime) < 0) {
            return denial(
                    Reason.READING_TIME,
                    "%s is %d s old. Say `proceed %s` if you have read it."
                            .formatted(
                                    pending.plan().number(),
                                    age.toSeconds(),
                                    pending.plan().number()));
        }
        return Optional.empty();
    }

    /** Rule 4: for the newest revision, in time, and not what could be meant for somebody else. */
    private Optional<Denial> revision(PendingRevision pending, Consent consent, Reply reply) {
        int number = pending.plan().number().value();
        if (consent.revision().isPresent() && consent.revision().getAsInt() != number) {
            return denial(
                    Reason.OTHER_REVISION,
                    "r%d is not the newest plan. r%d is."
                            .formatted(consent.revision().getAsInt(), number));
        }
        if (!clock.instant().isBefore(pending.expiresAt())) {
            return denial(Reason.EXPIRED, "r" + number + " expired, nothing was done. `plan` makes a fresh one.");
        }
        if (pending.questionOpen()) {
            return denial(Reason.QUESTION_OPEN, "A question of mine is open here. Answer it first.");
        }
        if (consent.couldAnswerAnybody()
                && pending.speakers().stream().anyMatch(speaker -> mayBeAnother(speaker, reply.author()))) {
            return denial(
                    Reason.COULD_ANSWER_ANYBODY,
                    "That could be meant for somebody else. For r%d reply: proceed r%d".formatted(number, number));
        }
        if (ports.sharedNetwork().isInUse() && isLocal(reply.author())) {
            return denial(
                    Reason.SHARED_NETWORK,
                    "A command uses the host's network now, so no yes counts on the local "
                            + "chat. Say it again when the command has ended.");
        }
        return Optional.empty();
    }

    /** Rule 5: nobody who may say yes says no. */
    private Optional<Denial> objections(PendingRevision pending) {
        if (pending.objectors().isEmpty()) {
            return Optional.empty();
        }
        String who = String.join(
                " and ",
                pending.objectors().stream()
                        .map(AuthorizationChecks::mention)
                        .sorted()
                        .toList());
        return denial(
                Reason.OBJECTED,
                "%s said not yet. %s can't start until %s replies withdraw, or a new revision comes."
                        .formatted(who, pending.plan().number(), who));
    }

    /** Rule 6: what the plan was made against still stands. Then the yes is whole, but for others whose yes is needed. */
    private Examined base(PendingRevision pending, Approvers.Policy policy, Consent consent, Reply reply) {
        BaseCheck.Finding finding;
        try {
            finding = ports.base().look(pending.plan());
        } catch (RuntimeException unreadable) {
            if (ports.stops().isHalted(pending.plan().run())) {
                return no(Reason.STOPPED, STOP_WINS);
            }
            return no(
                    Reason.BASE_UNREADABLE,
                    "I could not look at the repository, so that yes does not count yet. "
                            + "Say it again when it can be read.");
        }
        return switch (finding) {
            case BaseCheck.Finding.Stale(String what) -> no(Reason.STALE, what);
            case BaseCheck.Finding.Holds(String movement) -> {
                List<ActorId> approvers = stillFit(pending, policy);
                approvers.add(reply.author());
                Authorization yes = new Authorization(
                        pending.plan().run(),
                        pending.plan().number(),
                        pending.plan().digest(),
                        reply.author(),
                        reply.message(),
                        consent.phrase(),
                        reply.said(),
                        approvers);
                int missing = Math.max(0, policy.approvals() - people(approvers).size());
                yield new Passed(pending, yes, missing, movement);
            }
        };
    }

    /** Why an authorization no longer stands: somebody whose yes it took may not say yes any more. */
    Optional<Denial> withdrawn(PlanRevision plan, Authorization authorization) {
        Approvers.Policy policy = ports.approvers().policy(plan.project()).of(plan);
        return authorization.approvers().stream()
                .filter(approver -> unfit(policy, approver, false).isPresent())
                .findFirst()
                .map(gone -> new Denial(Reason.NOT_APPROVER, mention(gone) + " may no longer say yes here."));
    }

    private List<ActorId> stillFit(PendingRevision pending, Approvers.Policy policy) {
        return new ArrayList<>(pending.approvals().stream()
                .filter(earlier -> unfit(policy, earlier, false).isEmpty())
                .filter(earlier -> !policy.secondPerson() || !isRequester(pending, earlier))
                .toList());
    }

    private Optional<Denial> unfit(Approvers.Policy policy, ActorId actor, boolean markedGuest) {
        boolean listed = policy.approvers().contains(actor);
        boolean anyone = policy.anyone() && isLocal(actor);
        Approvers.Standing standing = ports.approvers().standing(actor, actor.team());
        if (standing == Approvers.Standing.OUTSIDER) {
            return denial(Reason.OTHER_TEAM, "Only somebody of this team can say yes here.");
        }
        if ((markedGuest || standing == Approvers.Standing.GUEST) && !listed) {
            return denial(Reason.GUEST, "A guest can't say yes here.");
        }
        if (!listed && !anyone) {
            return denial(
                    Reason.NOT_APPROVER,
                    policy.approvers().isEmpty()
                            ? "Nobody may say yes here: the project lists no approvers."
                            : "Thanks. Only " + policy.named() + " can say yes here.");
        }
        return Optional.empty();
    }

    private boolean isRequester(PendingRevision pending, ActorId actor) {
        return people(pending.requesters()).contains(person(actor));
    }

    /** The local chat verifies nobody: no number of names there is more than one person. */
    private String person(ActorId actor) {
        return isLocal(actor) ? LOCAL.name() : ports.approvers().person(actor);
    }

    /** Nor is it known there that two names are one: whoever writes under another one may be somebody else. */
    private boolean mayBeAnother(ActorId speaker, ActorId author) {
        return isLocal(speaker) ? !speaker.equals(author) : !person(speaker).equals(person(author));
    }

    private static boolean isLocal(ActorId actor) {
        return actor.team().platform().equals(LOCAL);
    }

    private Set<String> people(Iterable<ActorId> actors) {
        Set<String> people = new HashSet<>();
        actors.forEach(actor -> people.add(person(actor)));
        return people;
    }

    private static String mention(ActorId actor) {
        return "@" + actor.user();
    }

    private static Optional<Denial> denial(Reason reason, String sentence) {
        return Optional.of(new Denial(reason, sentence));
    }

    private static Examined no(Reason reason, String sentence) {
        return new Failed(new Denial(reason, sentence));
    }
}
