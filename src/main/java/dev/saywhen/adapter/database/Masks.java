package dev.saywhen.adapter.database;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values are made unrecognisable, as SQL that PostgreSQL runs where they lie. Equal values become equal ones,
 * so that references hold; what they become differs with each salt.
 *
 * @param salt letters and digits
 * @param days by how much dates are moved
 */
record Masks(String salt, int days) {
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name");
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");
    private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz");

    /** They say nothing of anybody by themselves. */
    private static final Set<String> KEPT = Set.of("bool", "time", "timetz", "interval");

    /** Digits become digits, letters letters of the same case, other letters an x; white space and marks of ASCII stay. */
    private static final String MASKED = """
            (SELECT string_agg(CASE
                WHEN c BETWEEN '0' AND '9' THEN CASE WHEN i = 1 AND length(v) > 1 THEN chr(49 + b %% 9) ELSE chr(48 + b %% 10) END
                WHEN ascii(c) BETWEEN 97 AND 122 THEN chr(97 + b %% 26)
                WHEN ascii(c) BETWEEN 65 AND 90 THEN chr(65 + b %% 26)
                WHEN ascii(c) > 127 THEN 'x' ELSE c END, '' ORDER BY i)
              FROM (SELECT left((%s)::text, 1000) AS v) AS masked,
                LATERAL (SELECT sha256(convert_to('%s' || v, 'UTF8')) AS hash) AS hashed,
                LATERAL (SELECT i, substr(v, i, 1) COLLATE "C" AS c, get_byte(hash, i %% 32) + 7 * (i / 32) AS b
                  FROM generate_series(1, length(v)) AS i) AS letters)""";

    /** That nobody can guess. */
    static Masks anew() {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new Masks(HexFormat.of().formatHex(salt), 30 + random.nextInt(300));
    }

    /**
     * The masked value; empty where there is no rule, so that the column is not read.
     *
     * @param name the column's, as SQL
     * @param sort {@code e} for one of a list of names that belongs to the schema
     * @param element what an array is of
     * @param isKey whether it tells the row by itself, others point at it, or it at others
     */
    Optional<String> of(String name, String base, String sort, @Nullable String element, boolean isKey) {
        if (sort.equals("e") || KEPT.contains(base)) {
            return Optional.of(name);
        }
        if (TEXTS.contains(base)) {
            return Optional.of(whereThere(name, text(name)));
        }
        if (NUMBERS.contains(base)) {
            String masked = whereThere(name, text(name));
            return Optional.of(
                    isKey
                            ? "CASE WHEN abs(" + name + ") < 1000000 THEN (" + name + ")::text ELSE " + masked + " END"
                            : masked);
        }
        if (DATES.contains(base)) {
            return Optional.of("(" + name + " + interval '" + days + " days')::" + base);
        }
        if (element != null && TEXTS.contains(element)) {
            return Optional.of(
                    whereThere(name, "ARRAY(SELECT " + text("each") + " FROM unnest(" + name + ") AS each)"));
        }
        return switch (base) {
            case "uuid" -> Optional.of("md5('" + salt + "' || " + name + "::text)::uuid");
            case "json", "jsonb" -> Optional.of(whereThere(name, "json_build_object('masked', " + text(name) + ")"));
            case "bytea" ->
                Optional.of("substring(sha256('" + salt + "'::bytea || " + name + ") FROM 1 FOR length(" + name + "))");
            default -> Optional.empty();
        };
    }

    /** An empty text stays one. */
    private String text(String value) {
        return "coalesce(" + MASKED.formatted(value, salt) + ", '')";
    }

    private static String whereThere(String name, String masked) {
        return "CASE WHEN " + name + " IS NOT NULL THEN " + masked + " END";
    }
}
