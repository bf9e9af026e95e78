package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;

/** What one test runner prints and leaves behind. */
interface ReportForm {
    /** @return empty if it was not this runner that printed it */
    Optional<TestReport> read(String output, WorkTree tree);
}
