package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.CommitFiles;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.util.Optional;

/**
 * Commits named files of a work tree to the run's branch in our own git directory.
 *
 * <p>The branch moves only if it stands at the parent, or does not exist yet.
 */
public final class CommitsFiles implements EffectHandler<CommitFiles, CommitId> {
    private final GitWorkspace workspace;
    private final StopSwitch stops;

    public CommitsFiles(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public CommitId perform(Clearance<CommitFiles> clearance) {
        CommitFiles effect = clearance.effect();
        ProjectClone clone = workspace.clone(effect.project()).cutOffBy(stops, clearance.epoch());
        clone.demand(effect.parent());
        String branch = effect.run().branch();
        Optional<CommitId> stands = clone.branch(effect.run());
        if (stands.isPresent() && !stands.get().equals(effect.parent())) {
            throw new GitBroke("committing did not work: " + branch + " stands at "
                    + stands.get().brief() + ", not at " + effect.parent().brief());
        }
        CommitId commit = workspace
                .commits()
                .ofFiles(
                        clone,
                        workspace.files(effect.run()),
                        effect.parent(),
                        effect.paths(),
                        effect.message(),
                        effect.trailers());
        clearance.spend();
        clone.move("refs/heads/" + branch, stands, commit);
        return commit;
    }
}
