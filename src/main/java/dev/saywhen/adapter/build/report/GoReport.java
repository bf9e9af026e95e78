package dev.saywhen.adapter.build.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code go test -v}, and {@code go test -json}, whose events carry the same text. Subtests count as tests. */
final class GoReport implements ReportForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PACKAGE = Pattern.compile("(?m)^(?:ok  \t|FAIL\t|\\?   \t|--- FAIL: |=== RUN   )\\S+");
    private static final Pattern RESULT = Pattern.compile("(?m)^ *--- (PASS|FAIL|SKIP): \\S+ \\(\\d+\\.\\d+s\\)");
    private static final Pattern BROKEN = Pattern.compile("(?m)^FAIL\t\\S+ \\[(?:build|setup) failed]");

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        String text = output.startsWith("{\"") ? text(output) : output;
        if (!PACKAGE.matcher(text).find()) {
            return Optional.empty();
        }
        List<MatchResult> results = Found.all(RESULT, text);
        int broken = Found.all(BROKEN, text).size();
        return Optional.of(new TestReport(
                results.size(), count(results, "FAIL") + broken, count(results, "SKIP"), excerpt(text, broken > 0)));
    }

    private static int count(List<MatchResult> results, String verdict) {
        return (int)
                results.stream().filter(found -> verdict.equals(found.group(1))).count();
    }

    /** What a test has to say comes between its beginning and its verdict; from a compiler it comes under the package's name. */
    private static String excerpt(String text, boolean isBroken) {
        if (isBroken) {
            return Found.section(text, Pattern.compile("^# "), Pattern.compile("^(FAIL|ok)\\b"));
        }
        Optional<String> failed = Found.all(Pattern.compile("(?m)^ *--- FAIL: (\\S+)"), text).stream()
                .map(found -> found.group(1))
                .reduce((one, other) -> other.startsWith(one + "/") ? other : one);
        return failed.map(name -> Found.section(
                        text,
                        Pattern.compile("^=== RUN +" + Pattern.quote(name) + "$"),
                        Pattern.compile("^=== RUN +(?!" + Pattern.quote(name) + "$)|^ *--- ")))
                .filter(section -> section.lines().count() > 1)
                .orElseGet(() -> Found.section(
                        text, Pattern.compile("^ *--- FAIL: "), Pattern.compile("^(FAIL|ok|=== )\\b|^--- PASS")));
    }

    private static String text(String events) {
        StringBuilder text = new StringBuilder();
        events.lines().forEach(line -> text.append(output(line)));
        return text.toString();
    }

    private static String output(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return event.path("Output").asText("");
        } catch (JsonProcessingException noEvent) {
            return line + "\n";
        }
    }
}
