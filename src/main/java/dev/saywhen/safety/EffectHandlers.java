package dev.saywhen.safety;

import dev.saywhen.id.CommitId;

/** The handler of every kind of effect; none can be missing. */
public record EffectHandlers(
        EffectHandler<Effect.OpenWorkTree, Boolean> openWorkTree,
        EffectHandler<Effect.WriteFile, Boolean> writeFile,
        EffectHandler<Effect.RunCommand, CommandResult> runCommand,
        EffectHandler<Effect.CommitFiles, CommitId> commitFiles,
        EffectHandler<Effect.RevertCommit, CommitId> revertCommit,
        EffectHandler<Effect.PublishBranch, Boolean> publishBranch,
        EffectHandler<Effect.ApplyChangeSets, Boolean> applyChangeSets,
        EffectHandler<Effect.RollBackChangeSets, Boolean> rollBackChangeSets,
        EffectHandler<Effect.CallTool, ToolAnswer> callTool) {

    @SuppressWarnings("unchecked") // each case pairs an effect with the handler of its own result type
    <R> R perform(Effect<R> effect, Permit permit) throws Exception {
        return (R)
                switch (effect) {
                    case Effect.OpenWorkTree e -> cleared(openWorkTree, e, permit);
                    case Effect.WriteFile e -> cleared(writeFile, e, permit);
                    case Effect.RunCommand e -> cleared(runCommand, e, permit);
                    case Effect.CommitFiles e -> cleared(commitFiles, e, permit);
                    case Effect.RevertCommit e -> cleared(revertCommit, e, permit);
                    case Effect.PublishBranch e -> cleared(publishBranch, e, permit);
                    case Effect.ApplyChangeSets e -> cleared(applyChangeSets, e, permit);
                    case Effect.RollBackChangeSets e -> cleared(rollBackChangeSets, e, permit);
                    case Effect.CallTool e -> cleared(callTool, e, permit);
                };
    }

    private static <E extends Effect<R>, R> R cleared(EffectHandler<E, R> handler, E effect, Permit permit)
            throws Exception {
        Clearance<E> clearance = new Clearance<>(effect, permit);
        try (var _ = permit.watch(clearance::awaitEnd)) {
            return handler.perform(clearance);
        } finally {
            clearance.end();
        }
    }
}
