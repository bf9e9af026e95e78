package dev.saywhen.words;

/**
 * The normalisation of consent and commands: so narrow that what it leaves can be compared byte for byte.
 *
 * <p>White space is space, no-break space, tab, CR and LF and nothing else; only A-Z have a lower case. That is why no
 * {@code strip}, {@code toLowerCase} or {@code equalsIgnoreCase} of the library is used here: each knows more
 * characters, and each of those would be another way to say yes.
 */
final class NarrowNormalisation {

    private final String mention;

    NarrowNormalisation(String botName) {
        this.mention = "@" + lowerCase(Mentions.checkedName(botName));
    }

    String normalise(String text) {
        return withoutFinalMark(lowerCase(singleSpaced(withoutMention(text))));
    }

    /** The trimmed text without one mention of the bot at its beginning, else at its end. */
    String withoutMention(String text) {
        String trimmed = trim(text);
        if (beginsWithMention(trimmed)) {
            return afterMention(trimmed.substring(mention.length()));
        }
        if (endsWithMention(trimmed)) {
            return trim(trimmed.substring(0, trimmed.length() - mention.length()));
        }
        return trimmed;
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return lower.toString();
    }

    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\u00a0' || c == '\t' || c == '\r' || c == '\n';
    }

    /** White space, a comma or a colon: what may follow a word that addresses or introduces the rest. */
    static boolean separates(char c) {
        return isWhiteSpace(c) || isCommaOrColon(c);
    }

    private boolean beginsWithMention(String trimmed) {
        int end = mention.length();
        return trimmed.length() > end
                && lowerCase(trimmed.substring(0, end)).equals(mention)
                && separates(trimmed.charAt(end));
    }

    private boolean endsWithMention(String trimmed) {
        int start = trimmed.length() - mention.length();
        return start > 0
                && isWhiteSpace(trimmed.charAt(start - 1))
                && lowerCase(trimmed.substring(start)).equals(mention);
    }

    private static String afterMention(String rest) {
        String said = trim(rest);
        return !said.isEmpty() && isCommaOrColon(said.charAt(0)) ? trim(said.substring(1)) : said;
    }

    private static boolean isCommaOrColon(char c) {
        return c == ',' || c == ':';
    }

    private static String singleSpaced(String trimmed) {
        StringBuilder spaced = new StringBuilder(trimmed.length());
        boolean afterSpace = false;
        for (char c : trimmed.toCharArray()) {
            boolean space = isWhiteSpace(c);
            if (!space) {
                spaced.append(c);
            } else if (!afterSpace) {
                spaced.append(' ');
            }
            afterSpace = space;
        }
        return spaced.toString();
    }

    private static String withoutFinalMark(String said) {
        return said.endsWith(".") || said.endsWith("!") ? said.substring(0, said.length() - 1) : said;
    }
}
