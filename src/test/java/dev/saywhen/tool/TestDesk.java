package dev.saywhen.tool;

import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A desk in EXECUTE over a real work tree, with the plan of {@link PlanSample} at its second step. */
final class TestDesk implements Desk {
    static final RunId RUN = new RunId(7);

    final Path folder;
    final List<String> refused = new ArrayList<>();
    final List<String> finished = new ArrayList<>();
    final ScopedHands hands;
    private final WorkTree files;
    private @Nullable Actuator actuator;

    TestDesk(Path home) throws IOException {
        this.folder = Files.createDirectories(home.resolve("worktrees/run-" + RUN));
        GitCommand git = new GitCommand(home.resolve("cache"));
        this.files = new GitWorkspace(List.of(), home, git, Clock.systemUTC()).tree(RUN);
        this.hands = new ScopedHands(PlanSample.plan(RUN, 1), files, folder);
        this.actuator = hands;
    }

    TestDesk withoutHands() {
        actuator = null;
        return this;
    }

    TestDesk put(String path, String content) {
        try {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String path) {
        return files.read(path).orElse("(absent)");
    }

    @Override
    public Phase phase() {
        return Phase.EXECUTE;
    }

    @Override
    public WorkTree files() {
        return files;
    }

    @Override
    public Optional<Actuator> actuator() {
        return Optional.ofNullable(actuator);
    }

    @Override
    public Optional<PlanRevision> plan() {
        return Optional.of(hands.plan);
    }

    @Override
    public Optional<Step> step() {
        return Optional.of(hands.plan.outline().steps().get(1));
    }

    @Override
    public String quotable(String text) {
        return PlanText.visible(text);
    }

    @Override
    public String shorten(String whole) {
        return whole.length() <= 10_000 ? whole : whole.substring(0, 10_000) + "[all of it: output/1]";
    }

    @Override
    public String refused(String what, String why) {
        refused.add(what);
        return "Refused: " + why;
    }

    @Override
    public void finished(String summary) {
        finished.add(summary);
    }
}
