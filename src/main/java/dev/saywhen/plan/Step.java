package dev.saywhen.plan;

import java.util.List;

/**
 * One step of a plan: it begins with failing tests and ends with passing ones and one commit.
 *
 * @param number 1 for the first
 * @param title an imperative sentence without a full stop; the subject of the step's commit
 * @param tests paths of the tests that are written first; empty for a step that has no test of its own
 * @param files paths of everything else that the step writes
 * @param check the command that is red after the tests were written and green at the end
 * @param wayBack how the step is taken back
 */
public record Step(
        int number, String title, List<String> tests, List<String> files, CommandScope check, String wayBack) {
    public Step {
        tests = List.copyOf(tests);
        files = List.copyOf(files);
        tests.forEach(PathScope::checkedPath);
        files.forEach(PathScope::checkedPath);
        if (number < 1 || title.isBlank()) {
            throw new IllegalArgumentException("a step has a number of 1 or more and a title");
        }
    }
}
