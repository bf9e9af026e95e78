package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Mocha in the form that it has for people. */
final class MochaReport implements ReportForm {
    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^  (\\d+) passing \\([^)\\n]+\\)\n(?:  (\\d+) pending\n?)?(?:  (\\d+) failing\n?)?");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        return Found.last(SUMMARY, output).map(found -> report(found, output.substring(found.end())));
    }

    private static TestReport report(MatchResult found, String rest) {
        int pending = Found.number(found, 2);
        int failing = Found.number(found, 3);
        return new TestReport(
                Found.number(found, 1) + pending + failing,
                failing,
                pending,
                Found.section(rest, Pattern.compile("^  1\\) "), Pattern.compile("^  2\\) ")));
    }
}
