package dev.saywhen.engineer;

/**
 * What a run of tests came to.
 *
 * @param excerpt the first failure, short enough to read on a phone; blank if there is none
 */
public record TestReport(int tests, int failed, int skipped, String excerpt) {
    public static final TestReport NONE = new TestReport(0, 0, 0, "");

    public boolean isGreen() {
        return tests > 0 && failed == 0 && skipped == 0;
    }
}
