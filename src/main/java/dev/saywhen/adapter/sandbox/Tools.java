package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the tools that commands use: the JDK of the service itself, the Maven that built it, and other languages' tools. */
public final class Tools {
    private Tools() {}

    /** @return empty if there is no Maven on this machine */
    public static Optional<Toolchain> find() {
        Path user = Path.of(System.getProperty("user.home"));
        Path repository = Path.of(System.getProperty(
                "maven.repo.local", user.resolve(".m2/repository").toString()));
        return maven(user)
                .map(maven -> new Toolchain(
                        Path.of(System.getProperty("java.home")),
                        maven,
                        repository,
                        new InstalledLanguages(user).find()));
    }

    private static Optional<Path> maven(Path user) {
        return Stream.of(
                        named(System.getProperty("maven.home")),
                        wrapped(user.resolve(".m2/wrapper/dists")),
                        named(System.getenv("MAVEN_HOME")),
                        named(System.getenv("M2_HOME")),
                        onPath())
                .flatMap(List::stream)
                .filter(home -> Files.isExecutable(home.resolve("bin/mvn")))
                .findFirst();
    }

    private static List<Path> named(@org.jspecify.annotations.Nullable String home) {
        return home == null || home.isBlank() ? List.of() : List.of(Path.of(home));
    }

    /** What the Maven wrapper unpacked: {@code dists/apache-maven-VERSION/HASH}, the newest version first. */
    private static List<Path> wrapped(Path dists) {
        if (!Files.isDirectory(dists)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(dists, 3)) {
            return found.filter(path -> Files.isExecutable(path.resolve("bin/mvn")))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry, "mvn"))
                .filter(Files::isExecutable)
                .flatMap(mvn -> {
                    try {
                        return Optional.ofNullable(mvn.toRealPath().getParent()).map(Path::getParent).stream();
                    } catch (IOException unreadable) {
                        return Stream.empty();
                    }
                })
                .toList();
    }
}
