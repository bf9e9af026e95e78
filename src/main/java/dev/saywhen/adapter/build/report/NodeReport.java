package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.Pattern;

/** Node's own runner, as TAP or in the form that it has for people. */
final class NodeReport implements ReportForm {
    private static final Pattern SUMMARY = Pattern.compile("(?m)^(?:#|ℹ) tests (\\d+)\n(?:(?:#|ℹ) suites \\d+\n)?"
            + "(?:#|ℹ) pass \\d+\n(?:#|ℹ) fail (\\d+)\n(?:#|ℹ) cancelled (\\d+)\n(?:#|ℹ) skipped (\\d+)\n"
            + "(?:(?:#|ℹ) todo (\\d+))?");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        return Found.last(SUMMARY, output)
                .map(found -> new TestReport(
                        Found.number(found, 1),
                        Found.number(found, 2) + Found.number(found, 3),
                        Found.number(found, 4) + Found.number(found, 5),
                        excerpt(output)));
    }

    private static String excerpt(String output) {
        String tap =
                Found.section(output, Pattern.compile("^ *not ok \\d+ "), Pattern.compile("^ *(\\.\\.\\.$|stack: )"));
        if (!tap.isBlank()) {
            return tap;
        }
        int at = output.lastIndexOf("✖ failing tests:");
        return at < 0
                ? ""
                : Found.section(output.substring(at), Pattern.compile("^test at "), Pattern.compile("^$|^ +at "));
    }
}
