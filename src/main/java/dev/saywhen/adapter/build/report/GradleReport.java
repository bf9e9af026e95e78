package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gradle's test tasks. Their reports count if one of these tasks ran, or was found to be up to date, in this build. */
final class GradleReport implements ReportForm {
    private static final Pattern GRADLE = Pattern.compile("(?m)^BUILD (?:SUCCESSFUL|FAILED) in ");
    private static final Pattern TESTED =
            Pattern.compile("(?m)^> Task \\S*[tT]est(?: UP-TO-DATE| FROM-CACHE| FAILED)?$");
    private static final Pattern REPORT = Pattern.compile("(?:^|/)build/test-results/[^/]+/TEST-.+\\.xml$");

    static boolean isReport(String path) {
        return REPORT.matcher(path).find();
    }

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        if (!GRADLE.matcher(output).find()) {
            return Optional.empty();
        }
        TestReport report =
                TESTED.matcher(output).find() ? XmlFolder.sum(tree, GradleReport::isReport) : TestReport.NONE;
        boolean broke = report.failed() == 0 && output.contains("\nBUILD FAILED in ");
        return Optional.of(broke ? new TestReport(report.tests(), 1, report.skipped(), whatWentWrong(output)) : report);
    }

    private static String whatWentWrong(String output) {
        String compiler =
                Found.section(output, Pattern.compile("\\.(?:java|kt|groovy):\\d+: |^e: "), Pattern.compile("^\\* "));
        return compiler.isBlank()
                ? Found.section(output, Pattern.compile("^\\* What went wrong:"), Pattern.compile("^\\* Try:"))
                : compiler;
    }
}
