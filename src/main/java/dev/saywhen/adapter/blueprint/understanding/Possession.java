package dev.saywhen.adapter.blueprint.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing in a list of what something has, as in {@code an optional start date} or {@code a title max 200}.
 *
 * @param noun what it is called, word by word
 * @param many whether more than one of it was spoken of
 * @param description what else was said about it, in the notation
 */
record Possession(List<String> noun, boolean many, String description) {

    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "its", "their", "one", "also", "some", "each");
    private static final Set<String> MANY = Set.of("many", "several", "multiple");
    private static final Set<String> ADJECTIVES = Set.of("unique", "optional", "required", "mandatory");
    private static final Pattern VALUES =
            Pattern.compile("^(.*?)\\s*\\(([a-z0-9_]+(?:(?:\\s*[,|/]\\s*| or )[a-z0-9_]+)+)\\)(.*)$");
    private static final int LONGEST_NAME = 4;

    Possession {
        noun = List.copyOf(noun);
    }

    static Possession of(String phrase) {
        String plain = phrase.strip().replaceFirst("^(?:zero or more|any number of|at least one) ", "many ");
        Matcher values = VALUES.matcher(plain);
        List<String> description = new ArrayList<>();
        if (values.matches()) {
            description.add("enum(" + values.group(2).replaceAll("\\s*[,|/]\\s*| or ", "|") + ")");
            plain = values.group(1) + values.group(3);
        }
        List<String> words = List.of(plain.replaceAll("[()]", " ").strip().split("\\s+"));
        List<String> noun = new ArrayList<>();
        boolean many = false;
        int at = 0;
        while (at < words.size() && (isBefore(words.get(at)) || MANY.contains(words.get(at)))) {
            many |= MANY.contains(words.get(at));
            if (ADJECTIVES.contains(words.get(at))) {
                description.add(words.get(at));
            }
            at++;
        }
        while (at < words.size() && (noun.isEmpty() || !describes(words.subList(at, words.size())))) {
            noun.addAll(List.of(words.get(at).split("-")));
            at++;
        }
        description.addAll(words.subList(at, words.size()));
        boolean counts = noun.size() == 3
                && noun.getFirst().equals("number")
                && noun.get(1).equals("of");
        if (counts) {
            description.addFirst("int");
            noun = List.of(noun.getLast());
        }
        return new Possession(noun, many, String.join(" ", description));
    }

    private static boolean isBefore(String word) {
        return ARTICLES.contains(word) || ADJECTIVES.contains(word);
    }

    /** Whether the words go on with what a field is described by: {@code date} ends {@code start date}, {@code max} does not. */
    private static boolean describes(List<String> words) {
        boolean isLast = words.size() == 1;
        boolean nounToo =
                isLast && Set.of("date", "text", "email", "mail", "timestamp").contains(words.getFirst());
        return !nounToo && FieldNotation.isDescription(words.getFirst());
    }

    /** The field's name in camel case. */
    String name() {
        StringBuilder name = new StringBuilder();
        noun.forEach(word -> name.append(name.isEmpty() ? word : Draft.upperFirst(word)));
        return name.toString();
    }

    /** The field that this is if it is a value; its type stays open where its name does not tell. */
    Optional<DraftField> field(String owner) {
        if (noun.size() > LONGEST_NAME || noun.stream().anyMatch(word -> !word.matches("[a-z][a-z0-9]{0,29}"))) {
            return Optional.empty();
        }
        DraftField field =
                new DraftField(String.join(" ", noun) + (description.isEmpty() ? "" : " " + description), name());
        FieldNotation.describe(field, description);
        if (field.type == null) {
            Vocabulary.field(owner, name())
                    .ifPresentOrElse(
                            usual -> FieldNotation.describe(field, usual),
                            () -> field.type = noun.stream()
                                    .map(TypeWord::sure)
                                    .flatMap(Optional::stream)
                                    .reduce((first, last) -> last)
                                    .or(() -> TypeWord.sure(name()))
                                    .orElse(field.min == null ? null : TypeWord.INT));
            FieldNotation.describe(field, description);
        }
        return Optional.of(field);
    }
}
