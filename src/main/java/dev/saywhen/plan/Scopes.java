package dev.saywhen.plan;

import java.util.List;

/**
 * Everything that a plan may touch. What it does not name is refused before it happens.
 *
 * @param branches branches that may be written in the project's repository
 * @param tools tools of servers outside that may be called
 */
public record Scopes(List<PathScope> paths, List<CommandScope> commands, List<String> branches, List<ToolScope> tools) {
    public Scopes {
        paths = List.copyOf(paths);
        commands = List.copyOf(commands);
        branches = List.copyOf(branches);
        tools = List.copyOf(tools);
    }

    /** Scopes that reach nothing outside. */
    public Scopes(List<PathScope> paths, List<CommandScope> commands, List<String> branches) {
        this(paths, commands, branches, List.of());
    }

    /** The same, on another branch. */
    public Scopes on(String branch) {
        return new Scopes(paths, commands, List.of(branch), tools);
    }

    public boolean coversPath(String path) {
        return paths.stream().anyMatch(scope -> scope.covers(path));
    }

    public boolean coversCommand(List<String> arguments, boolean sharesNetwork) {
        return commands.stream()
                .anyMatch(command -> command.arguments().equals(arguments) && command.sharesNetwork() == sharesNetwork);
    }

    public boolean coversBranch(String branch) {
        return branches.contains(branch);
    }

    public boolean coversTool(ToolScope tool) {
        return tools.contains(tool);
    }

    /** Whether it may change something that is neither in the repository nor in the project's database. */
    public boolean changesThingsOutside() {
        return tools.stream().anyMatch(tool -> !tool.onlyReads());
    }
}
