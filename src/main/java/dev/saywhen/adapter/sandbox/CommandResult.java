package dev.saywhen.adapter.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is left of a command.
 *
 * @param exitCode as a shell says it: 127 where the program was not found, 128 and the signal where one ended it
 * @param took from the start until no process of it was left
 * @param head the beginning of the output, about 4,000 characters, or all of it where {@code tail} is empty
 * @param tail the end of the output, about 6,000 characters
 * @param outputBytes how much is in {@code outputFile}
 */
public record CommandResult(
        Ending ending, int exitCode, Duration took, String head, String tail, long outputBytes, Path outputFile) {}
