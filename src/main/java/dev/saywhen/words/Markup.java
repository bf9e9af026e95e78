package dev.saywhen.words;

/**
 * Takes out of a message what its author did not say: quoted lines and code. Each character of it becomes a space, line
 * breaks stay.
 *
 * <p>Where chat programs differ, the reading that leaves more of the text is taken, because what is taken out cannot be
 * a STOP: a fence that is not closed is text, inline code ends on its own line, and a fence that begins in a quoted line
 * ends with that line.
 */
final class Markup {

    private final String text;
    private final StringBuilder left;

    private Markup(String text) {
        this.text = text;
        this.left = new StringBuilder(text);
    }

    static String withoutQuotesAndFences(String text) {
        return blankFences(blankQuotes(text));
    }

    static String withoutQuotesAndCode(String text) {
        return blankInlineCode(withoutQuotesAndFences(text));
    }

    /**
     * The other way to read back-ticks: between two letters they are apostrophes, so that {@code don`t ... it`s} takes
     * out nothing between them.
     */
    static String withApostrophes(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 1; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '`'
                    && Character.isLetter(text.codePointBefore(i))
                    && Character.isLetter(text.codePointAt(i + 1))) {
                plain.setCharAt(i, '\'');
            }
        }
        return plain.toString();
    }

    private static String blankQuotes(String text) {
        Markup markup = new Markup(text);
        for (int start = 0; start < text.length(); ) {
            int end = markup.endOfLine(start);
            if (text.substring(start, end).stripLeading().startsWith(">")) {
                markup.blank(start, end);
            }
            start = end + 1;
        }
        return markup.left.toString();
    }

    private static String blankFences(String text) {
        Markup markup = new Markup(text);
        int open = markup.nextFence(0);
        while (open < text.length()) {
            int close = markup.nextFence(markup.endOfTicks(open));
            if (close < text.length()) {
                markup.blank(open, markup.endOfTicks(close));
            }
            open = markup.nextFence(markup.endOfTicks(close));
        }
        return markup.left.toString();
    }

    private static String blankInlineCode(String text) {
        Markup markup = new Markup(text);
        for (int start = 0; start < text.length(); ) {
            int end = markup.endOfLine(start);
            markup.blankInlineCodeOfLine(start, end);
            start = end + 1;
        }
        return markup.left.toString();
    }

    private void blankInlineCodeOfLine(int start, int end) {
        int open = nextTicks(start, end);
        while (open < end) {
            int next = endOfTicks(open);
            int close = nextTicks(next, end, next - open);
            if (close < end) {
                next = endOfTicks(close);
                blank(open, next);
            }
            open = nextTicks(next, end);
        }
    }

    /** A run of exactly this length. It is looked for in vain at most once a line and length, so all of it is linear. */
    private int nextTicks(int from, int end, int length) {
        int at = nextTicks(from, end);
        while (at < end && endOfTicks(at) - at != length) {
            at = nextTicks(endOfTicks(at), end);
        }
        return at;
    }

    private int nextFence(int from) {
        int at = text.indexOf("```", from);
        return at < 0 ? text.length() : at;
    }

    private int nextTicks(int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) != '`') {
            at++;
        }
        return at;
    }

    private int endOfTicks(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end;
    }

    private int endOfLine(int start) {
        int end = start;
        while (end < text.length() && !isLineBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isLineBreak(text.charAt(i))) {
                left.setCharAt(i, ' ');
            }
        }
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
