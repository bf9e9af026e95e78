package dev.saywhen.adapter.blueprint.report;

import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads {@code target/surefire-reports/TEST-*.xml}, the form that Maven Surefire writes. */
public final class SurefireReports {
    private static final String FOLDER = "target/surefire-reports";
    private static final int LONGEST_EXCERPT = 1_200;

    private SurefireReports() {}

    /** Adds up all reports; one that cannot be read counts as a failure, never as nothing. */
    public static TestReport read(WorkTree tree) {
        return added(tree, "");
    }

    /** The report of the one test class of this simple name; no tests where there is none. */
    public static TestReport of(WorkTree tree, String testClass) {
        return added(tree, "." + testClass);
    }

    private static TestReport added(WorkTree tree, String ending) {
        int tests = 0;
        int failed = 0;
        int skipped = 0;
        String excerpt = "";
        List<String> files = tree.list(FOLDER).stream()
                .filter(path -> path.endsWith(ending + ".xml"))
                .sorted()
                .toList();
        for (String file : files) {
            Optional<Element> suite = tree.read(file).flatMap(SurefireReports::parsed);
            if (suite.isEmpty()) {
                failed++;
                excerpt = excerpt.isEmpty() ? "The report " + file + " cannot be read." : excerpt;
                continue;
            }
            tests += number(suite.get(), "tests");
            failed += number(suite.get(), "failures") + number(suite.get(), "errors");
            skipped += number(suite.get(), "skipped");
            excerpt = excerpt.isEmpty() ? firstFailure(suite.get()) : excerpt;
        }
        return new TestReport(tests, failed, skipped, excerpt);
    }

    private static Optional<Element> parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return Optional.of(
                    builder.parse(new InputSource(new StringReader(xml))).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int number(Element suite, String attribute) {
        try {
            return Integer.parseInt(suite.getAttribute(attribute));
        } catch (NumberFormatException absent) {
            return 0;
        }
    }

    private static String firstFailure(Element suite) {
        for (String kind : List.of("failure", "error")) {
            NodeList found = suite.getElementsByTagName(kind);
            if (found.getLength() > 0 && found.item(0).getParentNode() instanceof Element test) {
                String text = found.item(0).getTextContent().strip();
                String where = test.getAttribute("classname") + "." + test.getAttribute("name");
                String cut = text.length() > LONGEST_EXCERPT ? text.substring(0, LONGEST_EXCERPT) + "..." : text;
                return where + "\n" + cut;
            }
        }
        return "";
    }
}
