package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maven with Surefire and Failsafe. Their reports outlive a build that did not get as far as its tests; only those of classes
 * that this build says it ran are read.
 */
final class MavenReport implements ReportForm {
    private static final Pattern MAVEN =
            Pattern.compile("(?m)^\\[(?:INFO|ERROR)] (?:BUILD |Scanning for|Tests run:|T E S T S"
                    + "|COMPILATION ERROR|Failed to execute goal|-+< )");
    private static final Pattern RAN =
            Pattern.compile("(?m)^\\[(?:INFO|WARNING|ERROR)] (?:Tests run: \\d+.* -- in |Running )(\\S+)");
    private static final Pattern ERROR = Pattern.compile("(?m)^\\[ERROR] (.+)");
    private static final Pattern ADVICE =
            Pattern.compile("^(?:\\[Help|-> \\[Help|Re-run Maven|To see the full|For more information|See )");
    private static final Pattern REPORT =
            Pattern.compile("(?:^|/)target/(?:surefire|failsafe)-reports/TEST-(.+)\\.xml$");

    static boolean isReport(String path) {
        return REPORT.matcher(path).find();
    }

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        if (!MAVEN.matcher(output).find()) {
            return Optional.empty();
        }
        Set<String> ran =
                Found.all(RAN, output).stream().map(found -> found.group(1)).collect(Collectors.toSet());
        TestReport report = XmlFolder.sum(
                tree,
                path -> Found.last(REPORT, path)
                        .filter(found -> ran.contains(found.group(1)))
                        .isPresent());
        boolean broke = report.failed() == 0 && output.contains("BUILD FAILURE");
        return Optional.of(broke ? new TestReport(report.tests(), 1, report.skipped(), errors(output)) : report);
    }

    private static String errors(String output) {
        return Shortened.of(Found.all(ERROR, output).stream()
                .map(found -> found.group(1))
                .filter(line -> !ADVICE.matcher(line).find())
                .distinct()
                .limit(20)
                .collect(Collectors.joining("\n")));
    }
}
