package dev.saywhen.adapter.store;

/**
 * Text in a form that PostgreSQL keeps unchanged.
 *
 * <p>PostgreSQL refuses U+0000, and half of a surrogate pair has no UTF-8; people and models can send both. Each is
 * stored as U+FFFE, a character that no text has, and four hexadecimal digits, and comes back as it was: plans and audit
 * records are hashed, so nothing may be dropped or replaced.
 */
final class StoredText {
    private static final char ESCAPE = '\uFFFE';
    private static final int DIGITS = 4;

    private StoredText() {}

    static String kept(String text) {
        int first = firstUnkeepable(text, 0);
        if (first < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length() + 16);
        int done = 0;
        for (int at = first; at >= 0; at = firstUnkeepable(text, done)) {
            kept.append(text, done, at).append(ESCAPE).append("%04x".formatted((int) text.charAt(at)));
            done = at + 1;
        }
        return kept.append(text, done, text.length()).toString();
    }

    static String original(String kept) {
        int escape = kept.indexOf(ESCAPE);
        if (escape < 0) {
            return kept;
        }
        StringBuilder original = new StringBuilder(kept.length());
        int done = 0;
        for (; escape >= 0; escape = kept.indexOf(ESCAPE, done)) {
            int end = escape + 1 + DIGITS;
            if (end > kept.length()) {
                throw new IllegalStateException("a stored text ends within an escaped character");
            }
            original.append(kept, done, escape).append((char) Integer.parseInt(kept, escape + 1, end, 16));
            done = end;
        }
        return original.append(kept, done, kept.length()).toString();
    }

    private static int firstUnkeepable(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (Character.isHighSurrogate(letter)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (letter == 0 || letter == ESCAPE || Character.isSurrogate(letter)) {
                return at;
            }
        }
        return -1;
    }
}
