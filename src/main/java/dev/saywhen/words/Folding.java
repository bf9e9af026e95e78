package dev.saywhen.words;

import java.text.Normalizer;

/** Makes characters that people read as the same the same: for STOP and near misses, never for consent. */
final class Folding {

    private static final String MARKERS = "*_~|`";
    private static final int COMBINING_GRAPHEME_JOINER = 0x034f;
    private static final int MOST_MARKS_IN_A_ROW = 30;

    private Folding() {}

    /**
     * NFKC, without format characters. Variation selectors go too: they are as invisible, only by another category.
     *
     * <p>The normaliser sorts a run of combining marks by insertion, so 20,000 of them cost a noticeable part of a
     * second. The stream-safe form (Unicode Standard Annex 15, section 13) cuts such runs. They stand in no word that
     * is looked for.
     */
    static String compatible(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isInvisible(c)) {
                continue;
            }
            marks = isMark(c) || isHalfwidthVoicing(c) ? marks + 1 : 0;
            if (marks > MOST_MARKS_IN_A_ROW) {
                safe.appendCodePoint(COMBINING_GRAPHEME_JOINER);
                marks = 1;
            }
            safe.appendCodePoint(c);
        }
        return Normalizer.normalize(safe, Normalizer.Form.NFKC);
    }

    /** Lower case, one character at a time: {@code String.toLowerCase} takes seconds for 20,000 capital sigmas. */
    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    static String withoutMarkers(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().filter(c -> MARKERS.indexOf(c) < 0).forEach(c -> plain.append((char) c));
        return plain.toString();
    }

    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || (c >= 0xfe00 && c <= 0xfe0f)
                || (c >= 0xe0100 && c <= 0xe01ef);
    }

    /** Letters by category that the compatibility mapping turns into marks. */
    private static boolean isHalfwidthVoicing(int c) {
        return c == 0xff9e || c == 0xff9f;
    }
}
