package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A package or workspace of Rust.
 *
 * @param hasDependencies whether something has to be fetched
 */
record Cargo(boolean hasDependencies) implements Build {
    private static final Pattern DEPENDENCIES =
            Pattern.compile("(?m)^\\[(?:[\\w.'()=\"-]+\\.)?(?:dev-|build-)?dependencies[.\\]]|^\\[workspace]");

    static Optional<Cargo> in(Repository repository) {
        return repository
                .read("Cargo.toml")
                .map(text -> new Cargo(DEPENDENCIES.matcher(text).find()));
    }

    @Override
    public String name() {
        return "Cargo";
    }

    /** Through failures, so that the report has all of them. */
    @Override
    public CommandScope suite() {
        return CommandScope.offline("cargo", "test", "--no-fail-fast");
    }

    /** A file below {@code tests} is a test target of its own; other tests stand in the library. */
    @Override
    public CommandScope only(String test) {
        return test.matches("(.*/)?tests/[^/]+\\.rs")
                ? CommandScope.offline("cargo", "test", "--test", new TestPath(test).simpleName())
                : CommandScope.offline("cargo", "test", "--lib");
    }

    @Override
    public Optional<CommandScope> fetch() {
        return hasDependencies ? Optional.of(new CommandScope(List.of("cargo", "fetch"), true)) : Optional.empty();
    }
}
