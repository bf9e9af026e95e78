package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;

/**
 * A module of Go.
 *
 * @param hasDependencies whether something has to be fetched
 */
record Go(boolean hasDependencies) implements Build {
    static Optional<Go> in(Repository repository) {
        boolean isVendored = repository.read("vendor/modules.txt").isPresent();
        return repository.read("go.mod").map(text -> new Go(!isVendored && text.contains("require")));
    }

    @Override
    public String name() {
        return "Go";
    }

    /** Verbose: otherwise nothing says how many tests there were. */
    @Override
    public CommandScope suite() {
        return CommandScope.offline("go", "test", "-v", "./...");
    }

    /** Go runs tests by package. */
    @Override
    public CommandScope only(String test) {
        return CommandScope.offline("go", "test", "-v", new TestPath(test).folder());
    }

    @Override
    public Optional<CommandScope> fetch() {
        return hasDependencies
                ? Optional.of(new CommandScope(List.of("go", "mod", "download"), true))
                : Optional.empty();
    }
}
