package dev.saywhen.boot;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The keys of {@link SaywhenConfig} and the form of their values, for people who mistyped one. */
final class SaywhenKeys {
    private static final int FARTHEST = 3;
    private static final String NAMED = "\"NAME\"";

    private static final Map<String, Type> KEYS = keys();

    private SaywhenKeys() {}

    /** The key that was probably meant. */
    static Optional<String> nearest(String typed) {
        String name = typed.replaceFirst(
                "^saywhen\\.(projects|mcp\\.servers)\\.(\"[^\"]*\"|[^.]*)\\.", "saywhen.$1." + NAMED + ".");
        return KEYS.keySet().stream()
                .filter(key -> distance(key, name) <= FARTHEST)
                .min(Comparator.comparingInt(key -> distance(key, name)));
    }

    /** What a value of this key looks like, as a sentence. */
    static String form(String key) {
        return KEYS.entrySet().stream()
                .filter(known -> matches(known.getKey(), key))
                .map(known -> form(known.getValue()))
                .findFirst()
                .orElse("Look it up in docs/configuration.md.");
    }

    private static boolean matches(String known, String key) {
        return Pattern.matches(
                Arrays.stream(known.split(NAMED, -1))
                        .map(Pattern::quote)
                        .reduce((one, other) -> one + "(\"[^\"]*\"|[^.]*)" + other)
                        .orElseThrow(),
                key);
    }

    private static String form(Type type) {
        if (type == Duration.class) {
            return "It is a time, as in 90s, 15m or 2h.";
        }
        if (type == MemorySize.class) {
            return "It is a size in bytes, as in 512K or 50M.";
        }
        if (type == int.class || type == long.class) {
            return "It is a whole number.";
        }
        return type == boolean.class ? "It is true or false." : "Look it up in docs/configuration.md.";
    }

    private static Map<String, Type> keys() {
        Map<String, Type> keys = new TreeMap<>();
        collect("saywhen", SaywhenConfig.class, keys);
        return keys;
    }

    private static void collect(String prefix, Class<?> group, Map<String, Type> keys) {
        for (Method method : group.getDeclaredMethods()) {
            String key = prefix + "." + dashed(method.getName());
            Type type = method.getGenericReturnType();
            if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
                Type value = map.getActualTypeArguments()[1];
                if (value instanceof Class<?> inner && inner.isInterface()) {
                    collect(key + "." + NAMED, inner, keys);
                } else {
                    keys.put(key + "." + NAMED, value);
                }
            } else if (type instanceof Class<?> inner
                    && inner.getEnclosingClass() == SaywhenConfig.class
                    && !method.isAnnotationPresent(WithDefault.class)) {
                collect(key, inner, keys);
            } else {
                keys.put(key, type);
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    /** Levenshtein's: how many letters to add, drop or change. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
