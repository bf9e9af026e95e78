package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A revision whose plan message was confirmed as sent, with everything said about it since.
 *
 * @param planMessages every message of the plan; the last one ends with the request
 * @param postedAt platform time of the last of them
 * @param replacesSeen whether the thread had seen another revision before
 * @param requesters whoever opened the run and whoever asked for a change since
 * @param speakers persons who wrote in the thread since the plan message, {@code !aside} apart
 * @param objectors approvers whose objection stands
 * @param approvals who said yes already, where several have to
 * @param version of the run, compared when the permit is minted
 */
public record PendingRevision(
        PlanRevision plan,
        ThreadId thread,
        List<MessageId> planMessages,
        Instant postedAt,
        Instant expiresAt,
        boolean replacesSeen,
        boolean questionOpen,
        Set<ActorId> requesters,
        Set<ActorId> speakers,
        Set<ActorId> objectors,
        List<ActorId> approvals,
        long version) {
    public PendingRevision {
        planMessages = List.copyOf(planMessages);
        requesters = Set.copyOf(requesters);
        speakers = Set.copyOf(speakers);
        objectors = Set.copyOf(objectors);
        approvals = List.copyOf(approvals);
    }
}
