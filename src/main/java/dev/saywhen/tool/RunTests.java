package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.Tool;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Phase;
import dev.saywhen.safety.CommandResult;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the check of the step, or the whole suite, and says what its reports say. */
public final class RunTests implements Tool<RunTests.Arguments> {
    private final Builds builds;
    private final CommandOutputs outputs;

    RunTests(Builds builds, CommandOutputs outputs) {
        this.builds = builds;
        this.outputs = outputs;
    }

    public record Arguments(
            @About("true runs the whole suite; false, or left out, the check of the step") @Nullable
            Boolean whole) {}

    @Override
    public String name() {
        return "run_tests";
    }

    @Override
    public String purpose() {
        return "Runs the tests of the step, or the whole suite, and tells how many failed and the first failure.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.EXECUTE, Phase.DEBUG, Phase.DOCUMENT);
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public String use(Arguments arguments, Desk desk) {
        Optional<CommandScope> command = command(Boolean.TRUE.equals(arguments.whole()), desk);
        Optional<Actuator> hands = desk.actuator();
        if (command.isEmpty() || hands.isEmpty()) {
            return desk.refused("run the tests", "There is no plan with a command that runs tests here.");
        }
        try {
            CommandResult result = hands.get().run(command.get());
            String ended = Running.ended(result);
            return told(builds.report(hands.get(), result), ended)
                    + "\n\nOutput:\n"
                    + desk.shorten(outputs.whole(result));
        } catch (EffectRefused refused) {
            return Writing.told(refused, "run " + command.get(), desk);
        }
    }

    private static Optional<CommandScope> command(boolean whole, Desk desk) {
        Optional<CommandScope> check = whole ? Optional.empty() : desk.step().flatMap(Step::check);
        return check.or(() -> desk.plan().flatMap(plan -> switch (plan.outline().verify()) {
            case Verification.Suite(CommandScope suite) -> Optional.of(suite);
            case Verification.SameFiles _, Verification.SameSchema _ -> Optional.empty();
        }));
    }

    private static String told(TestReport report, String ended) {
        String counts = "%d tests, %d failed, %d skipped. %s"
                .formatted(report.tests(), report.failed(), report.skipped(), ended);
        return report.excerpt().isBlank() ? counts : counts + "\n\nFirst failure:\n" + report.excerpt();
    }
}
