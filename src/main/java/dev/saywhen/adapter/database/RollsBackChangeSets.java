package dev.saywhen.adapter.database;

import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Loss;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Rolls committed change sets of a project's database back, all in one transaction, itself cut off by a STOP. */
public final class RollsBackChangeSets implements EffectHandler<Effect.RollBackChangeSets, Boolean> {
    private final Map<ProjectName, Target> targets;
    private final StopSwitch stops;
    private final BiConsumer<RunId, String> thread;
    private final Found found;

    /** Hears what an attempt took that was rolled back, for the next plan to say; nothing once one succeeded. */
    @FunctionalInterface
    public interface Found {
        void found(ProjectName project, List<ChangeSet> changeSets, List<Loss> taken);
    }

    /**
     * @param thread says something in the thread of a run
     */
    public RollsBackChangeSets(
            Map<ProjectName, Target> targets, StopSwitch stops, BiConsumer<RunId, String> thread, Found found) {
        this.targets = Map.copyOf(targets);
        this.stops = stops;
        this.thread = thread;
        this.found = found;
    }

    @Override
    public Boolean perform(Clearance<Effect.RollBackChangeSets> clearance) throws IOException {
        Effect.RollBackChangeSets effect = clearance.effect();
        Migration migration = new Migration(
                AppliesChangeSets.target(targets, effect.project()),
                Migration.Change.ROLL_BACK,
                effect.changeSets(),
                effect.proof(),
                "saywhen run " + effect.run(),
                text -> thread.accept(effect.run(), text));
        try (var _ = stops.onPull(clearance.epoch(), migration)) {
            boolean isDone = migration.run(clearance::spend);
            found.found(effect.project(), effect.changeSets(), List.of());
            return isDone;
        } catch (IOException failed) {
            if (!migration.taken().isEmpty()) {
                found.found(effect.project(), effect.changeSets(), migration.taken());
            }
            throw failed;
        }
    }
}
