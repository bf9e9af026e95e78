package dev.saywhen.tool;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Denial;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands that a gate of few words holds: it looks at the plan's scopes and at locked tests, and runs nothing. */
final class ScopedHands implements Actuator {
    PlanRevision plan;
    final List<CommandScope> ran = new ArrayList<>();
    final Set<String> locked = new HashSet<>();
    CommandResult next = new CommandResult(CommandResult.Ending.EXITED, 0, Duration.ofMillis(1_500), "ok\n", "none");
    final List<String> called = new ArrayList<>();
    ToolAnswer answer = new ToolAnswer(ToolAnswer.Ending.ANSWERED, "found");

    @Nullable
    RuntimeException breaks;

    Denial.Reason closed = Denial.Reason.OUT_OF_SCOPE;
    private final WorkTree files;
    private final Path folder;

    ScopedHands(PlanRevision plan, WorkTree files, Path folder) {
        this.plan = plan;
        this.files = files;
        this.folder = folder;
    }

    public StopSwitch.Epoch epoch() {
        return new StopSwitch.Epoch(plan.run(), 0);
    }

    @Override
    public void write(String path, String content) {
        if (closed != Denial.Reason.OUT_OF_SCOPE) {
            throw refused("It is over.");
        }
        if (locked.contains(path)) {
            throw refused("The test " + path + " was written first and is locked.");
        }
        if (!plan.outline().scopes().coversPath(path)) {
            throw refused("The plan does not name this: " + path);
        }
        Path file = folder.resolve(path);
        if (Files.isSymbolicLink(file)) {
            throw new EffectBroke("writing did not work: " + path + " is a link, not a file");
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CommandResult run(CommandScope command) {
        if (!plan.outline().scopes().coversCommand(command.arguments(), command.sharesNetwork())) {
            throw refused("The plan does not name this: " + command);
        }
        ran.add(command);
        return next;
    }

    @Override
    public ToolAnswer call(ToolScope tool, String code, String arguments) {
        if (closed != Denial.Reason.OUT_OF_SCOPE || !plan.outline().scopes().coversTool(tool)) {
            throw refused("The plan does not name this: " + tool);
        }
        called.add(tool.tool() + " " + code + " " + arguments);
        if (breaks != null) {
            throw breaks;
        }
        return answer;
    }

    private EffectRefused refused(String sentence) {
        return new EffectRefused(new Denial(closed, sentence));
    }

    @Override
    public Optional<String> read(String path) {
        return files.read(path);
    }

    @Override
    public List<String> list(String path) {
        return files.list(path);
    }
}
