package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.Pattern;

/** pytest, quiet or not. A file that cannot be loaded is an error, and a failure here. Expected failures are skipped tests. */
final class PytestReport implements ReportForm {
    private static final Pattern SUMMARY = Pattern.compile("(?m)^(?:=+ )?((?:\\d+ [a-z]+,? ){0,12}\\d+ "
            + "(?:passed|failed|errors?|skipped|xfailed|xpassed|warnings?|deselected|rerun)|no tests ran) in [\\d.]+s");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        return Found.last(SUMMARY, output).map(found -> report(found.group(1), output));
    }

    private static TestReport report(String counts, String output) {
        int failed = Found.before("failed", counts) + Found.before("errors?", counts);
        int skipped = Found.before("skipped", counts) + Found.before("xfailed", counts);
        int passed = Found.before("passed", counts) + Found.before("xpassed", counts);
        return new TestReport(passed + failed + skipped, failed, skipped, excerpt(output));
    }

    private static String excerpt(String output) {
        return Found.section(
                        output,
                        Pattern.compile("^_{3,} .+ _{3,}$"),
                        Pattern.compile("^(_{3,} .+ _{3,}|=+ .+ =+|[A-Z]+ \\S+( - .*)?)$"))
                .replaceFirst("^_+ (.+) _+", "$1");
    }
}
