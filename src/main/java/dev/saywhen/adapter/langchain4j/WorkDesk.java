package dev.saywhen.adapter.langchain4j;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The desk of one task. What is too long to be told at once is laid aside and can be read like a file. */
final class WorkDesk implements Desk {
    private static final int LONGEST = 10_000;
    private static final String ASIDE = "output/";

    private final Phase phase;
    private final WorkTree tree;
    private final @Nullable Actuator hands;
    private final @Nullable PlanRevision plan;
    private final @Nullable Step step;
    private final Consumer<AuditEvent> audit;
    private final Words words;
    private final List<String> aside = new ArrayList<>();
    private @Nullable String summary;

    /** @param hands absent where nothing may be done */
    WorkDesk(
            Phase phase,
            WorkTree tree,
            @Nullable Actuator hands,
            @Nullable PlanRevision plan,
            @Nullable Step step,
            Consumer<AuditEvent> audit,
            Words words) {
        this.phase = phase;
        this.tree = tree;
        this.hands = hands;
        this.plan = plan;
        this.step = step;
        this.audit = audit;
        this.words = words;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public WorkTree files() {
        return new WorkTree() {
            @Override
            public Optional<String> read(String path) {
                return laidAside(path).or(() -> tree.read(path));
            }

            @Override
            public List<String> list(String folder) {
                return tree.list(folder);
            }
        };
    }

    private Optional<String> laidAside(String path) {
        if (!path.matches(ASIDE + "[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        int at = Integer.parseInt(path.substring(ASIDE.length())) - 1;
        return at < aside.size() ? Optional.of(aside.get(at)) : Optional.empty();
    }

    @Override
    public Optional<Actuator> actuator() {
        return Optional.ofNullable(hands);
    }

    @Override
    public Optional<PlanRevision> plan() {
        return Optional.ofNullable(plan);
    }

    @Override
    public Optional<Step> step() {
        return Optional.ofNullable(step);
    }

    @Override
    public String quotable(String text) {
        return words.line(text);
    }

    @Override
    public String shorten(String whole) {
        if (whole.length() <= LONGEST) {
            return whole;
        }
        aside.add(whole);
        int head = LONGEST * 3 / 10;
        return whole.substring(0, head)
                + "\n... (%,d characters left out; all of it: read_file %s%d)\n"
                        .formatted(whole.length() - LONGEST, ASIDE, aside.size())
                + whole.substring(whole.length() - (LONGEST - head));
    }

    @Override
    public String refused(String what, String why) {
        audit.accept(new AuditEvent.Refused(null, null, "TOOL", words.line(what) + ": " + words.line(why)));
        return "Refused: " + what + ". " + why;
    }

    @Override
    public void finished(String done) {
        summary = done;
    }

    Optional<String> summary() {
        return Optional.ofNullable(summary);
    }

    /** It was not done after all. */
    void goOn() {
        summary = null;
    }
}
