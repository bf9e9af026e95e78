package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.PublishBranch;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the run's branch into the project's repository, and touches nothing else there.
 *
 * <p>The branch must be where we left it, or absent if we never published it, and it only ever goes forward. Doing it
 * twice is doing it once.
 */
public final class PublishesBranches implements EffectHandler<PublishBranch, Boolean> {
    private final GitWorkspace workspace;
    private final StopSwitch stops;
    private final Map<RunId, StopSwitch.Registration> unknown = new ConcurrentHashMap<>(); // of pushes not answered

    public PublishesBranches(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public Boolean perform(Clearance<PublishBranch> clearance) {
        PublishBranch effect = clearance.effect();
        ProjectClone clone = workspace.clone(effect.project()).cutOffBy(stops, clearance.epoch());
        clone.demand(effect.commit());
        PublishedBranch branch = PublishedBranch.look(clone, effect.run());
        Optional<String> no = branch.objection(effect.commit());
        if (no.isPresent()) {
            throw new GitBroke(no.get());
        }
        String notes = "refs/saywhen/run-" + effect.run();
        // The two notes together always name where the branch stands, wherever this is cut short.
        branch.stands().ifPresent(there -> clone.remember(notes + "/published", there));
        Optional<CommitId> mayStillCome = clone.ref(notes + "/publishing").filter(cutShort -> !branch.isAt(cutShort));
        if (mayStillCome.isEmpty()) {
            tellOf(effect.run(), null);
        }
        mayStillCome
                .filter(cutShort -> !cutShort.equals(effect.commit()))
                .ifPresent(cutShort -> clone.put(effect.run(), "publishing", cutShort));
        clone.remember(notes + "/publishing", effect.commit());
        clearance.spend();
        if (!branch.isAt(effect.commit())) {
            push(clearance, new Push(clone, workspace.clone(effect.project()), branch, effect.commit()));
        }
        clone.remember(notes + "/published", effect.commit());
        clone.forget(effect.run(), "publishing");
        tellOf(effect.run(), null);
        return true;
    }

    /** What is not known of it in the end every later STOP tells, until it is known or there is another. */
    private void push(Clearance<PublishBranch> clearance, Push push) {
        StopSwitch.Registration told = stops.onPull(clearance.epoch(), push);
        try {
            clearance.lookAgain(); // a gap in hearing ends what is registered, and looks once
            push.run();
        } catch (GitBroke broken) {
            throw push.isUnknown() ? new GitBroke(broken.getMessage() + "; " + ToolAnswer.UNKNOWN, broken) : broken;
        } finally {
            if (push.isUnknown()) {
                tellOf(clearance.effect().run(), told);
            } else {
                told.close();
            }
        }
    }

    private void tellOf(RunId run, StopSwitch.@Nullable Registration push) {
        StopSwitch.Registration before = push == null ? unknown.remove(run) : unknown.put(run, push);
        if (before != null) {
            before.close();
        }
    }
}
