package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code cargo test}: one line for each of its test programs. */
final class CargoReport implements ReportForm {
    private static final Pattern RESULT = Pattern.compile(
            "(?m)^test result: \\w+\\. (\\d+) passed; (\\d+) failed; (\\d+) ignored; \\d+ measured; \\d+ filtered out");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        List<MatchResult> results = Found.all(RESULT, output);
        if (results.isEmpty()) {
            return Optional.empty();
        }
        String excerpt = Found.section(
                output,
                Pattern.compile("^---- .+ stdout ----$"),
                Pattern.compile("^(stack backtrace:|note: |failures:|---- )"));
        return Optional.of(results.stream()
                .map(found -> new TestReport(
                        Found.number(found, 1) + Found.number(found, 2) + Found.number(found, 3),
                        Found.number(found, 2),
                        Found.number(found, 3),
                        ""))
                .reduce(new TestReport(0, 0, 0, excerpt), Reports::sum));
    }
}
