package dev.saywhen.adapter.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * The tools that a command finds beside those of the system, all read only.
 *
 * @param javaHome a JDK
 * @param mavenHome a Maven distribution
 * @param mavenRepository a local repository that holds everything a build needs: Maven is offline inside
 * @param languages folders with a {@code bin}, of other languages that are not installed where the system's programs are
 */
public record Toolchain(Path javaHome, Path mavenHome, Path mavenRepository, List<Path> languages) {
    public Toolchain {
        languages = List.copyOf(languages);
    }

    public Toolchain(Path javaHome, Path mavenHome, Path mavenRepository) {
        this(javaHome, mavenHome, mavenRepository, List.of());
    }
}
