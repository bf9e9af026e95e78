package dev.saywhen.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The objects that {@code helm template} makes of the chart. */
record Rendered(List<JsonNode> objects) {
    static final Path CHART = Path.of("helm");
    static final Path EXAMPLE = CHART.resolve("examples/slack.yaml");

    private static final YAMLMapper YAML = new YAMLMapper();

    Rendered {
        objects = List.copyOf(objects);
    }

    static Rendered example() {
        return of(command().withValuesFile(EXAMPLE));
    }

    /** The example with these values on top, as another file would put them there. */
    static Rendered example(Path folder, String values) throws IOException {
        return of(command().withValuesFile(EXAMPLE).withValuesFile(file(folder, values)));
    }

    /** These values, and the chart's own. */
    static Rendered only(Path folder, String values) throws IOException {
        return of(command().withValuesFile(file(folder, values)));
    }

    JsonNode object(String kind) {
        return objects.stream()
                .filter(object -> object.at("/kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + kind));
    }

    List<String> kinds() {
        return objects.stream()
                .map(object -> object.at("/kind").asText())
                .sorted()
                .toList();
    }

    JsonNode pod() {
        return object("Deployment").at("/spec/template/spec");
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** What the service reads as its properties. */
    Properties properties() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(
                object("ConfigMap").at("/data/application.properties").asText()));
        return properties;
    }

    private static TemplateCommand command() {
        return new Helm(CHART).template().withName("crew").withNamespace("bots").withKubeVersion("1.33.0");
    }

    private static Path file(Path folder, String values) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), values);
    }

    private static Rendered of(TemplateCommand command) {
        String text = command.call();
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
            return new Rendered(all.readAll());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(text, unreadable);
        }
    }
}
