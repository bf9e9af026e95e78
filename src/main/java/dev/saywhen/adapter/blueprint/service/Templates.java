package dev.saywhen.adapter.blueprint.service;

import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The texts under {@code blueprint/}, rendered by an engine of their own: strict (a name that does not exist is an
 * error) and without any escaping, which is why only checked names may go in.
 */
final class Templates {

    private static final String ROOT = "blueprint/";

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addLocator(id -> locate(ROOT + id + ".qute"))
            .strictRendering(true)
            .build();

    /** Renders the template of this name, below {@code blueprint/} and without {@code .qute}. */
    String render(String template, Map<String, Object> values) {
        io.quarkus.qute.Template found = engine.getTemplate(template);
        if (found == null) {
            throw new IllegalArgumentException("no template " + template);
        }
        return found.render(values);
    }

    private static Optional<TemplateLocation> locate(String resource) {
        URL url = Templates.class.getClassLoader().getResource(resource);
        return url == null ? Optional.empty() : Optional.of(new Location(url));
    }

    private record Location(URL url) implements TemplateLocation {

        @Override
        public Reader read() {
            try {
                InputStream stream = url.openStream();
                return new InputStreamReader(stream, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("A template could not be read: " + url, e);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.empty();
        }
    }
}
