package dev.saywhen.phase;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.OutcomeUnknown;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Proof;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Denial;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Outcome;
import dev.saywhen.safety.Permit;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What a phase does with a permit: every movement passes the gate. Tests written first are locked by their hash. */
final class Hands implements Actuator {
    private final Gate gate;
    private final Permit permit;
    private final WorkTree tree;
    private final Map<String, Digest> locked = new LinkedHashMap<>();

    Hands(Gate gate, Permit permit, WorkTree tree) {
        this.gate = gate;
        this.permit = permit;
        this.tree = tree;
    }

    @Override
    public StopSwitch.Epoch epoch() {
        return permit.epoch();
    }

    @Override
    public Optional<String> read(String path) {
        return tree.read(path);
    }

    @Override
    public List<String> list(String folder) {
        return tree.list(folder);
    }

    @Override
    public void write(String path, String content) {
        if (locked.containsKey(path)) {
            throw new EffectRefused(
                    new Denial(Denial.Reason.OUT_OF_SCOPE, "The test " + path + " was written first and is locked."));
        }
        done(new Effect.WriteFile(run(), path, content));
    }

    @Override
    public CommandResult run(CommandScope command) {
        return done(new Effect.RunCommand(run(), command.arguments(), command.sharesNetwork()));
    }

    @Override
    public ToolAnswer call(ToolScope tool, String code, String arguments) {
        return done(new Effect.CallTool(run(), project(), tool, code, arguments));
    }

    void openWorkTree(CommitId commit) {
        done(new Effect.OpenWorkTree(run(), project(), commit));
        locked.clear();
    }

    CommitId commit(CommitId parent, List<String> paths, String message, SortedMap<String, String> trailers) {
        return done(new Effect.CommitFiles(run(), project(), parent, paths, message, trailers));
    }

    CommitId revert(CommitId parent, CommitId reverted, String message, SortedMap<String, String> trailers) {
        return done(new Effect.RevertCommit(run(), project(), parent, reverted, message, trailers));
    }

    /** False if they were applied before. */
    boolean apply(List<ChangeSet> changeSets, Proof proof) {
        return done(new Effect.ApplyChangeSets(run(), project(), changeSets, proof));
    }

    /** False if they were not there any more. */
    boolean rollBack(List<ChangeSet> changeSets, Proof proof) {
        return done(new Effect.RollBackChangeSets(run(), project(), changeSets, proof));
    }

    void publish(CommitId commit) {
        try {
            done(new Effect.PublishBranch(run(), project(), commit));
        } catch (EffectBroke broke) {
            String why = String.valueOf(broke.getMessage());
            if (!why.endsWith(ToolAnswer.UNKNOWN)) {
                throw broke;
            }
            throw new OutcomeUnknown(
                    "I was bringing %s at %s into the project's repository and don't know whether it arrived (%s). "
                                    .formatted(run().branch(), commit.brief(), why)
                            + "`resume` looks there and goes on from where it stands.");
        }
    }

    /** Locks files as they are now: they can be neither written nor, unnoticed, changed by a command. */
    void lock(List<String> paths) {
        for (String path : paths) {
            String content =
                    tree.read(path).orElseThrow(() -> new EffectBroke("The test " + path + " was not written."));
            locked.put(path, Digest.of(content));
        }
    }

    /** Throws if a locked file is not as it was when it was locked. */
    void checkLocks() {
        locked.forEach((path, digest) -> {
            if (!tree.read(path).map(Digest::of).equals(Optional.of(digest))) {
                throw new EffectBroke("The locked test " + path + " was changed by a command.");
            }
        });
    }

    private RunId run() {
        return permit.plan().run();
    }

    private ProjectName project() {
        return permit.plan().project();
    }

    private <R> R done(Effect<R> effect) {
        return switch (gate.perform(permit, effect)) {
            case Outcome.Done<R>(R result) -> result;
            case Outcome.Refused<R>(Denial denial) -> throw new EffectRefused(denial);
            case Outcome.Broke<R>(String why) -> throw new EffectBroke(why);
        };
    }
}
