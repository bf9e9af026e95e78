package dev.saywhen.engineer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeakeningTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            src/test/java/ATest.java   | @Disabled                                  | adds a disabled or conditional test (@Disabled)
            src/test/java/ATest.java   | @org.junit.jupiter.api.Disabled("later")   | adds a disabled or conditional test (@org.junit.jupiter.api.Disabled)
            src/test/java/ATest.java   | @ Disabled                                 | adds a disabled or conditional test (@ Disabled)
            src/test/java/ATest.java   | @\\u0044isabled                            | adds a disabled or conditional test (@Disabled)
            src/test/java/ATest.java   | @DisabledOnOs(OS.LINUX)                    | adds a disabled or conditional test (@DisabledOnOs)
            src/test/java/ATest.java   | @Ignore                                    | adds a disabled or conditional test (@Ignore)
            src/test/java/ATest.java   | @EnabledIfSystemProperty(named = "x")      | adds a disabled or conditional test (@EnabledIfSystemProperty)
            src/test/java/ATest.java   | assumeTrue(false);                         | adds an assumption that skips a test (assumeTrue()
            src/test/java/ATest.java   | Assumptions.abort();                       | adds an assumption that skips a test (abort()
            a.test.js                  | it.skip('a', f)                            | adds a skipped test (it.skip)
            a.test.js                  | describe.each([1]).skip('a', f)            | adds a skipped test (.skip)
            a.test.js                  | test.concurrent.only('a', f)               | adds a test that runs alone (.only)
            a.test.js                  | test['skip']('a', f)                       | adds a skipped test (['skip'])
            a.test.js                  | { skip: true }                             | adds a skipped test (skip:)
            a.test.js                  | { only: true }                             | adds a test that runs alone (only:)
            a.test.js                  | t.todo('a')                                | adds a skipped test (t.todo)
            a.test.js                  | xit('a', f)                                | adds a skipped test (xit()
            a.test.js                  | fdescribe('a', f)                          | adds a test that runs alone (fdescribe()
            a.test.js                  | this.skip()                                | adds a skipped test (this.skip)
            tests/test_a.py            | @pytest.mark.skip(reason="x")              | adds a skipped test (mark.skip)
            tests/test_a.py            | @pytest.mark.skipif(True)                  | adds a skipped test (mark.skipif)
            tests/test_a.py            | @pytest.mark.xfail                         | adds a skipped test (mark.xfail)
            tests/test_a.py            | pytest.importorskip("x")                   | adds a skipped test (pytest.importorskip)
            tests/test_a.py            | self.skipTest("x")                         | adds a skipped test (skipTest)
            tests/test_a.py            | raise unittest.SkipTest                    | adds a skipped test (SkipTest)
            conftest.py                | collect_ignore = ["test_a.py"]             | adds a skipped test (collect_ignore)
            conftest.py                | def pytest_collection_modifyitems(items):  | adds a skipped test (pytest_collection_modifyitems)
            a_test.go                  | t.Skip("x")                                | adds a skipped test (.Skip()
            a_test.go                  | if testing.Short() {                       | adds a skipped test (testing.Short()
            a_test.go                  | //go:build never                           | adds a build condition (//go:build)
            src/lib.rs                 | #[ignore]                                  | adds an ignored test (#[ignore)
            src/lib.rs                 | #[cfg_attr(all(), ignore)]                 | adds an ignored test (cfg_attr(all(), ignore)
            pom.xml                    | <skipTests>true</skipTests>                | adds tests that do not run (<skipTests>)
            pom.xml                    | <testFailureIgnore>true                    | adds a failure that does not count (testFailureIgnore)
            pom.xml                    | <maven.test.skip>true                      | adds tests that do not run (maven.test.skip)
            pom.xml                    | <excludedGroups>slow</excludedGroups>      | adds tests that do not run (excludedGroups)
            .mvn/maven.config          | -DskipTests                                | adds tests that do not run (-DskipTests)
            build.gradle               | ignoreFailures = true                      | adds a failure that does not count (ignoreFailures)
            package.json               | "test": "jest; exit 0"                     | adds a failure that does not count (; exit 0)
            package.json               | "test": "jest --passWithNoTests"           | adds a failure that does not count (--passWithNoTests)
            jest.config.js             | testPathIgnorePatterns: ['a']              | adds tests or code left out (testPathIgnorePatterns)
            pytest.ini                 | addopts = --ignore=tests/test_a.py         | adds tests or code left out (--ignore)
            pyproject.toml             | addopts = "-q --deselect tests/test_a.py"  | adds tests or code left out (--deselect)
            .coveragerc                | omit = src/a.py                            | adds tests or code left out (omit =)
            """)
    void what_takes_a_test_away_is_seen(String path, String text, String weakened) {
        assertEquals(List.of(weakened), Weakening.of(path, "", text + "\n"));
        assertEquals(List.of(), Weakening.of(path, text + "\n", text + "\nmore\n"), "it was there before");
        assertEquals(List.of(), Weakening.of(path, text + "\n", "\n"), "it goes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pom.xml        | <minimum>0.80</minimum>               | <minimum>0.5</minimum>           | lowers a least coverage from 0.8 to 0.5
            pom.xml        | <minimum>0.80</minimum>               | <rule/>                          | removes a least coverage
            pom.xml        | <mutationThreshold>80</mutationThreshold> | <mutationThreshold>79</mutationThreshold> | lowers a threshold from 80 to 79
            build.gradle   | minimum = 0.9                         | minimum = 0.1                    | lowers a least coverage from 0.9 to 0.1
            package.json   | "branches": 80, "lines": 90           | "branches": 80, "lines": 9       | lowers a coverage threshold from 90 to 9
            jest.config.js | global: { branches: 80 }              | global: { branches: 10 }         | lowers a coverage threshold from 80 to 10
            package.json   | node --test-coverage-lines=90         | node --test-coverage-lines=80    | lowers a coverage threshold from 90 to 80
            pytest.ini     | addopts = --cov-fail-under=85         | addopts = --cov-fail-under=80    | lowers a least coverage from 85 to 80
            .coveragerc    | fail_under = 85                       | fail_under = 0                   | lowers a least coverage from 85 to 0
            codecov.yml    | target: 80%                           | target: 50%                      | lowers a coverage target from 80 to 50
            """)
    void a_lower_bar_is_seen(String path, String before, String after, String weakened) {
        assertEquals(List.of(weakened), Weakening.of(path, before, after));
        if (!weakened.startsWith("removes")) {
            assertEquals(List.of(), Weakening.of(path, after, before), "a higher one is none");
        }
    }

    @Test
    void a_failure_that_is_swallowed_is_seen() {
        assertEquals(
                List.of("adds a failure that does not count (|| true)"),
                Weakening.of("package.json", "\"test\": \"jest\"", "\"test\": \"jest || true\""));
    }

    @Test
    void fewer_tests_and_assertions_are_seen() {
        String java =
                "@Test void a() { assertEquals(1, f()); assertThrows(X.class, g); }\n@Test void b() { verify(x).y(); }";
        assertEquals(
                List.of("removes 1 test", "removes 1 assertion"),
                Weakening.of("src/test/java/ATest.java", java, java.substring(0, java.indexOf('\n'))));
        assertEquals(
                List.of("removes 2 tests", "removes 3 assertions"), Weakening.of("src/test/java/ATest.java", java, ""));
        assertEquals(
                List.of("removes 1 assertion"),
                Weakening.of("a.spec.ts", "it('a', () => { expect(f()).toBe(1) })", "it('a', () => { f() })"));
        assertEquals(
                List.of("removes 1 test", "removes 1 assertion"),
                Weakening.of("test_a.py", "def test_a():\n    assert f() == 1\n", "def a():\n    f()\n"));
        assertEquals(
                List.of("removes 1 test", "removes 1 assertion"),
                Weakening.of("a_test.go", "func TestA(t *testing.T) {\n\tt.Fatal(1)\n}", "func helper() {}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            src/main/java/A.java         | stream.skip(1).filter(only)
            src/main/java/Edit.java      | abort(); assumeRole(x);
            src/index.js                 | cursor.skip(10); const only = 1
            README.md                    | Use @Disabled never, and it.skip neither
            src/test/java/ATest.java     | @Test void skipsTheFirst() { assertEquals(1, list.stream().skip(1).count()); }
            a.test.js                    | test('a', { skip: false, only: false }, f)
            app/paging.py                | rows[skip:]
            package.json                 | "test": "node --test"
            """)
    void an_ordinary_change_is_none(String path, String text) {
        assertEquals(List.of(), Weakening.of(path, "", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cfg_attr(",
                "addopts = ",
                "it.each ",
                "@a.",
                "@",
                "\n",
                " ",
                ". ",
                "|| ",
                "test ",
                "expect",
                "skip ",
                "fail",
                "lines: 1",
                "<minimum>"
            })
    void no_text_holds_a_reader_up(String piece) {
        String text = piece.repeat(100_000 / piece.length());

        for (String path :
                List.of("tests/a.rs", "a.test.js", "test_a.py", "ATest.java", "a_test.go", "pom.xml", "pytest.ini")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Weakening.of(path, "", text), path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/test/java/x/BookTest.java",
                "src/test/java/x/Books.java",
                "BookIT.java",
                "test/a.js",
                "a.spec.tsx",
                "tests/test_a.py",
                "test_a.py",
                "a_test.go",
                "__tests__/a.js",
                "conftest.py",
                "tests/a.rs"
            })
    void a_test_is_known_by_its_path(String path) {
        assertTrue(Weakening.isTest(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/Commit.java",
                "src/latest.js",
                "contest.py",
                "src/main/java/Audit.java",
                "Protest.kt"
            })
    void other_files_are_no_tests(String path) {
        assertFalse(Weakening.isTest(path));
    }
}
