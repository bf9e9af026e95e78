package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Python project, tested by pytest, which runs tests of unittest too.
 *
 * @param requirements the file that lists what is needed; absent where none is
 * @param isPackage whether it is installed with what it needs, for want of a list
 */
record Pytest(@Nullable String requirements, boolean isPackage) implements Build {
    private static final List<String> LISTS = List.of(
            "requirements-dev.txt",
            "dev-requirements.txt",
            "requirements-test.txt",
            "test-requirements.txt",
            "requirements.txt");
    private static final List<String> SIGNS =
            List.of("pyproject.toml", "setup.py", "setup.cfg", "pytest.ini", "tox.ini", "conftest.py");

    static Optional<Pytest> in(Repository repository) {
        Optional<String> list =
                LISTS.stream().filter(file -> repository.read(file).isPresent()).findFirst();
        boolean hasSign = SIGNS.stream().anyMatch(file -> repository.read(file).isPresent());
        boolean hasTests =
                repository.files().stream().anyMatch(file -> file.matches("(.*/)?(test_[^/]*|[^/]*_test)\\.py"));
        if (list.isEmpty() && !hasSign && !hasTests) {
            return Optional.empty();
        }
        boolean isPackage = Stream.of("pyproject.toml", "setup.py")
                .flatMap(file -> repository.read(file).stream())
                .anyMatch(text ->
                        text.contains("[project]") || text.contains("[tool.poetry]") || text.contains("setup("));
        return Optional.of(new Pytest(list.orElse(null), isPackage));
    }

    @Override
    public String name() {
        return "pytest";
    }

    @Override
    public CommandScope suite() {
        return CommandScope.offline("python3", "-m", "pytest", "-p", "no:cacheprovider");
    }

    @Override
    public CommandScope only(String test) {
        return CommandScope.offline("python3", "-m", "pytest", "-p", "no:cacheprovider", test);
    }

    @Override
    public Optional<CommandScope> fetch() {
        if (requirements != null) {
            return Optional.of(
                    new CommandScope(List.of("python3", "-m", "pip", "install", "-r", requirements, "pytest"), true));
        }
        return isPackage
                ? Optional.of(new CommandScope(List.of("python3", "-m", "pip", "install", "-e", ".", "pytest"), true))
                : Optional.empty();
    }
}
