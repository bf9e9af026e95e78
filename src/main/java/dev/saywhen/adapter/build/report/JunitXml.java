package dev.saywhen.adapter.build.report;

import dev.saywhen.engineer.TestReport;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The form that JUnit's own Ant task began and most runners write. The test cases are counted and not the sums in its
 * attributes, on which runners do not agree. Document types are refused.
 */
final class JunitXml {
    private JunitXml() {}

    /** @return empty if it is none */
    static Optional<TestReport> read(String xml) {
        return parsed(xml).map(root -> counted(root.getElementsByTagName("testcase")));
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

    private static TestReport counted(NodeList cases) {
        int failed = 0;
        int skipped = 0;
        String excerpt = "";
        for (int at = 0; at < cases.getLength(); at++) {
            Element test = (Element) cases.item(at);
            Optional<Element> failure = child(test, List.of("failure", "error"));
            if (failure.isPresent()) {
                failed++;
                excerpt = excerpt.isEmpty() ? told(test, failure.get()) : excerpt;
            } else if (child(test, List.of("skipped")).isPresent()) {
                skipped++;
            }
        }
        return new TestReport(cases.getLength(), failed, skipped, excerpt);
    }

    private static Optional<Element> child(Element test, List<String> names) {
        for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && names.contains(element.getTagName())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static String told(Element test, Element failure) {
        String of = test.getAttribute("classname");
        String name = (of.isBlank() ? "" : of + ".") + test.getAttribute("name");
        String text = failure.getTextContent().strip();
        return Shortened.of(name + "\n" + (text.isEmpty() ? failure.getAttribute("message") : text));
    }
}
