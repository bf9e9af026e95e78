package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.RevertCommit;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.util.Optional;

/**
 * Takes a commit back by a new one on the run's branch in our own git directory.
 *
 * <p>The new one may stand on commits that others made on the run's branch since: the plan that was authorized names the
 * place. The branch only goes forward.
 */
public final class RevertsCommits implements EffectHandler<RevertCommit, CommitId> {
    private final GitWorkspace workspace;
    private final StopSwitch stops;

    public RevertsCommits(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public CommitId perform(Clearance<RevertCommit> clearance) {
        RevertCommit effect = clearance.effect();
        ProjectClone clone = workspace.clone(effect.project()).cutOffBy(stops, clearance.epoch());
        clone.demand(effect.parent());
        clone.demand(effect.reverted());
        String branch = effect.run().branch();
        CommitId stands = clone.branch(effect.run())
                .filter(there -> clone.isAncestor(there, effect.parent()))
                .orElseThrow(
                        () -> new GitBroke("taking back " + effect.reverted().brief() + " did not work: " + branch
                                + " does not lead to " + effect.parent().brief()));
        CommitId commit = new Reverting(clone, workspace.commits())
                .revert(effect.parent(), effect.reverted(), effect.message(), effect.trailers());
        clearance.spend();
        if (!stands.equals(effect.parent())) {
            clone.remember("refs/saywhen/run-" + effect.run() + "/published", effect.parent());
        }
        clone.move("refs/heads/" + branch, Optional.of(stands), commit);
        return commit;
    }
}
