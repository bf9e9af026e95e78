package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.safety.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out whose output it is by the output itself: what a plan runs may be a script of the project's own.
 *
 * <p>A test can print what it likes, also a report that is none. So the exit code has the last word: what failed without a
 * failed test is one failure.
 */
public final class Reports {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");
    private static final Pattern ERROR = Pattern.compile("\\berror\\b", Pattern.CASE_INSENSITIVE);
    private static final int LAST_LINES = 25;

    private static final List<ReportForm> FORMS = List.of(
            new MavenReport(),
            new GradleReport(),
            new CargoReport(),
            new GoReport(),
            new JestReport(),
            new NodeReport(),
            new MochaReport(),
            new PytestReport(),
            new UnittestReport(),
            new PrintedXml());

    private Reports() {}

    /** @param output all that was printed */
    public static TestReport read(WorkTree tree, CommandResult result, String output) {
        String plain = COLOUR.matcher(output).replaceAll("").replace("\r\n", "\n");
        TestReport report = FORMS.stream()
                .map(form -> form.read(plain, tree))
                .flatMap(Optional::stream)
                .reduce(TestReport.NONE, Reports::sum);
        if (result.succeeded()) {
            return report.equals(TestReport.NONE) ? quiet(tree) : report;
        }
        if (report.failed() > 0) {
            return report;
        }
        String why = report.excerpt().isBlank() ? lastLines(plain) : report.excerpt();
        return new TestReport(report.tests(), 1, report.skipped(), Shortened.of(why));
    }

    /** A build that printed nothing and succeeded: what it wrote about its tests is what it came to. */
    private static TestReport quiet(WorkTree tree) {
        return XmlFolder.sum(tree, path -> MavenReport.isReport(path) || GradleReport.isReport(path));
    }

    static TestReport sum(TestReport one, TestReport other) {
        return new TestReport(
                one.tests() + other.tests(),
                one.failed() + other.failed(),
                one.skipped() + other.skipped(),
                one.excerpt().isBlank() ? other.excerpt() : one.excerpt());
    }

    /** A build that broke says so at its end; lines that say what an error is are worth more than others. */
    private static String lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        List<String> errors = lines.stream()
                .filter(line -> ERROR.matcher(line).find())
                .limit(LAST_LINES)
                .toList();
        Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - LAST_LINES));
        return String.join("\n", errors.isEmpty() ? last.toList() : errors);
    }
}
