package dev.saywhen.safety.fakes;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.safety.PendingRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Builds a plan that waits for a yes: posted in its thread, good for a day, with nothing said about it. */
public final class PlanWaits {
    private final PlanRevision plan;
    private final ThreadId thread;
    private final List<MessageId> planMessages;
    private final Instant postedAt;
    private Instant expiresAt;
    private boolean replacesSeen;
    private boolean questionOpen;
    private Set<ActorId> requesters = Set.of();
    private Set<ActorId> speakers = Set.of();
    private Set<ActorId> objectors = Set.of();
    private List<ActorId> approvals = List.of();
    private long version = 1;

    public PlanWaits(PlanRevision plan, ThreadId thread, Instant postedAt) {
        this.plan = plan;
        this.thread = thread;
        this.postedAt = postedAt;
        this.expiresAt = postedAt.plus(Duration.ofHours(24));
        this.planMessages = List.of(
                new MessageId(thread.channel(), "plan-" + plan.number() + "-1"),
                new MessageId(thread.channel(), "plan-" + plan.number() + "-2"));
    }

    /** The same again, to change something about it. */
    public PlanWaits(PendingRevision other) {
        plan = other.plan();
        thread = other.thread();
        planMessages = other.planMessages();
        postedAt = other.postedAt();
        expiresAt = other.expiresAt();
        replacesSeen = other.replacesSeen();
        questionOpen = other.questionOpen();
        requesters = other.requesters();
        speakers = other.speakers();
        objectors = other.objectors();
        approvals = other.approvals();
        version = other.version();
    }

    public PlanWaits expiringAt(Instant at) {
        expiresAt = at;
        return this;
    }

    public PlanWaits replacingSeen() {
        replacesSeen = true;
        return this;
    }

    public PlanWaits withQuestionOpen() {
        questionOpen = true;
        return this;
    }

    public PlanWaits requestedBy(ActorId... some) {
        requesters = Set.of(some);
        return this;
    }

    public PlanWaits spokenInBy(ActorId... some) {
        speakers = Set.of(some);
        return this;
    }

    public PlanWaits objectedToBy(ActorId... some) {
        objectors = Set.of(some);
        return this;
    }

    public PlanWaits approvedBy(List<ActorId> some) {
        approvals = some;
        return this;
    }

    public PlanWaits version(long next) {
        version = next;
        return this;
    }

    public PendingRevision build() {
        return new PendingRevision(
                plan,
                thread,
                planMessages,
                postedAt,
                expiresAt,
                replacesSeen,
                questionOpen,
                requesters,
                speakers,
                objectors,
                approvals,
                version);
    }
}
