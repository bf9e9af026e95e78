package dev.saywhen.adapter.langchain4j;

import dev.saywhen.run.Phase;
import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prompts under {@code prompts/}: a system and a user part for each task. What is put into them is never rendered again. */
final class Prompts {
    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .strictRendering(true)
            .build();

    /** @param task {@code user}, or the name of another task of the phase */
    Transcript of(Phase phase, String task, Map<String, Object> values) {
        String folder = "prompts/" + phase.name().toLowerCase(Locale.ROOT) + "/";
        return new Transcript(
                text("prompts/engineer.md") + "\n" + text(folder + "system.md"),
                render(text(folder + task + ".md"), values));
    }

    private String render(String text, Map<String, Object> values) {
        Template template = engine.parse(text);
        return template.render(values);
    }

    private static String text(String resource) {
        try (@Nullable InputStream in = Prompts.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no prompt " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
