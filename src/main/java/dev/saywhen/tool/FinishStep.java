package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Set;

/** Says that what was asked for is done. Whether it is, the checks of the plan decide. */
public final class FinishStep implements Tool<FinishStep.Arguments> {
    private static final int LONGEST = 2_000;

    public record Arguments(
            @About("what was done, in a few sentences") String summary) {}

    @Override
    public String name() {
        return "finish_step";
    }

    @Override
    public String purpose() {
        return "Says that what was asked for is done; call it last, and alone.";
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
        String summary = arguments.summary().strip();
        if (summary.isEmpty()) {
            return "Say in a few sentences what was done.";
        }
        desk.finished(summary.length() <= LONGEST ? summary : summary.substring(0, LONGEST));
        return "Noted.";
    }
}
