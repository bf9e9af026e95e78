package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.OpenWorkTree;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lays out the files of a commit, byte for byte, in place of whatever was in the run's folder.
 *
 * <p>The files are made in a new folder beside the old one, which no command has ever seen; the two change places at
 * the end. If the run's branch stood elsewhere, because a commit was made and never recorded, that commit is kept under
 * a name of its own and the branch goes on from here.
 */
public final class OpensWorkTrees implements EffectHandler<OpenWorkTree, Boolean> {
    private final GitWorkspace workspace;
    private final StopSwitch stops;

    public OpensWorkTrees(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public Boolean perform(Clearance<OpenWorkTree> clearance) throws IOException {
        OpenWorkTree effect = clearance.effect();
        ProjectClone clone = workspace.clone(effect.project()).cutOffBy(stops, clearance.epoch());
        clone.demand(effect.commit());
        clearance.spend();
        setBranch(clone, effect.run(), effect.commit());
        Path folder = workspace.folder(effect.run());
        Path fresh = folder.resolveSibling(".new-run-" + effect.run());
        Path old = folder.resolveSibling(".old-run-" + effect.run());
        Removal.of(fresh);
        Removal.of(old);
        Files.createDirectories(fresh);
        layOut(clone, effect.commit(), fresh);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(folder, old);
        }
        Files.move(fresh, folder);
        Removal.of(old);
        return true;
    }

    private static void setBranch(ProjectClone clone, RunId run, CommitId commit) {
        Optional<CommitId> branch = clone.branch(run);
        if (branch.isPresent() && !branch.get().equals(commit)) {
            clone.put(run, "left", branch.get());
            clone.move("refs/heads/" + run.branch(), branch, commit);
        }
    }

    private void layOut(ProjectClone clone, CommitId commit, Path folder) {
        workspace
                .commits()
                .inIndexOf(
                        clone,
                        commit,
                        index -> clone.call()
                                .index(index)
                                .tree(folder)
                                .must("laying out " + commit.brief(), "checkout-index", "--all", "--force", "--quiet"));
    }
}
