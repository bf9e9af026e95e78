package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;

/**
 * Maven, with or without its wrapper. The wrapper is not called: it fetches a Maven and verifies nothing that an authorized
 * plan named, and inside the sandbox there is one.
 */
record Maven() implements Build {
    static Optional<Maven> in(Repository repository) {
        return repository.read("pom.xml").map(_ -> new Maven());
    }

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public CommandScope suite() {
        return CommandScope.offline("mvn", "-B", "-ntp", "verify");
    }

    @Override
    public CommandScope only(String test) {
        TestPath path = new TestPath(test);
        String named = "-Dtest=" + path.simpleName();
        return path.module().isEmpty()
                ? CommandScope.offline("mvn", "-B", "-ntp", "test", named)
                : CommandScope.offline(
                        "mvn",
                        "-B",
                        "-ntp",
                        "test",
                        "-pl",
                        path.module(),
                        "-am",
                        named,
                        "-Dsurefire.failIfNoSpecifiedTests=false");
    }

    /** All that a build fetches, plugins and the providers of test engines included, which only a build finds out. */
    @Override
    public Optional<CommandScope> fetch() {
        return Optional.of(
                new CommandScope(List.of("mvn", "-B", "-ntp", "verify", "-Dmaven.test.failure.ignore=true"), true));
    }
}
