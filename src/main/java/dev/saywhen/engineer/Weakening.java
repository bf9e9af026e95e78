package dev.saywhen.engineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a change of a file takes from the tests: fewer of them, less that they assert, lower bars. Looks at text and knows
 * the customs of JUnit, Jest, Vitest, Mocha, node:test, pytest, unittest, Go and Rust; what they do not write down it cannot
 * see, and a test that asserts nothing of worth is for a reviewer.
 *
 * <p>A false alarm costs a question in the thread, a silent one the point of testing: in doubt it speaks.
 */
public final class Weakening {
    private static final Predicate<String> TEST = Pattern.compile(
                    "(^|/)(tests?|specs?|__tests__)/|(^|/)src/(it|integrationTest|testFixtures)/"
                            + "|(^|/)test_[^/]*\\.py$|_tests?\\.(py|go|rs)$|(^|/)conftest\\.py$"
                            + "|\\.(test|spec)\\.[cm]?[jt]sx?$|(?-i:Tests?|IT|Spec)\\.(java|kt|groovy)$",
                    Pattern.CASE_INSENSITIVE)
            .asPredicate();
    private static final Predicate<String> JVM = ending("java", "kt", "groovy", "scala");
    private static final Predicate<String> SCRIPT = ending("js", "cjs", "mjs", "jsx", "ts", "cts", "mts", "tsx");
    private static final Predicate<String> PYTHON = ending("py");
    private static final Predicate<String> GO = ending("go");
    private static final Predicate<String> RUST = ending("rs");
    private static final Predicate<String> SETTINGS = ending(
            "xml",
            "gradle",
            "kts",
            "json",
            "toml",
            "cfg",
            "ini",
            "yml",
            "yaml",
            "properties",
            "config",
            "mk",
            "sh",
            "coveragerc",
            "nycrc",
            "c8rc");
    private static final Predicate<String> SETTINGS_BY_NAME = Pattern.compile(
                    "(^|/)((jest|vitest|vite|karma|playwright)\\.[^/]*|\\.mocharc[^/]*|Makefile|justfile|\\.coveragerc"
                            + "|\\.nycrc|\\.c8rc|jvm\\.config|maven\\.config)$",
                    Pattern.CASE_INSENSITIVE)
            .asPredicate();

    /** Something that must not become more. */
    private record Mark(Predicate<String> files, Pattern pattern, String meaning) {
        Mark(Predicate<String> files, String pattern, String meaning) {
            this(files, Pattern.compile(pattern), meaning);
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark(
                    JVM,
                    "@\\s*(?:[\\w.]+\\.)?(?:Disabled\\w*|Ignore\\w*|EnabledIf\\w*|EnabledOn\\w*|EnabledFor\\w*)\\b",
                    "a disabled or conditional test"),
            new Mark(JVM.and(TEST), "\\b(?:assum(?:e|ing)[A-Z]\\w*|abort)\\s*\\(", "an assumption that skips a test"),
            new Mark(
                    SCRIPT.and(TEST),
                    "(?:\\b(?:it|test|describe|suite|context|specify|bench|t|this)\\s*)?\\.\\s*"
                            + "(?:skip|skipIf|runIf|todo|fails|failing)\\b(?!\\s*\\(\\s*\\d)",
                    "a skipped test"),
            new Mark(
                    SCRIPT.and(TEST),
                    "\\[\\s*['\"`](?:skip|only|todo|skipIf)['\"`]\\s*\\]|\\b(?:skip|todo)\\s*:(?!\\s*false\\b)",
                    "a skipped test"),
            new Mark(
                    SCRIPT.and(TEST),
                    "\\.\\s*only\\b|\\bonly\\s*:(?!\\s*false\\b)|\\b(?:fit|fdescribe|ftest)\\s*\\(",
                    "a test that runs alone"),
            new Mark(SCRIPT.and(TEST), "\\b(?:xit|xdescribe|xtest|xcontext|xspecify|pending)\\s*\\(", "a skipped test"),
            new Mark(
                    PYTHON,
                    "\\bmark\\s*\\.\\s*(?:skip\\w*|xfail)\\b|\\bpytest\\s*\\.\\s*(?:skip|xfail|importorskip)\\b"
                            + "|\\bskip(?:If|Unless|Test)\\b|\\bunittest\\s*\\.\\s*skip|\\bSkipTest\\b|\\bexpectedFailure\\b"
                            + "|\\b__test__\\s*=|\\bcollect_ignore\\w*|\\bpytest_(?:collection_modifyitems|ignore_collect)\\b",
                    "a skipped test"),
            new Mark(GO.and(TEST), "\\.\\s*Skip(?:Now|f)?\\s*\\(|\\btesting\\s*\\.\\s*Short\\s*\\(", "a skipped test"),
            new Mark(GO.and(TEST), "(?m)^//\\s*(?:go:build|\\+build)\\b", "a build condition"),
            new Mark(RUST, "#\\s*!?\\[\\s*ignore\\b|\\bcfg_attr\\s*\\([^\\n]{0,200}?\\bignore", "an ignored test"),
            new Mark(
                    Weakening::isSettings,
                    "-DskipTests(?!=false)|<skip(?:Tests|ITs)?>\\s*(?!false)|\\bmaven\\.test\\.skip\\b|\\bskipTests\\b"
                            + "|\\bskipITs\\b|-x\\s*test\\b|\\bexclude(?:Test|Tags|dGroups)\\b",
                    "tests that do not run"),
            new Mark(
                    Weakening::isSettings,
                    "testFailureIgnore|maven\\.test\\.failure\\.ignore|ignoreFailures|haltOnFailure>\\s*false"
                            + "|failIfNoTests>\\s*false|--passWithNoTests|\\bpassWithNoTests\\b|\\|\\|\\s*(?:true|:|exit\\s+0)"
                            + "|;\\s*(?:true|exit\\s+0)\\b|--force-exit-zero|continue-on-error",
                    "a failure that does not count"),
            new Mark(
                    Weakening::isSettings,
                    "testPathIgnorePatterns|testIgnore\\b|--ignore(?:-glob)?\\b|--deselect\\b|collect_ignore|\\bnorecursedirs\\b"
                            + "|coveragePathIgnorePatterns|--test-skip-pattern|\\bomit\\s*=|--skip\\b",
                    "tests or code left out"),
            new Mark(
                    Weakening::isSettings,
                    "--test-only\\b|--testNamePattern|--test-name-pattern|addopts\\s*=.{0,500}?\\s-[km]\\s",
                    "a choice of tests"));

    /** A bar that must neither be lowered nor taken away. */
    private record Bar(Pattern pattern, String name) {
        Bar(String pattern, String name) {
            this(Pattern.compile(pattern), name);
        }

        List<Double> in(String text) {
            return pattern.matcher(text)
                    .results()
                    .map(found -> Double.parseDouble(found.group(1)))
                    .toList();
        }
    }

    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final List<Bar> BARS = List.of(
            new Bar("<minimum>\\s*" + NUMBER, "a least coverage"),
            new Bar("\\bminimum\\s*=\\s*[\"']?" + NUMBER, "a least coverage"),
            new Bar("<(?:mutation|coverage|testStrength)Threshold>\\s*" + NUMBER, "a threshold"),
            new Bar("\\b(?:mutation|coverage)Threshold\\s*=\\s*" + NUMBER, "a threshold"),
            new Bar(
                    "[\"']?\\b(?:branches|functions|lines|statements)\\b[\"']?\\s*:\\s*" + NUMBER,
                    "a coverage threshold"),
            new Bar(
                    "--(?:test-coverage-)?(?:branches|functions|lines|statements)[= ]" + NUMBER,
                    "a coverage threshold"),
            new Bar("(?:--cov-fail-under|--fail-under)[= ]" + NUMBER, "a least coverage"),
            new Bar("\\bfail_under\\s*=\\s*" + NUMBER, "a least coverage"),
            new Bar("(?m)^[ \\t]*(?:target|threshold):\\s*[\"']?" + NUMBER + "\\s*%", "a coverage target"));

    private static final Pattern ASSERTION = Pattern.compile(
            "\\b(?:assert\\w*|expect|verify|fail|should\\w*|require)\\s*[.(!]|\\bassert\\s|\\bt\\.(?:Error|Fatal)f?\\s*\\("
                    + "|\\bself\\.assert\\w*\\s*\\(|\\b(?:assert|assert_eq|assert_ne|panic)!\\s*\\(|\\bpytest\\.raises\\b"
                    + "|\\.\\s*(?:statusCode|body)\\s*\\(");
    private static final Pattern CASE =
            Pattern.compile("@\\s*(?:[\\w.]+\\.)?(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b"
                    + "|\\b(?:it|test)\\s*(?:\\.\\s*each\\b[^(]{0,200})?\\(|\\bdef\\s+test\\w*|\\bfunc\\s+Test\\w+"
                    + "|#\\s*\\[\\s*(?:\\w+::)?test\\b");

    private Weakening() {}

    /**
     * What the change would weaken, one clause each, as in {@code adds a skipped test (it.skip)}; empty where nothing is.
     *
     * @param before what the file holds now; empty where there is none
     * @param after what it would hold; empty where it would be gone
     */
    public static List<String> of(String path, String before, String after) {
        String was = readable(path, before);
        String becomes = readable(path, after);
        List<String> found = new ArrayList<>();
        for (Mark mark : MARKS) {
            if (mark.files().test(path)) {
                added(mark, was, becomes, found);
            }
        }
        if (isSettings(path)) {
            BARS.forEach(bar -> lowered(bar, was, becomes, found));
        }
        if (isTest(path)) {
            fewer(CASE, "test", was, becomes, found);
            fewer(ASSERTION, "assertion", was, becomes, found);
        }
        return List.copyOf(found);
    }

    /** Whether the path is that of a test, by the customs of its language. */
    public static boolean isTest(String path) {
        return TEST.test(path);
    }

    private static boolean isSettings(String path) {
        return SETTINGS_BY_NAME.test(path) || (SETTINGS.test(path) && !isTest(path));
    }

    private static void added(Mark mark, String was, String becomes, List<String> found) {
        List<String> before = texts(mark.pattern(), was);
        List<String> after = new ArrayList<>(texts(mark.pattern(), becomes));
        if (after.size() > before.size()) {
            before.forEach(after::remove);
            String shown = after.isEmpty() ? "" : " (" + after.getFirst().strip() + ")";
            found.add("adds " + mark.meaning() + shown);
        }
    }

    private static List<String> texts(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    private static void lowered(Bar bar, String was, String becomes, List<String> found) {
        List<Double> before = bar.in(was);
        List<Double> after = bar.in(becomes);
        if (after.size() < before.size()) {
            found.add("removes " + bar.name());
            return;
        }
        BiPredicate<Integer, List<Double>> isLower = (at, numbers) -> numbers.get(at) < before.get(at);
        for (int at = 0; at < before.size(); at++) {
            if (isLower.test(at, after)) {
                found.add("lowers %s from %s to %s".formatted(bar.name(), plain(before.get(at)), plain(after.get(at))));
                return;
            }
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static void fewer(Pattern pattern, String name, String was, String becomes, List<String> found) {
        long lost = pattern.matcher(was).results().count()
                - pattern.matcher(becomes).results().count();
        if (lost > 0) {
            found.add("removes " + lost + " " + name + (lost == 1 ? "" : "s"));
        }
    }

    /** Java and Kotlin read {@code \\u0044} as the letter before they read anything else; so do we. */
    private static String readable(String path, String text) {
        if (!JVM.test(path) && !SCRIPT.test(path)) {
            return text;
        }
        return Pattern.compile("\\\\u+([0-9a-fA-F]{4})")
                .matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static Predicate<String> ending(String... endings) {
        List<String> all = List.of(endings);
        return path -> {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return all.contains(name.substring(name.lastIndexOf('.') + 1));
        };
    }
}
