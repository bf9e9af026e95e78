package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Python's unittest. */
final class UnittestReport implements ReportForm {
    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^Ran (\\d+) tests? in [\\d.]+s\n\n(?:OK|FAILED|NO TESTS RAN)(?: \\((.*)\\))?$");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        return Found.last(SUMMARY, output).map(found -> report(found, output));
    }

    private static TestReport report(MatchResult found, String output) {
        String counts = found.group(2) == null ? "" : found.group(2);
        return new TestReport(
                Found.number(found, 1),
                count("failures", counts) + count("errors", counts),
                count("skipped", counts) + count("expected failures", counts),
                Found.section(output, Pattern.compile("^(FAIL|ERROR): "), Pattern.compile("^={70}|^Ran \\d+ test")));
    }

    private static int count(String what, String counts) {
        return Found.last(Pattern.compile("(?:^|, )" + what + "=(\\d+)"), counts)
                .map(found -> Found.number(found, 1))
                .orElse(0);
    }
}
