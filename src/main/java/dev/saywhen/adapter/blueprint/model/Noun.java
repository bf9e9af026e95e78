package dev.saywhen.adapter.blueprint.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A name in camel case and the shapes it takes in prose, SQL and addresses: {@code OrderLine} is an
 * {@code order line}, of which many are {@code order_lines} in a table and {@code order-lines} in a path.
 *
 * <p>Plurals are English and by rule, with the few exceptions that services are really made of. What looks like a
 * plural already stays as it is.
 */
public record Noun(String camel) {

    private static final Map<String, String> IRREGULAR = Map.of(
            "person", "people",
            "child", "children",
            "man", "men",
            "woman", "women",
            "foot", "feet",
            "tooth", "teeth",
            "mouse", "mice",
            "leaf", "leaves",
            "shelf", "shelves",
            "half", "halves");

    private static final Set<String> UNCOUNTABLE =
            Set.of("series", "species", "sheep", "fish", "equipment", "news", "information", "staff", "data", "media");

    private static final Set<String> ENDING_IN_IE =
            Set.of("movie", "cookie", "calorie", "zombie", "brownie", "selfie", "pie", "tie", "die");

    private static final List<String> LIKE_A_CONSONANT = List.of("uni", "use", "usa", "euro", "one", "once");

    /** Lower case, words apart: {@code order line}. */
    public String words() {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** {@code an order line}. */
    public String aWords() {
        String words = words();
        boolean vowel = "aeiou".indexOf(words.charAt(0)) >= 0
                && LIKE_A_CONSONANT.stream().noneMatch(words::startsWith);
        return (vowel ? "an " : "a ") + words;
    }

    /** {@code order lines}. */
    public String pluralWords() {
        String words = words();
        int lastWord = words.lastIndexOf(' ') + 1;
        return words.substring(0, lastWord) + plural(words.substring(lastWord));
    }

    /** {@code order_line}. */
    public String snake() {
        return words().replace(' ', '_');
    }

    /** {@code order_lines}. */
    public String pluralSnake() {
        return pluralWords().replace(' ', '_');
    }

    /** {@code order-lines}. */
    public String pluralPath() {
        return pluralWords().replace(' ', '-');
    }

    /** {@code orderLine}. */
    public String variable() {
        return camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
    }

    /** One of many: the singular of a plural, by the same rules backwards; a guess, for reading prose only. */
    public static String singular(String word) {
        for (Map.Entry<String, String> pair : IRREGULAR.entrySet()) {
            if (pair.getValue().equals(word)) {
                return pair.getKey();
            }
        }
        if (word.isEmpty()
                || UNCOUNTABLE.contains(word)
                || word.endsWith("ss")
                || word.endsWith("us")
                || word.endsWith("is")) {
            return word;
        }
        if (ENDING_IN_IE.contains(word.substring(0, word.length() - 1))) {
            return word.substring(0, word.length() - 1);
        }
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") && word.length() > 2 ? word.substring(0, word.length() - 1) : word;
    }

    private static String plural(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (UNCOUNTABLE.contains(word) || looksPlural(word)) {
            return word;
        }
        if (word.endsWith("is") && word.length() > 3) {
            return word.substring(0, word.length() - 2) + "es";
        }
        if (word.endsWith("y") && word.length() > 1 && "aeiou".indexOf(word.charAt(word.length() - 2)) < 0) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        if (word.matches(".*(s|x|z|ch|sh)")) {
            return word + "es";
        }
        return word + "s";
    }

    private static boolean looksPlural(String word) {
        return IRREGULAR.containsValue(word)
                || (word.endsWith("s") && !word.matches(".*(ss|us|is|as|os)") && word.length() > 3);
    }
}
