package dev.saywhen.adapter.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What trying to get out of an isolation showed, on this machine.
 *
 * @param level the isolation's name
 */
public record SelfTest(String level, List<Finding> findings) {
    /**
     * One thing that was tried.
     *
     * @param holds whether it is as it should be
     * @param sentence what was found, for people
     */
    public record Finding(boolean holds, String sentence) {}

    public SelfTest {
        findings = List.copyOf(findings);
    }

    /**
     * Tries it, in well under a second.
     *
     * @param folder where the tried-at files are made, and removed again
     */
    public static SelfTest of(Isolation isolation, Path folder) {
        return new SelfTest(isolation.name(), Probe.of(isolation, folder));
    }

    static SelfTest impossible(String level, String why) {
        return new SelfTest(level, List.of(new Finding(false, why)));
    }

    public boolean passes() {
        return !findings.isEmpty() && findings.stream().allMatch(Finding::holds);
    }

    /** Why the level was refused, in one line; empty where it passes. */
    public String reason() {
        return findings.stream()
                .filter(finding -> !finding.holds())
                .map(Finding::sentence)
                .collect(Collectors.joining(" "));
    }
}
