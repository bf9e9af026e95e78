package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Reserved;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people call things, and what these things can be called. */
final class Names {

    private static final Pattern USABLE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
    private static final int LONGEST = 40;

    private Names() {}

    static boolean isUsable(String name) {
        return USABLE.matcher(name).matches();
    }

    /** Upper camel case; a word that is all capitals is taken for an abbreviation. */
    static String entity(String said) {
        return isUsable(said) && said.length() > 1 && said.equals(said.toUpperCase(Locale.ROOT))
                ? Draft.upperFirst(said.toLowerCase(Locale.ROOT))
                : Draft.upperFirst(said);
    }

    /** Lower camel case; a word that is all capitals is taken for an abbreviation. */
    static String field(String said) {
        return isUsable(said) && said.equals(said.toUpperCase(Locale.ROOT))
                ? said.toLowerCase(Locale.ROOT)
                : Draft.lowerFirst(said);
    }

    /** Why an entity cannot be called so, if it cannot. */
    static Optional<String> objectionToEntity(String name) {
        return objection(name, Reserved::entity);
    }

    /** Why a field cannot be called so, if it cannot. */
    static Optional<String> objectionToField(String name) {
        return objection(name, Reserved::field);
    }

    private static Optional<String> objection(String name, Function<String, Optional<String>> owner) {
        return isUsable(name)
                ? owner.apply(name).map(who -> "it is " + who)
                : Optional.of("a name is 1 to 40 letters and digits of the English alphabet, a letter first");
    }

    /** An entity's name that is free and as near to what was said as can be. */
    static String entityInstead(String said, Draft draft) {
        String base = camel(said, "Entity");
        String name = Draft.upperFirst(base);
        for (int number = 1;
                objectionToEntity(name).isPresent() || draft.entity(name).isPresent();
                number++) {
            String suffix = number == 1 ? "Entry" : "Entry" + number;
            name = Draft.upperFirst(shortened(base, suffix)) + suffix;
        }
        return name;
    }

    /** A field's name that is free and as near to what was said as can be. */
    static String fieldInstead(String said, DraftEntity entity) {
        String base = camel(said, "field");
        String name = Draft.lowerFirst(base);
        for (int number = 1;
                objectionToField(name).isPresent() || entity.field(name).isPresent();
                number++) {
            String suffix = number == 1 ? "" : Integer.toString(number);
            String prefix = isUsable(entity.name) ? Draft.lowerFirst(entity.name) : "the";
            name = shortened(prefix + Draft.upperFirst(base), suffix) + suffix;
        }
        return name;
    }

    /** The letters and digits of a text, words joined in camel case; {@code otherwise} where none is left. */
    private static String camel(String said, String otherwise) {
        String[] words = said.split("[^A-Za-z0-9]+", -1);
        String joined = Arrays.stream(words)
                .filter(word -> !word.isEmpty())
                .map(Draft::upperFirst)
                .collect(Collectors.joining());
        String letters = joined.replaceFirst("^[0-9]+", "");
        String name = letters.isEmpty() ? otherwise : letters;
        return name.substring(0, Math.min(name.length(), LONGEST));
    }

    private static String shortened(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), LONGEST - suffix.length()));
    }
}
