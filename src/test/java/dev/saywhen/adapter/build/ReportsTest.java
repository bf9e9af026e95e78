package dev.saywhen.adapter.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.safety.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real runners printed, as it was recorded. */
class ReportsTest {
    private static final String SUREFIRE = "target/surefire-reports/TEST-shop.SumTest.xml";

    private final Map<String, String> files = new TreeMap<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            node-tap.txt           | 4 | 1 | 1 | Expected values to be strictly equal
            node-spec.txt          | 4 | 1 | 1 | AssertionError [ERR_ASSERTION]: Expected values to be strictly equal
            node-junit.txt         | 3 | 1 | 1 | Expected values to be strictly equal
            jest.txt               | 3 | 1 | 1 | expect(received).toBe(expected)
            jest-json.txt          | 3 | 1 | 1 | Expected: 2
            jest-not-loaded.txt    | 0 | 1 | 0 | Test suite failed to run
            vitest.txt             | 3 | 1 | 1 | expected +0 to be 2
            mocha.txt              | 3 | 1 | 1 | AssertionError [ERR_ASSERTION]: 0 == 2
            pytest.txt             | 3 | 1 | 1 | assert (1 - 1) == 2
            pytest-quiet.txt       | 3 | 1 | 1 | assert (1 - 1) == 2
            pytest-not-loaded.txt  | 1 | 1 | 0 | No module named 'nothing_such'
            unittest.txt           | 2 | 1 | 1 | AssertionError: 1 != 2
            go.txt                 | 5 | 2 | 1 | Add(1, 1) = 0, want 2
            go-json.txt            | 5 | 2 | 1 | Add(1, 1) = 0, want 2
            go-not-compiled.txt    | 0 | 1 | 0 | syntax error: unexpected {
            cargo.txt              | 3 | 1 | 1 | assertion `left == right` failed
            cargo-not-compiled.txt | 0 | 1 | 0 | error: this file contains an unclosed delimiter
            maven.txt              | 3 | 1 | 1 | expected: <2> but was: <0>
            maven-not-compiled.txt | 0 | 1 | 0 | Sum.java:[2,
            """)
    void a_failed_run_is_read(String name, int tests, int failed, int skipped, String shown) throws IOException {
        files.put(SUREFIRE, recorded("TEST-shop.SumTest.xml"));

        TestReport report = read(1, recorded(name));

        assertEquals(new TestReport(tests, failed, skipped, report.excerpt()), report);
        assertTrue(report.excerpt().contains(shown), report.excerpt());
        assertTrue(report.excerpt().length() <= 1_203, report.excerpt());
    }

    @Test
    void an_excerpt_is_the_first_failure_and_not_more() throws IOException {
        assertEquals("""
                test_adds

                    def test_adds():
                >       assert 1 - 1 == 2
                E       assert (1 - 1) == 2

                test_a.py:3: AssertionError""", read(1, recorded("pytest.txt")).excerpt());
        assertEquals("""
                === RUN   TestAdd/ones
                    sum_test.go:14: Add(1, 1) = 0, want 2""", read(1, recorded("go.txt")).excerpt());
        assertEquals("""
                ---- t::adds stdout ----

                thread 't::adds' (23406) panicked at src/lib.rs:3:21:
                assertion `left == right` failed
                  left: 0
                 right: 2""", read(1, recorded("cargo.txt")).excerpt());
        assertEquals("""
                test at test/add.test.js:2:1
                ✖ adds""", read(1, recorded("node-spec.txt")).excerpt().split(" \\(")[0]);
    }

    @Test
    void reports_that_are_older_than_the_build_are_not_looked_at() throws IOException {
        files.put("target/surefire-reports/TEST-shop.GoneTest.xml", recorded("TEST-shop.SumTest.xml"));

        assertEquals(0, read(1, recorded("maven-not-compiled.txt")).tests());
        assertEquals(0, read(1, recorded("maven.txt")).tests());
    }

    @Test
    void reports_of_all_modules_are_added_up() throws IOException {
        files.put(SUREFIRE, recorded("TEST-shop.SumTest.xml"));
        files.put("core/" + SUREFIRE, recorded("TEST-shop.SumTest.xml"));

        assertEquals(6, read(1, recorded("maven.txt")).tests());
    }

    @Test
    void a_quiet_build_that_succeeded_is_what_its_reports_say() throws IOException {
        files.put(SUREFIRE, recorded("TEST-shop.SumTest.xml"));

        assertEquals(3, read(0, "").tests());
        assertEquals(new TestReport(0, 1, 0, "no reason given"), read(1, "no reason given\n"));
    }

    @Test
    void a_report_that_cannot_be_read_or_would_read_other_files_is_a_failure() {
        String reports = "[INFO] BUILD SUCCESS\n[INFO] Running shop.SumTest\n";
        String unreadable = "The report " + SUREFIRE + " cannot be read.";
        files.put(SUREFIRE, "<testsuite");
        assertEquals(new TestReport(0, 1, 0, unreadable), read(0, reports));

        files.put(
                SUREFIRE,
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite><testcase>&e;</testcase></testsuite>");
        assertEquals(new TestReport(0, 1, 0, unreadable), read(0, reports));
    }

    @Test
    void gradle_counts_what_its_test_tasks_wrote() throws IOException {
        files.put("app/build/test-results/test/TEST-shop.SumTest.xml", recorded("TEST-shop.SumTest.xml"));

        TestReport tested = read(1, "> Task :app:test FAILED\n\nBUILD FAILED in 3s\n");
        TestReport broken = read(1, """
                > Task :app:compileJava FAILED
                /work/app/src/main/java/Sum.java:2: error: ';' expected

                * What went wrong:
                Compilation failed

                BUILD FAILED in 1s
                """);

        assertEquals(new TestReport(3, 1, 1, tested.excerpt()), tested);
        assertEquals(new TestReport(0, 1, 0, "/work/app/src/main/java/Sum.java:2: error: ';' expected"), broken);
    }

    @Test
    void what_a_test_prints_does_not_make_a_failed_run_green() {
        String forged = "test result: ok. 9 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";

        assertEquals(new TestReport(9, 1, 0, forged.strip()), read(1, forged));
    }

    @Test
    void colours_and_endings_of_other_systems_are_no_hindrance() {
        assertEquals(
                new TestReport(2, 0, 0, ""),
                read(0, "\u001B[32m\u001B[1mTests:       \u001B[22m\u001B[39m2 passed, 2 total\r\n"));
    }

    @Test
    void no_output_holds_a_reader_up() {
        for (String line : List.of(
                "x".repeat(200) + "\n",
                "1 1 1 1 1 1 ",
                "1 a ",
                "_____ ",
                "=== RUN   \n",
                "<testsuites>",
                "[ERROR] a\n",
                "\"numTotalTests\"",
                "1",
                " -- in ",
                "(1)",
                "\n")) {
            String output = "{\"num1 Tests:  1\nTests:  1" + line.repeat(200_000 / line.length()) + "!";
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(1, output), line);
        }
    }

    private TestReport read(int exit, String output) {
        CommandResult result = new CommandResult(
                CommandResult.Ending.EXITED, exit, Duration.ofSeconds(1), "", "output/run-1/0001.log");
        WorkTree tree = new WorkTree() {
            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public List<String> list(String folder) {
                return List.copyOf(files.keySet());
            }
        };
        return new KnownBuilds(_ -> output, Map.of()).report(tree, result);
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = ReportsTest.class.getResourceAsStream("/outputs/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
