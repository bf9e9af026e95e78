package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks where version managers and installers put Node.js, Python, Go and Rust. Only folders that hold one version of one
 * language are taken: what lies beside them in somebody's home is nobody's business inside a sandbox.
 */
final class InstalledLanguages {
    private final Path user;

    /** @param user the home of the user that the service runs as */
    InstalledLanguages(Path user) {
        this.user = user;
    }

    List<Path> find() {
        return Stream.of(node(), python(), go(), rust())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Path> node() {
        return first(
                "node", Stream.concat(newest(user.resolve(".nvm/versions/node")), newest(Path.of("/opt"), "node")));
    }

    private Optional<Path> python() {
        Path pyenv = user.resolve(".pyenv");
        return first("python3", chosen(pyenv.resolve("version")).map(pyenv.resolve("versions")::resolve));
    }

    private Optional<Path> go() {
        Stream<Path> fixed = Stream.of(Path.of("/usr/local/go"), Path.of("/opt/go"));
        return first("go", Stream.concat(fixed, newest(user.resolve("sdk"), "go")));
    }

    private Optional<Path> rust() {
        return first("cargo", newest(user.resolve(".rustup/toolchains"), "stable"));
    }

    private static Optional<Path> first(String program, Stream<Path> homes) {
        return homes.filter(home -> Files.isExecutable(home.resolve("bin").resolve(program)))
                .findFirst();
    }

    /** The version that pyenv uses where nothing else says one. */
    private static Stream<String> chosen(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.matches("[A-Za-z0-9][A-Za-z0-9._-]*"));
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static Stream<Path> newest(Path folder) {
        return newest(folder, "");
    }

    private static Stream<Path> newest(Path folder, String beginning) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(entry -> String.valueOf(entry.getFileName()).startsWith(beginning))
                    .sorted(Comparator.comparing(InstalledLanguages::version).reversed())
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    /** The name with its numbers at equal length, so that 9 comes before 20. */
    private static String version(Path home) {
        return java.util.regex.Pattern.compile("\\d+")
                .matcher(String.valueOf(home.getFileName()))
                .replaceAll(number -> "0".repeat(Math.max(0, 8 - number.group().length())) + number.group());
    }
}
