package dev.saywhen.safety;

import dev.saywhen.id.CommitId;

/** The handler of every kind of effect; none can be missing. */
public record EffectHandlers(
        EffectHandler<Effect.OpenWorkTree, Boolean> openWorkTree,
        EffectHandler<Effect.WriteFile, Boolean> writeFile,
        EffectHandler<Effect.RunCommand, CommandResult> runCommand,
        EffectHandler<Effect.CommitFiles, CommitId> commitFiles,
        EffectHandler<Effect.PublishBranch, Boolean> publishBranch) {

    @SuppressWarnings("unchecked") // each case pairs an effect with the handler of its own result type
    <R> R perform(Effect<R> effect, Permit permit) throws Exception {
        return (R)
                switch (effect) {
                    case Effect.OpenWorkTree e -> openWorkTree.perform(new Clearance<>(e, permit));
                    case Effect.WriteFile e -> writeFile.perform(new Clearance<>(e, permit));
                    case Effect.RunCommand e -> runCommand.perform(new Clearance<>(e, permit));
                    case Effect.CommitFiles e -> commitFiles.perform(new Clearance<>(e, permit));
                    case Effect.PublishBranch e -> publishBranch.perform(new Clearance<>(e, permit));
                };
    }
}
