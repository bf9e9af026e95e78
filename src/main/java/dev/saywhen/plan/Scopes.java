package dev.saywhen.plan;

import java.util.List;

/**
 * Everything that a plan may touch. What it does not name is refused before it happens.
 *
 * @param branches branches that may be written in the project's repository
 */
public record Scopes(List<PathScope> paths, List<CommandScope> commands, List<String> branches) {
    public Scopes {
        paths = List.copyOf(paths);
        commands = List.copyOf(commands);
        branches = List.copyOf(branches);
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
}
