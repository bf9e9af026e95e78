package dev.saywhen.run;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A plan that stands in its thread, and what was said about it since.
 *
 * @param planMessages every message of the plan, the one with the request last
 * @param postedAt platform time of the last of them
 * @param speakers persons who wrote in the thread since
 * @param objectors approvers whose objection stands
 * @param approvals who said yes already, where several have to
 */
public record Pending(
        List<MessageId> planMessages,
        Instant postedAt,
        Instant expiresAt,
        SortedSet<ActorId> speakers,
        SortedSet<ActorId> objectors,
        List<ActorId> approvals) {
    public Pending {
        planMessages = List.copyOf(planMessages);
        speakers = sorted(speakers);
        objectors = sorted(objectors);
        approvals = List.copyOf(approvals);
    }

    public static Pending posted(List<MessageId> planMessages, Instant postedAt, Instant expiresAt) {
        return new Pending(planMessages, postedAt, expiresAt, sorted(List.of()), sorted(List.of()), List.of());
    }

    Pending spokenIn(ActorId speaker) {
        return new Pending(planMessages, postedAt, expiresAt, with(speakers, speaker), objectors, approvals);
    }

    Pending objectedBy(ActorId approver) {
        return new Pending(planMessages, postedAt, expiresAt, speakers, with(objectors, approver), approvals);
    }

    Pending withdrawnBy(ActorId approver) {
        SortedSet<ActorId> left = new TreeSet<>(objectors);
        left.remove(approver);
        return new Pending(planMessages, postedAt, expiresAt, speakers, left, approvals);
    }

    Pending approvedBy(List<ActorId> approvers) {
        return new Pending(planMessages, postedAt, expiresAt, speakers, objectors, new ArrayList<>(approvers));
    }

    private static SortedSet<ActorId> with(SortedSet<ActorId> some, ActorId one) {
        SortedSet<ActorId> more = new TreeSet<>(some);
        more.add(one);
        return more;
    }

    private static SortedSet<ActorId> sorted(Iterable<ActorId> actors) {
        SortedSet<ActorId> sorted = new TreeSet<>(Comparator.comparing(ActorId::toString));
        actors.forEach(sorted::add);
        return Collections.unmodifiableSortedSet(sorted);
    }
}
