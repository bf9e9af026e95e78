package dev.saywhen.tool;

import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.List;

/** Every tool there is. */
public final class ToolBox {
    private final List<Tool<?>> tools;

    public ToolBox(Builds builds, CommandOutputs outputs) {
        this.tools = List.of(
                new ListFiles(),
                new ReadFile(),
                new SearchCode(),
                new RepositoryMap(),
                new EditFile(),
                new WriteFile(),
                new RunTests(builds, outputs),
                new RunCommand(outputs),
                new CallServer(),
                new FinishStep());
    }

    public List<Tool<?>> all() {
        return tools;
    }

    /** Those that exist in a phase. */
    public List<Tool<?>> in(Phase phase) {
        return tools.stream().filter(tool -> tool.phases().contains(phase)).toList();
    }
}
