package dev.saywhen.words;

/**
 * Takes out of a message what its author did not say: quoted lines and code. Each character of it becomes a space, line
 * breaks stay.
 *
 * <p>Where chat programs differ, the reading that leaves more of the text is taken, because what is taken out cannot be
 * a STOP: a fence that is not closed is text; inline code ends on its own line; a back-tick right behind a letter opens
 * no code and one right before a letter closes none, so that {@code don`t ... it`s} hides nothing between them; a fence
 * that begins in a quoted line ends with that line.
 */
final class Markup {

    private static final int FENCE = 3;

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
        int[] lastCloser = lastClosers(start, end);
        int open = nextTicks(start, end);
        while (open < end) {
            int afterOpen = endOfTicks(open);
            int length = afterOpen - open;
            int next = afterOpen;
            if (length < FENCE && opens(open) && afterOpen <= lastCloser[length]) {
                int close = nextCloser(afterOpen, end, length);
                next = close + length;
                blank(open, next);
            }
            open = nextTicks(next, end);
        }
    }

    /** Where the last closing run of one and of two back-ticks stands: to look for one beyond it would be in vain. */
    private int[] lastClosers(int start, int end) {
        int[] last = {-1, -1, -1};
        for (int at = nextTicks(start, end); at < end; at = nextTicks(endOfTicks(at), end)) {
            int length = endOfTicks(at) - at;
            if (length < FENCE && closes(at)) {
                last[length] = at;
            }
        }
        return last;
    }

    private int nextCloser(int from, int end, int length) {
        int at = nextTicks(from, end);
        while (at < end && (endOfTicks(at) - at != length || !closes(at))) {
            at = nextTicks(endOfTicks(at), end);
        }
        return at;
    }

    private boolean opens(int ticks) {
        return ticks == 0 || !Character.isLetterOrDigit(text.codePointBefore(ticks));
    }

    private boolean closes(int ticks) {
        int after = endOfTicks(ticks);
        return after == text.length() || !Character.isLetterOrDigit(text.codePointAt(after));
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
