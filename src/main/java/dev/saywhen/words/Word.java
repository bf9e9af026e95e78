package dev.saywhen.words;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of letters, marks and digits, joined by an apostrophe or a hyphen between letters: {@code don't} and
 * {@code non-stop} are one word each.
 *
 * <p>A word starts with a letter or digit. NFKC makes a space and a combining accent of a free-standing accent, and an
 * accent typed as a quotation mark must not make another word of the one behind it.
 *
 * @param text lower case, with the plain apostrophe and hyphen
 * @param inCapitals holds no lower-case letter; true for scripts that have no case
 * @param before what separates it from the word before it
 */
record Word(String text, boolean inCapitals, Gap before) {

    /** What stands between two words, from the weakest to the strongest separation. */
    enum Gap {
        WHITE_SPACE,
        OTHER,
        /** One of {@code . ! ? , ; :}, a bracket, or a dash between white space: a part of the line ends here. */
        PART,
        LINE
    }

    static List<Word> in(String text) {
        List<Word> words = new ArrayList<>();
        int gapStart = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            if (end == at) {
                at += Character.charCount(text.codePointAt(at));
            } else {
                Gap before = words.isEmpty() ? Gap.LINE : gap(text.substring(gapStart, at));
                words.add(of(text.substring(at, end), before));
                gapStart = end;
                at = end;
            }
        }
        return words;
    }

    private static Word of(String written, Gap before) {
        String spelled =
                Folding.lowerCase(written).replace('’', '\'').replace('‐', '-').replace('‑', '-');
        return new Word(spelled, written.codePoints().noneMatch(Character::isLowerCase), before);
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        boolean afterLetter = false;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            boolean belongs = Character.isLetterOrDigit(c)
                    || (end > start && Folding.isMark(c))
                    || (afterLetter && isJoint(c) && letterAt(text, end + 1));
            if (!belongs) {
                break;
            }
            afterLetter = Character.isLetter(c);
            end += Character.charCount(c);
        }
        return end;
    }

    private static boolean isJoint(int c) {
        return "'’-‐‑".indexOf(c) >= 0;
    }

    private static boolean letterAt(String text, int at) {
        return at < text.length() && Character.isLetter(text.codePointAt(at));
    }

    private static Gap gap(String between) {
        if (between.chars().anyMatch(Word::isLineBreak)) {
            return Gap.LINE;
        }
        if (between.chars().anyMatch(Word::endsPart) || holdsFreeDash(between)) {
            return Gap.PART;
        }
        return between.chars().allMatch(Word::isWhiteSpace) ? Gap.WHITE_SPACE : Gap.OTHER;
    }

    private static boolean isLineBreak(int c) {
        return "\n\r\f\u000b\u0085\u2028\u2029".indexOf(c) >= 0;
    }

    private static boolean endsPart(int c) {
        return ".!?,;:<>".indexOf(c) >= 0
                || Character.getType(c) == Character.START_PUNCTUATION
                || Character.getType(c) == Character.END_PUNCTUATION;
    }

    /** A dash, or a row of them, with white space on either side. */
    private static boolean holdsFreeDash(String between) {
        boolean free = false;
        for (int i = 1; i < between.length(); i++) {
            char previous = between.charAt(i - 1);
            char c = between.charAt(i);
            if (isDash(c)) {
                free = isWhiteSpace(previous) || (free && isDash(previous));
            } else if (free && isWhiteSpace(c) && isDash(previous)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDash(int c) {
        return Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212';
    }

    private static boolean isWhiteSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
