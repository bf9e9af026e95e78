package dev.saywhen.adapter.database;

import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiConsumer;

/** Applies change sets to a project's database, all in one transaction, cut off and rolled back by a STOP. */
public final class AppliesChangeSets implements EffectHandler<Effect.ApplyChangeSets, Boolean> {
    private final Map<ProjectName, Target> targets;
    private final StopSwitch stops;
    private final BiConsumer<RunId, String> thread;

    /** @param thread says something in the thread of a run */
    public AppliesChangeSets(Map<ProjectName, Target> targets, StopSwitch stops, BiConsumer<RunId, String> thread) {
        this.targets = Map.copyOf(targets);
        this.stops = stops;
        this.thread = thread;
    }

    @Override
    public Boolean perform(Clearance<Effect.ApplyChangeSets> clearance) throws IOException {
        Effect.ApplyChangeSets effect = clearance.effect();
        Migration migration = new Migration(
                target(targets, effect.project()),
                Migration.Change.APPLY,
                effect.changeSets(),
                effect.proof(),
                "saywhen run " + effect.run(),
                text -> thread.accept(effect.run(), text));
        try (var _ = stops.onPull(clearance.epoch(), migration)) {
            return migration.run(clearance::spend, clearance::lookAgain);
        }
    }

    static Target target(Map<ProjectName, Target> targets, ProjectName project) throws IOException {
        Target target = targets.get(project);
        if (target == null) {
            throw new IOException("The project " + project + " has no database any more. Nothing was changed.");
        }
        return target;
    }
}
