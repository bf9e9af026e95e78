package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.service.BlueprintStep;
import dev.saywhen.adapter.blueprint.service.GeneratedFile;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mends what can be mended without guessing. A blueprint is right or wrong as a whole, so what it wrote is not patched
 * until it happens to pass: a missing import, a wrong status or a schema that drifted means that a file is not as the
 * blueprint gives it, and that file is brought back. A port that was taken is nobody's fault and worth another try.
 */
final class Mending {
    private static final Pattern PORT_TAKEN =
            Pattern.compile("(?i)port\\(?s?\\)? .{0,40}(already bound|in use)|address already in use|BindException");

    private final PlanRevision plan;
    private final List<BlueprintStep> steps;
    private final Actuator actuator;

    Mending(PlanRevision plan, List<BlueprintStep> steps, Actuator actuator) {
        this.plan = plan;
        this.steps = steps;
        this.actuator = actuator;
    }

    /** Whether anything was done that makes another run of the tests worth its time. */
    boolean mend(TestReport failure) {
        boolean restored = false;
        for (Step step : plan.outline().steps().subList(0, begun())) {
            for (GeneratedFile file : steps.get(step.number() - 1).code()) {
                boolean isLast = lastWriter(file.path()) == step.number();
                boolean differs = !actuator.read(file.path()).equals(Optional.of(file.content()));
                if (isLast && differs && step.files().contains(file.path())) {
                    actuator.write(file.path(), file.content());
                    restored = true;
                }
            }
        }
        return restored || PORT_TAKEN.matcher(failure.excerpt()).find();
    }

    /** The number of the newest step whose tests are there as the blueprint gives them. */
    private int begun() {
        int begun = 0;
        for (Step step : plan.outline().steps()) {
            int at = begun;
            boolean isThere = at < steps.size()
                    && steps.get(at).tests().stream()
                            .filter(file -> step.tests().contains(file.path()))
                            .allMatch(file -> isAsGiven(file.path(), at));
            if (!isThere) {
                return begun;
            }
            begun++;
        }
        return begun;
    }

    /** Whether a test is as this step gives it, or a later one that writes it anew. */
    private boolean isAsGiven(String path, int step) {
        Optional<String> there = actuator.read(path);
        return steps.subList(step, steps.size()).stream()
                .flatMap(each -> each.tests().stream())
                .anyMatch(file -> file.path().equals(path) && there.equals(Optional.of(file.content())));
    }

    private int lastWriter(String path) {
        int begun = begun();
        int last = 0;
        for (int number = 1; number <= begun; number++) {
            boolean writes = steps.get(number - 1).code().stream()
                    .anyMatch(file -> file.path().equals(path));
            last = writes ? number : last;
        }
        return last;
    }
}
