package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.List;
import java.util.function.Predicate;

/** Adds up reports of JUnit's form that lie in a work tree. One that cannot be read is a failure, never nothing. */
final class XmlFolder {
    private XmlFolder() {}

    static TestReport sum(WorkTree tree, Predicate<String> paths) {
        List<String> files = tree.list("").stream()
                .filter(path -> path.endsWith(".xml"))
                .filter(paths)
                .toList();
        return files.stream().map(file -> read(tree, file)).reduce(TestReport.NONE, Reports::sum);
    }

    private static TestReport read(WorkTree tree, String file) {
        return tree.read(file)
                .flatMap(JunitXml::read)
                .orElseGet(() -> new TestReport(0, 1, 0, "The report " + file + " cannot be read."));
    }
}
