package dev.saywhen.safety.fakes;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.TeamId;
import dev.saywhen.safety.Approvers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One policy for every project; everybody is a member and a person of their own unless said otherwise. */
public final class FakeApprovers implements Approvers {
    private final Map<ActorId, Standing> standings = new ConcurrentHashMap<>();
    private final Map<ActorId, String> persons = new ConcurrentHashMap<>();
    private volatile Policy policy;

    public FakeApprovers(ActorId... approvers) {
        policy = new Policy(false, Set.of(approvers), false, 1);
    }

    public void policy(Policy next) {
        policy = next;
    }

    public void standing(ActorId actor, Standing standing) {
        standings.put(actor, standing);
    }

    public void linked(ActorId actor, String person) {
        persons.put(actor, person);
    }

    @Override
    public Policy policy(ProjectName project) {
        return policy;
    }

    @Override
    public Standing standing(ActorId actor, TeamId team) {
        return standings.getOrDefault(actor, Standing.MEMBER);
    }

    @Override
    public String person(ActorId actor) {
        return persons.getOrDefault(actor, actor.toString());
    }
}
