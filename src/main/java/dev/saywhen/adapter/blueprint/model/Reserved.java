package dev.saywhen.adapter.blueprint.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that cannot be used, each with whoever has them already. */
public final class Reserved {

    private static final Set<String> JAVA = words("java.txt");
    private static final Set<String> JAVA_MEMBERS = words("java-members.txt");
    private static final Set<String> SQL = words("sql.txt");
    private static final Set<String> CLASSES = words("classes.txt");

    /** Names show up in chat, where these hold the agent; gate.md, section 6. */
    private static final Pattern HOLDING = Pattern.compile("s+t+o+p+|h+a+l+t+|a+b+o+r+t+", Pattern.CASE_INSENSITIVE);

    private Reserved() {}

    /** Who has the name already, if it cannot be an entity's. */
    public static Optional<String> entity(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (JAVA.contains(lower)) {
            return Optional.of("a word of the Java language");
        }
        if (CLASSES.contains(name)) {
            return Optional.of("the name of a class in Java, Jakarta or the service itself");
        }
        if (SQL.contains(new Noun(name).pluralSnake())) {
            return Optional.of("a word that SQL reserves");
        }
        return holding(name);
    }

    /** Who has the name already, if it cannot be a field's. */
    public static Optional<String> field(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("id")) {
            return Optional.of("given by the service to everything it keeps");
        }
        if (JAVA.contains(name)) {
            return Optional.of("a word of the Java language");
        }
        if (JAVA_MEMBERS.contains(lower)) {
            return Optional.of("the name of a method that every Java object or entity has");
        }
        if (SQL.contains(new Noun(name).snake())) {
            return Optional.of("a word that SQL reserves");
        }
        return holding(name);
    }

    /** Who has the name already, if it cannot be what a child calls its parent; the column has {@code _id} at its end. */
    public static Optional<String> role(String name) {
        if (JAVA.contains(name)) {
            return Optional.of("a word of the Java language");
        }
        if (JAVA_MEMBERS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the name of a method that every Java object or entity has");
        }
        return holding(name);
    }

    /** Who has the name already, if it cannot be a service's. */
    public static Optional<String> service(String name) {
        return JAVA.contains(name) ? Optional.of("a word of the Java language") : holding(name);
    }

    /** Who has the word already, if it cannot be a value to choose. */
    public static Optional<String> choice(String value) {
        return holding(value);
    }

    private static Optional<String> holding(String name) {
        return HOLDING.matcher(name).matches() ? Optional.of("a word that holds me") : Optional.empty();
    }

    private static Set<String> words(String file) {
        String resource = "/blueprint/reserved/" + file;
        try (InputStream stream = Reserved.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the build: " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                    .filter(word -> !word.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("could not be read: " + resource, e);
        }
    }
}
