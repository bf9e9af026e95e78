package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a model found in a review. */
record ReviewForm(
        @About("the verdict in one or two sentences") String verdict,

        @About("what was found, the worst first; empty if nothing")
        List<Finding> findings,

        @About("what was not looked at or could not be") String notLookedAt) {
    private static final Set<String> SEVERITIES = Set.of("blocking", "major", "minor");

    /** One thing. */
    record Finding(
            @About("blocking, major or minor; blocking only for what is wrong or unsafe")
            String severity,

            @About("the file and line, or the part") String where,
            @About("what is wrong and what would be right") String what) {

        String line() {
            return severity + ", " + where + ": " + what;
        }
    }

    List<String> objections() {
        List<String> wrong = new ArrayList<>();
        findings.stream()
                .filter(finding -> !SEVERITIES.contains(finding.severity))
                .forEach(finding -> wrong.add("\"" + finding.severity + "\" is no severity."));
        return wrong;
    }

    List<String> blocking() {
        return findings.stream()
                .filter(finding -> finding.severity.equals("blocking"))
                .map(Finding::line)
                .toList();
    }
}
