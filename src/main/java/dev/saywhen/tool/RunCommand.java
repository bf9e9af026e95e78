package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.Tool;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.PlanText;
import dev.saywhen.run.Phase;
import dev.saywhen.safety.CommandResult;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a command that the plan names, argument by argument; there is no shell. */
public final class RunCommand implements Tool<RunCommand.Arguments> {
    private static final int SHOWN = 300;

    private final CommandOutputs outputs;

    RunCommand(CommandOutputs outputs) {
        this.outputs = outputs;
    }

    public record Arguments(
            @About("the program and its arguments, exactly as the plan names them")
            List<String> command) {
        public Arguments {
            command = List.copyOf(command);
        }
    }

    @Override
    public String name() {
        return "run_command";
    }

    @Override
    public String purpose() {
        return "Runs one of the commands that the plan names, without a shell; any other is refused.";
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
        List<String> command = arguments.command();
        String what = "run " + shown(command);
        Optional<Actuator> hands = desk.actuator();
        if (hands.isEmpty()) {
            return desk.refused(what, "Nothing can be run in this phase.");
        }
        if (command.isEmpty() || command.getFirst().isBlank()) {
            return desk.refused(what, "A command has at least a program." + named(desk));
        }
        if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            return desk.refused(what, "An argument holds a NUL character.");
        }
        try {
            CommandResult result = hands.get().run(asNamed(command, desk));
            String ended = Running.ended(result);
            return ended + "\n\n" + desk.shorten(outputs.whole(result));
        } catch (EffectRefused refused) {
            String told = Writing.told(refused, what, desk);
            return told + named(desk);
        }
    }

    /** With the network where the plan names it so, and in no other way. */
    private static CommandScope asNamed(List<String> command, Desk desk) {
        CommandScope offline = new CommandScope(command, false);
        return named(desk, offline)
                .or(() -> named(desk, new CommandScope(command, true)))
                .orElse(offline);
    }

    private static Optional<CommandScope> named(Desk desk, CommandScope command) {
        return desk.plan()
                .filter(plan -> plan.outline().scopes().commands().contains(command))
                .map(_ -> command);
    }

    private static String named(Desk desk) {
        return desk.plan()
                .map(plan -> plan.outline().scopes().commands().stream()
                        .map(command -> "\n" + PlanText.visible(command.toString()))
                        .collect(Collectors.joining("", "\nThe plan names:", "")))
                .orElse("");
    }

    private static String shown(List<String> command) {
        String typed = PlanText.visible(CommandScope.typed(command));
        return typed.length() <= SHOWN ? typed : typed.substring(0, SHOWN) + "...";
    }
}
