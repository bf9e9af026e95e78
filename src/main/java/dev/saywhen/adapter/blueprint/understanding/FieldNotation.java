package dev.saywhen.adapter.blueprint.understanding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code title string required max 200, isbn string unique}. It never fails: what means nothing is kept as such. */
final class FieldNotation {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern WITH_ARGUMENTS = Pattern.compile("([A-Za-z0-9-]+)\\(([^()]*)\\)?");
    private static final Pattern BOUND = Pattern.compile("(?i)(min|max)(?:imum)?[=:(]?([+-]?[0-9.]+)\\)?");
    private static final Pattern COMPARED = Pattern.compile("(>=|<=)([+-]?[0-9.]+)?");
    private static final Pattern RANGE = Pattern.compile("([+-]?[0-9.]*[0-9])\\.\\.([+-]?[0-9][0-9.]*)");

    private static final Set<String> REQUIRED = Set.of("required", "mandatory", "notnull", "not-null", "nonnull");
    private static final Set<String> OPTIONAL = Set.of("optional", "nullable", "null");
    private static final Set<String> LOWER = Set.of("min", "minimum", "least", ">=");
    private static final Set<String> UPPER = Set.of("max", "maximum", "most", "to", "<=");
    /** Words that only help the others to read well. */
    private static final Set<String> FILLERS =
            Set.of("at", "up", "length", "characters", "chars", "digits", "and", "is", "a", "an", "of");

    /** What can be said about a field, for suggestions. */
    private static final List<String> KNOWN = known();

    private FieldNotation() {}

    /** The fields of a list, in order. */
    static List<DraftField> fields(String list) {
        List<DraftField> fields = new ArrayList<>();
        for (String part : separated(list)) {
            if (!fields.isEmpty() && !DraftEntity.isRule(part) && isMoreOfTheSame(part)) {
                describe(fields.getLast(), words(part));
            } else {
                fields.add(field(part));
            }
        }
        for (DraftField field : fields) {
            if (field.type == null && field.unknown.isEmpty()) {
                field.type = TypeWord.sure(field.name).orElse(null);
            }
        }
        return fields;
    }

    /** Takes over whatever is said about a field that has its name already. */
    static void describe(DraftField field, String said) {
        describe(field, words(said));
    }

    /** Whether a word says something about a field rather than naming one. */
    static boolean isDescription(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return TypeWord.of(lower.replaceFirst("\\(.*", "")).isPresent()
                || REQUIRED.contains(lower)
                || OPTIONAL.contains(lower)
                || LOWER.contains(lower)
                || UPPER.contains(lower)
                || Set.of("unique", "not", "between", "up", "at", "default").contains(lower)
                || BOUND.matcher(lower).matches()
                || COMPARED.matcher(lower).matches();
    }

    /** Whether a text is meant as a list of fields: it names types, or is nothing but names. */
    static boolean looksLikeFields(String list) {
        List<String> parts = new ArrayList<>(separated(list));
        boolean anyRule = parts.removeIf(DraftEntity::isRule);
        if (parts.isEmpty() || beginsProse(parts.getFirst())) {
            return anyRule;
        }
        boolean anyType = parts.stream().anyMatch(part -> typeAt(words(part)) > 0);
        boolean onlyNames = parts.stream().allMatch(part -> words(part).size() == 1);
        boolean anySlip = parts.stream()
                .map(FieldNotation::words)
                .anyMatch(words -> words.size() > 1
                        && Similar.to(words.get(1), TypeWord.all()).isPresent());
        boolean onlyPairs =
                parts.size() > 1 && parts.stream().allMatch(part -> words(part).size() <= 2);
        return anyType || onlyNames || anySlip || onlyPairs;
    }

    /** Whether a text is a list in the notation rather than in prose: every part has a type or is a lone name. */
    static boolean isNotation(String list) {
        List<String> parts = new ArrayList<>(separated(list));
        boolean anyRule = parts.removeIf(DraftEntity::isRule);
        if (parts.isEmpty()) {
            return anyRule;
        }
        return parts.stream().noneMatch(FieldNotation::beginsProse)
                && parts.stream().anyMatch(part -> typeAt(words(part)) == 1)
                && looksLikeFields(list);
    }

    /** Whether a text is a field's name and its type, and perhaps more: {@code title: string required}. */
    static boolean isTyped(String text) {
        return typeAt(words(text)) == 1;
    }

    private static boolean beginsProse(String part) {
        boolean article = part.matches("(?i)(a|an|the|some|i|we|please|my|our)\\s.*");
        List<String> words = words(part);
        return article && !(words.size() == 2 && typeAt(words) == 1);
    }

    /** A field without the verb that asks for it: {@code add pages int}. A field may be called {@code add} all the same. */
    private static String bare(String part) {
        String rest = part.replaceFirst("^(?i)(?:please\\s+)?(?:add|also|plus|give it)\\s+(?:an?\\s+|the\\s+)?", "");
        return typeAt(words(rest)) == 1 ? rest : part;
    }

    private static List<String> separated(String list) {
        List<String> parts = new ArrayList<>();
        for (String part : Pieces.parts(list)) {
            String[] halves = part.split("\\s+and\\s+", -1);
            boolean eachIsAField = halves.length > 1 && Arrays.stream(halves).allMatch(half -> typeAt(words(half)) > 0);
            if (eachIsAField) {
                parts.addAll(List.of(halves));
            } else {
                parts.add(bare(part.replaceFirst("^(?i)and\\s+", "")));
            }
        }
        return parts;
    }

    private static DraftField field(String part) {
        List<String> words = words(part);
        DraftField field = new DraftField(part, Names.field(words.isEmpty() ? part : words.getFirst()));
        describe(field, words.isEmpty() ? words : words.subList(1, words.size()));
        return field;
    }

    /** Whether a part only goes on about the field before it, as in {@code title string, required, max 200}. */
    private static boolean isMoreOfTheSame(String part) {
        List<String> words = words(part);
        if (words.isEmpty() || typeAt(words) > 0) {
            return false;
        }
        String first = words.getFirst().toLowerCase(Locale.ROOT);
        return REQUIRED.contains(first)
                || OPTIONAL.contains(first)
                || (first.equals("unique") && words.size() == 1)
                || (first.equals("default") && words.size() == 2)
                || first.equals("not")
                || BOUND.matcher(first).matches()
                || COMPARED.matcher(first).matches()
                || (Set.of("min", "max", "at", "between").contains(first) && words.size() > 1);
    }

    private static void describe(DraftField field, List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            String lower = word.toLowerCase(Locale.ROOT);
            String next = at + 1 < words.size() ? words.get(at + 1) : "";
            String afterNext = at + 2 < words.size() ? words.get(at + 2) : "";
            if (field.type == null && takesType(field, word)) {
                continue;
            }
            if (REQUIRED.contains(lower)) {
                field.required = true;
            } else if (lower.equals("not") && next.equalsIgnoreCase("null")) {
                field.required = true;
                at++;
            } else if (OPTIONAL.contains(lower)) {
                field.required = false;
            } else if (lower.equals("unique")) {
                field.unique = true;
            } else if (lower.equals("default") && !next.isEmpty()) {
                field.otherwise = next.replaceAll("^[\"']|[\"']$", "");
                at++;
            } else if (lower.equals("between") && number(next).isPresent()) {
                field.min = number(next).get();
                at++;
                boolean and = afterNext.equalsIgnoreCase("and") && at + 2 < words.size();
                Optional<BigDecimal> upper = and ? number(words.get(at + 2)) : Optional.empty();
                if (upper.isPresent()) {
                    field.max = upper.get();
                    at += 2;
                }
            } else if ((LOWER.contains(lower) || UPPER.contains(lower))
                    && bound(next, afterNext).isPresent()) {
                setBound(field, LOWER.contains(lower), bound(next, afterNext).get());
                at += number(next).isPresent() ? 1 : 2;
            } else if (lower.equals("length") && number(next).isPresent()) {
                field.min = number(next).get();
                field.max = number(next).get();
                at++;
            } else if (!takesCompactBounds(field, word) && !FILLERS.contains(lower)) {
                field.unknown(word);
            }
        }
    }

    /** The number that follows directly, or after {@code length}. */
    private static Optional<BigDecimal> bound(String next, String afterNext) {
        return next.equalsIgnoreCase("length") ? number(afterNext) : number(next);
    }

    private static boolean takesCompactBounds(DraftField field, String word) {
        Matcher bound = BOUND.matcher(word);
        if (bound.matches() && number(bound.group(2)).isPresent()) {
            setBound(
                    field,
                    bound.group(1).equalsIgnoreCase("min"),
                    number(bound.group(2)).get());
            return true;
        }
        Matcher compared = COMPARED.matcher(word);
        if (compared.matches()
                && compared.group(2) != null
                && number(compared.group(2)).isPresent()) {
            setBound(
                    field,
                    compared.group(1).equals(">="),
                    number(compared.group(2)).get());
            return true;
        }
        Matcher range = RANGE.matcher(word);
        if (range.matches()
                && number(range.group(1)).isPresent()
                && number(range.group(2)).isPresent()) {
            field.min = number(range.group(1)).get();
            field.max = number(range.group(2)).get();
            return true;
        }
        return false;
    }

    private static boolean takesType(DraftField field, String word) {
        Optional<TypeWord> plain = TypeWord.of(word);
        if (plain.isPresent()) {
            field.type = plain.get();
            if (word.equalsIgnoreCase("money")) {
                field.precision = BigDecimal.valueOf(19);
                field.scale = BigDecimal.TWO;
            }
            return true;
        }
        Matcher matcher = WITH_ARGUMENTS.matcher(word);
        Optional<TypeWord> type = matcher.matches() ? TypeWord.of(matcher.group(1)) : Optional.empty();
        if (type.isEmpty()) {
            return false;
        }
        List<String> arguments = Arrays.stream(matcher.group(2).split("[,|/]", -1))
                .map(String::strip)
                .filter(argument -> !argument.isEmpty())
                .toList();
        return takesArguments(field, type.get(), arguments);
    }

    private static boolean takesArguments(DraftField field, TypeWord type, List<String> arguments) {
        if (type == TypeWord.CHOICE) {
            field.type = type;
            field.choices = new ArrayList<>(arguments);
            return true;
        }
        List<BigDecimal> numbers = arguments.stream()
                .map(FieldNotation::number)
                .flatMap(Optional::stream)
                .toList();
        if (numbers.size() != arguments.size() || numbers.isEmpty()) {
            return false;
        }
        if (type.isText() && numbers.size() == 1) {
            field.type = type;
            field.max = numbers.getFirst();
            return true;
        }
        if (type == TypeWord.DECIMAL && numbers.size() <= 2) {
            field.type = type;
            field.precision = numbers.getFirst();
            field.scale = numbers.size() == 2 ? numbers.get(1) : BigDecimal.ZERO;
            return true;
        }
        return false;
    }

    /** The first type in a part, not counting the name it begins with; 0 if there is none. */
    private static int typeAt(List<String> words) {
        for (int at = 1; at < words.size(); at++) {
            String word = words.get(at).replaceFirst("\\(.*", "");
            if (TypeWord.of(word).isPresent()) {
                return at;
            }
        }
        return 0;
    }

    /** Words, with a colon after the name taken off: {@code title: string} is {@code title string}. */
    private static List<String> words(String part) {
        return Pieces.words(part.replaceFirst("^\\s*([^\\s:]+)\\s*:\\s*", "$1 "));
    }

    private static void setBound(DraftField field, boolean lower, BigDecimal number) {
        if (lower) {
            field.min = number;
        } else {
            field.max = number;
        }
    }

    static Optional<BigDecimal> number(String word) {
        return NUMBER.matcher(word).matches() ? Optional.of(new BigDecimal(word)) : Optional.empty();
    }

    /** The word that was probably meant by one that means nothing. */
    static Optional<String> meant(String word) {
        return Similar.to(word, KNOWN);
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(TypeWord.all());
        known.addAll(List.of("required", "optional", "unique", "mandatory"));
        return List.copyOf(known);
    }
}
