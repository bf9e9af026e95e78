package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.TeamId;
import dev.saywhen.plan.PlanRevision;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may say yes (port). Every method may throw; the gate then refuses. */
public interface Approvers {
    Policy policy(ProjectName project);

    /** Whether the actor belongs to the team now and is no guest there, as the platform says. */
    Standing standing(ActorId actor, TeamId team);

    /** A name for the person behind an id: equal for ids that are one person. */
    String person(ActorId actor);

    /**
     * The rule of a project.
     *
     * @param undoOnly who may, besides the approvers, say yes to a plan that takes a run back
     * @param anyone whether everybody of the team may; honoured on the local chat only
     * @param secondPerson whether a requester's own yes does not count
     * @param approvals how many different people have to say yes, 1 or more
     */
    record Policy(boolean anyone, Set<ActorId> approvers, Set<ActorId> undoOnly, boolean secondPerson, int approvals) {
        public Policy {
            approvers = Set.copyOf(approvers);
            undoOnly = Set.copyOf(undoOnly);
            if (approvals < 1) {
                throw new IllegalArgumentException("at least one approval is needed");
            }
        }

        /** The rule where nobody may say yes to taking a run back but who may say yes to everything. */
        public Policy(boolean anyone, Set<ActorId> approvers, boolean secondPerson, int approvals) {
            this(anyone, approvers, Set.of(), secondPerson, approvals);
        }

        /** Those on the list for people to read, as {@code @ana or @bo}; empty where nobody is. */
        public String named() {
            return approvers.stream()
                    .map(approver -> "@" + approver.user())
                    .sorted()
                    .collect(Collectors.joining(" or "));
        }

        /** The rule as it is for this plan. */
        public Policy of(PlanRevision plan) {
            if (!plan.takesBack() || undoOnly.isEmpty()) {
                return this;
            }
            Set<ActorId> all = new HashSet<>(approvers);
            all.addAll(undoOnly);
            return new Policy(anyone, all, undoOnly, secondPerson, approvals);
        }
    }

    /** How an actor stands in a team. */
    enum Standing {
        MEMBER,
        GUEST,
        OUTSIDER
    }
}
