package dev.saywhen.adapter.git;

import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.WriteFile;
import dev.saywhen.safety.EffectHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file of a work tree, whole or not at all, through no link. */
public final class WritesFiles implements EffectHandler<WriteFile, Boolean> {
    private final GitWorkspace workspace;

    public WritesFiles(GitWorkspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Boolean perform(Clearance<WriteFile> clearance) throws IOException {
        WriteFile effect = clearance.effect();
        RunFolder files = workspace.files(effect.run());
        if (!files.exists()) {
            throw new GitBroke("writing " + effect.path() + " did not work: run " + effect.run() + " has no work tree");
        }
        files.objectionToWriting(effect.path()).ifPresent(no -> {
            throw new GitBroke("writing did not work: " + no);
        });
        Path incoming = Files.createTempDirectory(workspace.worktrees(), ".incoming-");
        try {
            Path finished =
                    Files.write(incoming.resolve("file"), effect.content().getBytes(StandardCharsets.UTF_8));
            clearance.spend();
            files.put(finished, effect.path());
            return true;
        } finally {
            Removal.of(incoming);
        }
    }
}
