package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gradle, by its wrapper where there is one.
 *
 * @param program {@code ./gradlew}, or {@code gradle}, which has to be installed then
 */
record Gradle(String program) implements Build {
    private static final List<String> ALWAYS = List.of("--console=plain", "--no-daemon");

    static Optional<Gradle> in(Repository repository) {
        boolean isGradle = Stream.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
                .anyMatch(file -> repository.read(file).isPresent());
        boolean hasWrapper = repository.read("gradlew").isPresent();
        return isGradle ? Optional.of(new Gradle(hasWrapper ? "./gradlew" : "gradle")) : Optional.empty();
    }

    @Override
    public String name() {
        return "Gradle";
    }

    @Override
    public CommandScope suite() {
        return command(false, "--offline", "check");
    }

    @Override
    public CommandScope only(String test) {
        TestPath path = new TestPath(test);
        String task = path.module().isEmpty() ? "test" : ":" + path.module().replace('/', ':') + ":test";
        return command(false, "--offline", task, "--tests", "*" + path.simpleName());
    }

    @Override
    public Optional<CommandScope> fetch() {
        return Optional.of(command(true, "check", "--continue"));
    }

    private CommandScope command(boolean sharesNetwork, String... more) {
        List<String> arguments = Stream.of(Stream.of(program), ALWAYS.stream(), Stream.of(more))
                .flatMap(part -> part)
                .toList();
        return new CommandScope(arguments, sharesNetwork);
    }
}
