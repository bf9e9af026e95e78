package dev.saywhen.adapter.blueprint.report;

import dev.saywhen.engineer.WorkTree;
import java.util.List;
import java.util.Optional;

/** How much of the code the tests ran, from JaCoCo's CSV report. */
public record Coverage(int linesCovered, int lines, int branchesCovered, int branches) {
    private static final String FILE = "target/jacoco-report/jacoco.csv";
    private static final int BRANCH_MISSED = 5;
    private static final int LINE_MISSED = 7;
    private static final int COLUMNS = 13;

    /** Empty where there is no report, or none that can be read. */
    public static Optional<Coverage> read(WorkTree tree) {
        return tree.read(FILE).flatMap(Coverage::of);
    }

    private static Optional<Coverage> of(String csv) {
        int[] sums = new int[4];
        List<String> rows = csv.lines().skip(1).filter(row -> !row.isBlank()).toList();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            if (cells.length < COLUMNS) {
                return Optional.empty();
            }
            try {
                for (int at = 0; at < 2; at++) {
                    sums[at] += Integer.parseInt(cells[BRANCH_MISSED + at]);
                    sums[2 + at] += Integer.parseInt(cells[LINE_MISSED + at]);
                }
            } catch (NumberFormatException unreadable) {
                return Optional.empty();
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Coverage(sums[3], sums[2] + sums[3], sums[1], sums[0] + sums[1]));
    }

    /** One line for a report. */
    public String line() {
        return "Coverage: %s of lines (%d of %d), %s of branches (%d of %d)."
                .formatted(
                        percent(linesCovered, lines),
                        linesCovered,
                        lines,
                        percent(branchesCovered, branches),
                        branchesCovered,
                        branches);
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "none" : 100L * part / whole + " %";
    }
}
