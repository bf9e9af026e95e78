package dev.saywhen.tool;

import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.ToolServers;
import dev.saywhen.run.Phase;
import java.util.List;
import java.util.stream.Stream;

/** Every tool there is. */
public final class ToolBox {
    private final List<Tool<?>> tools;

    public ToolBox(Builds builds, CommandOutputs outputs, ToolServers servers) {
        List<Tool<?>> own = List.of(
                new ListFiles(),
                new ReadFile(),
                new SearchCode(),
                new RepositoryMap(),
                new EditFile(),
                new WriteFile(),
                new RunTests(builds, outputs),
                new RunCommand(outputs),
                new FinishStep());
        List<Tool<?>> asking =
                servers.names().isEmpty() ? List.of() : List.of(new ListServerTools(servers), new AskServer(servers));
        this.tools = Stream.concat(own.stream(), asking.stream()).toList();
    }

    public List<Tool<?>> all() {
        return tools;
    }

    /** Those that exist in a phase. */
    public List<Tool<?>> in(Phase phase) {
        return tools.stream().filter(tool -> tool.phases().contains(phase)).toList();
    }
}
