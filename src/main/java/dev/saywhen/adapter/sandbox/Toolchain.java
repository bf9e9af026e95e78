package dev.saywhen.adapter.sandbox;

import java.nio.file.Path;

/**
 * The tools that a command finds beside those of the system, all read only.
 *
 * @param javaHome a JDK
 * @param mavenHome a Maven distribution
 * @param mavenRepository a local repository that holds everything a build needs: Maven is offline inside
 */
public record Toolchain(Path javaHome, Path mavenHome, Path mavenRepository) {}
