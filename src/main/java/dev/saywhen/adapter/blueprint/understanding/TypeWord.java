package dev.saywhen.adapter.blueprint.understanding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that fields can be described with, and what else people call them. */
enum TypeWord {
    STRING("string", "str", "varchar"),
    TEXT("text", "longtext", "clob"),
    EMAIL("email", "e-mail", "mail"),
    INT("int", "integer", "int4"),
    LONG("long", "bigint", "int8"),
    DECIMAL("decimal", "numeric", "bigdecimal", "money"),
    BOOLEAN("boolean", "bool"),
    DATE("date", "localdate"),
    TIMESTAMP("timestamp", "datetime", "instant", "timestamptz"),
    UUID("uuid", "guid"),
    CHOICE("enum", "choice");

    /** The types as they are listed in questions. */
    static final String LIST = "string, text, email, int, long, decimal, boolean, date, timestamp, uuid, enum(a|b)";

    private final List<String> words;

    TypeWord(String... words) {
        this.words = List.of(words);
    }

    String word() {
        return words.getFirst();
    }

    boolean isText() {
        return this == STRING || this == TEXT || this == EMAIL;
    }

    boolean isNumber() {
        return this == INT || this == LONG || this == DECIMAL;
    }

    static Optional<TypeWord> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.words.contains(lower))
                .findFirst();
    }

    static List<String> all() {
        return Arrays.stream(values()).flatMap(type -> type.words.stream()).toList();
    }

    /** The type that a field of this name surely has; empty where a name leaves it open. */
    static Optional<TypeWord> sure(String fieldName) {
        String lower = fieldName.toLowerCase(Locale.ROOT);
        TypeWord likely = likely(fieldName);
        boolean isText =
                lower.matches(".*(name|title|isbn|sku|code|street|city|country|postcode|zip|phone|url|slug|color"
                        + "|address|subject|author|barcode|summary|label|login|plate|brand|genre|species|headline)");
        boolean isLong = lower.matches(".*(body|bio|instructions)");
        if (isLong) {
            return Optional.of(TEXT);
        }
        return likely != STRING || isText ? Optional.of(likely) : Optional.empty();
    }

    /** The type that a field of this name most likely has. */
    static TypeWord likely(String fieldName) {
        String lower = fieldName.toLowerCase(Locale.ROOT);
        if (lower.contains("email")) {
            return EMAIL;
        }
        if (fieldName.endsWith("At") || lower.endsWith("timestamp")) {
            return TIMESTAMP;
        }
        if (fieldName.endsWith("On") || lower.endsWith("date") || lower.endsWith("birthday") || lower.equals("born")) {
            return DATE;
        }
        if (lower.matches(".*(price|amount|total|cost|balance|salary|rate|weight|fee)")) {
            return DECIMAL;
        }
        if (lower.matches(
                "(.*(count|quantity|pages|year|position|stock|seats|capacity|credits|minutes|seconds))|age")) {
            return INT;
        }
        if (fieldName.matches("(is|has)[A-Z].*")
                || lower.matches("active|enabled|done|paid|completed|published|archived")) {
            return BOOLEAN;
        }
        if (lower.matches(".*(description|comment|notes?|content|message|body|bio|instructions)")
                || lower.equals("text")) {
            return TEXT;
        }
        return STRING;
    }
}
