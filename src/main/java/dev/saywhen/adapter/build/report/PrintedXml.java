package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.Optional;

/** A report of JUnit's form that was printed, as by {@code node --test --test-reporter=junit}. */
final class PrintedXml implements ReportForm {
    private static final String END = "</testsuites>";

    @Override
    public Optional<TestReport> read(String output, WorkTree tree) {
        int begin = output.indexOf("<testsuites");
        int end = output.lastIndexOf(END);
        return begin < 0 || end < begin ? Optional.empty() : JunitXml.read(output.substring(begin, end + END.length()));
    }
}
