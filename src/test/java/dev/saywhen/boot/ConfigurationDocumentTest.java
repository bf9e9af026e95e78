package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} says exactly what {@link SaywhenConfig} says. Run with {@code -Dsaywhen.docs=write} to
 * write the table anew.
 */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Path SOURCE = Path.of("src/main/java/dev/saywhen/boot/SaywhenConfig.java");
    private static final String BEGIN = "<!-- generated from SaywhenConfig -->\n";
    private static final String END = "<!-- end of what is generated -->\n";

    /** A method's javadoc, whatever annotations follow, and the method's name. */
    private static final Pattern EXPLAINED = Pattern.compile(
            "/\\*\\*(?<text>(?:(?!\\*/).)*)\\*/\\s+(?:@\\w+\\((?:\"[^\"]*\")\\)\\s+)*[\\w.<>, ]+ (?<name>\\w+)\\(\\);",
            Pattern.DOTALL);

    @Test
    void every_key_stands_in_the_document_with_its_default_and_meaning() throws IOException {
        String table = table();
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if ("write".equals(System.getProperty("saywhen.docs"))) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + table + document.substring(end));
        } else {
            assertEquals(table, document.substring(begin, end));
        }
    }

    @Test
    void every_key_is_explained() {
        assertTrue(keys().stream().noneMatch(key -> key.meaning().isBlank()));
    }

    private record Key(String name, String fallback, String meaning) {
        String row() {
            return "| `" + name + "` | " + fallback + " | " + meaning + " |\n";
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| key | default | meaning |\n| --- | --- | --- |\n");
        keys().forEach(key -> table.append(key.row()));
        return table.toString();
    }

    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        collect(SaywhenConfig.class, "saywhen", explanations(), keys);
        return keys;
    }

    private static void collect(Class<?> group, String prefix, Map<String, String> explained, List<Key> keys) {
        Arrays.stream(group.getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    String name = prefix + "." + kebab(method.getName());
                    Class<?> nested = nested(method.getGenericReturnType());
                    if (nested != null) {
                        collect(nested, isMap(method) ? name + ".\"NAME\"" : name, explained, keys);
                    } else {
                        String meaning = explained.getOrDefault(group.getSimpleName() + "." + method.getName(), "");
                        keys.add(new Key(isMap(method) ? name + ".\"NAME\"" : name, fallback(method), meaning));
                    }
                });
    }

    private static boolean isMap(Method method) {
        return method.getReturnType() == Map.class;
    }

    private static @org.jspecify.annotations.Nullable Class<?> nested(Type type) {
        if (type instanceof Class<?> one) {
            return one.isInterface() && one.getEnclosingClass() == SaywhenConfig.class ? one : null;
        }
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1] instanceof Class<?> last ? nested(last) : null;
    }

    private static String fallback(Method method) {
        WithDefault value = method.getAnnotation(WithDefault.class);
        if (value != null) {
            return "`" + value.value() + "`";
        }
        boolean mayBeLeftOut = method.getReturnType().getSimpleName().startsWith("Optional") || isMap(method);
        return mayBeLeftOut ? "none" : "must be set";
    }

    /** The javadoc of each method by {@code Interface.method}, on one line. */
    private static Map<String, String> explanations() {
        String source;
        try {
            source = Files.readString(SOURCE);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        Map<String, String> explained = new TreeMap<>();
        Matcher method = EXPLAINED.matcher(source);
        while (method.find()) {
            String meaning = method.group("text")
                    .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                    .replaceAll("\\{@code ([^}]*)}", "`$1`")
                    .replace("|", "\\|")
                    .strip();
            explained.put(enclosing(source.substring(0, method.start())) + "." + method.group("name"), meaning);
        }
        return explained;
    }

    private static String enclosing(String before) {
        Matcher opened = Pattern.compile("interface (\\w+)").matcher(before);
        String name = "";
        while (opened.find()) {
            name = opened.group(1);
        }
        return name;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }
}
