package dev.saywhen.adapter.build.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Jest and Vitest: their summaries, or the JSON that both print for {@code --json} and {@code --reporter=json}. */
final class JestReport implements ReportForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern JEST = Pattern.compile("(?m)^Tests: +(.*\\b\\d{1,9} total)$");
    private static final Pattern JEST_SUITES = Pattern.compile("(?m)^Test Suites: +(.*\\b\\d{1,9} total)$");
    private static final Pattern VITEST = Pattern.compile("(?m)^ +Tests +(.*)\\((\\d+)\\)$");
    private static final Pattern VITEST_FILES = Pattern.compile("(?m)^ +Test Files +(.*)\\((\\d+)\\)$");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        return output.lines()
                .filter(line -> line.startsWith("{\"num") && line.contains("\"numTotalTests\""))
                .reduce((_, later) -> later)
                .flatMap(JestReport::json)
                .or(() -> Found.last(JEST, output).map(found -> jest(found, output)))
                .or(() -> Found.last(VITEST, output).map(found -> vitest(found, output)));
    }

    private static Optional<TestReport> json(String text) {
        try {
            JsonNode report = JSON.readTree(text);
            int failed = report.path("numFailedTests").asInt()
                    + report.path("numRuntimeErrorTestSuites").asInt();
            int skipped = report.path("numPendingTests").asInt()
                    + report.path("numTodoTests").asInt();
            return Optional.of(
                    new TestReport(report.path("numTotalTests").asInt(), failed, skipped, firstFailure(report)));
        } catch (JsonProcessingException none) {
            return Optional.empty();
        }
    }

    private static String firstFailure(JsonNode report) {
        for (JsonNode file : report.path("testResults")) {
            for (JsonNode test : file.path("assertionResults")) {
                if (test.path("status").asText().equals("failed")) {
                    String message = test.path("failureMessages").path(0).asText("");
                    return Shortened.of(test.path("fullName").asText() + "\n" + message);
                }
            }
            if (file.path("status").asText().equals("failed")
                    && !file.path("message").asText("").isBlank()) {
                return Shortened.of(file.path("message").asText());
            }
        }
        return "";
    }

    /** A file that could not be loaded has no failed test. */
    private static TestReport jest(MatchResult found, String output) {
        String counts = found.group(1);
        int failedFiles = Found.last(JEST_SUITES, output)
                .map(suites -> Found.before("failed", suites.group(1)))
                .orElse(0);
        return new TestReport(
                Found.before("total", counts),
                Math.max(Found.before("failed", counts), failedFiles),
                Found.before("skipped", counts) + Found.before("todo", counts),
                Found.section(
                        output,
                        Pattern.compile("^ +● "),
                        Pattern.compile("^(Test Suites:|(PASS|FAIL) )|^ +at .*node_modules")));
    }

    private static TestReport vitest(MatchResult found, String output) {
        String counts = found.group(1);
        int failedFiles = Found.last(VITEST_FILES, output)
                .map(files -> Found.before("failed", files.group(1)))
                .orElse(0);
        return new TestReport(
                Found.number(found, 2),
                Math.max(Found.before("failed", counts), failedFiles),
                Found.before("skipped", counts) + Found.before("todo", counts),
                Found.section(output, Pattern.compile("^ FAIL "), Pattern.compile("^⎯+\\[\\d+/\\d+]")));
    }
}
