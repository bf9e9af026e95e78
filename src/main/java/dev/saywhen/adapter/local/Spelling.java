package dev.saywhen.adapter.local;

import java.util.regex.Pattern;

/** What names, texts and emoji must look like in the local chat. Every refusal says what would be right. */
final class Spelling {
    static final int LONGEST_TEXT = 20_000;

    private static final Pattern CHANNEL = Pattern.compile("[@#]?[\\p{L}\\p{M}\\p{N}_-]{1,80}");
    private static final Pattern AUTHOR = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]{1,80}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST_EMOJI = 32;

    private Spelling() {}

    /** The channel's name; {@code #general} is {@code general}, {@code @ana} stays the direct messages with ana. */
    static String channel(String name) {
        if (!CHANNEL.matcher(name).matches()) {
            throw ChatRefusal.bad("channel must be 1 to 80 letters, digits, dashes or underscores, for direct messages"
                    + " with an @ before them. This is not: " + shown(name));
        }
        return name.startsWith("#") ? name.substring(1) : name;
    }

    static String author(String name, String botName) {
        if (!AUTHOR.matcher(name).matches()) {
            throw ChatRefusal.bad(
                    "author must be 1 to 80 letters, digits, dots, dashes or underscores. This is not: " + shown(name));
        }
        if (name.equalsIgnoreCase(botName)) {
            throw ChatRefusal.bad("author must not be " + botName + ": that is the bot itself.");
        }
        return name;
    }

    static String text(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST_TEXT) {
            throw ChatRefusal.bad("text has %,d characters; at most %,d are taken. Send it in parts."
                    .formatted(length, LONGEST_TEXT));
        }
        if (text.codePoints().allMatch(Spelling::isBlank)) {
            throw ChatRefusal.bad("text must not be blank.");
        }
        text.codePoints().filter(Spelling::isForbidden).findFirst().ifPresent(found -> {
            throw ChatRefusal.bad(
                    "text holds the control character U+%04X; only line breaks and tabs are taken.".formatted(found));
        });
        if (text.codePoints().anyMatch(Spelling::isHalf)) {
            throw ChatRefusal.bad("text holds half of a character (a lone surrogate).");
        }
        return text;
    }

    static String emoji(String emoji) {
        boolean right = !emoji.isEmpty()
                && emoji.length() <= LONGEST_EMOJI
                && emoji.codePoints().anyMatch(c -> c > 0x7f)
                && emoji.codePoints()
                        .noneMatch(c -> isBlank(c) && Character.getType(c) != Character.FORMAT
                                || Character.isLetter(c)
                                || Character.isISOControl(c)
                                || isHalf(c));
        if (!right) {
            throw ChatRefusal.bad("emoji must be one emoji as Unicode, such as 👍. This is not: " + shown(emoji));
        }
        return emoji;
    }

    /** Reads the id of a message as a path or a member names it; what is no id names nothing that exists. */
    static long id(String kind, String id) {
        if (!ID.matcher(id).matches()) {
            throw ChatRefusal.unknown("There is no " + kind + " " + shown(id) + ".");
        }
        return Long.parseLong(id);
    }

    /** What somebody sent, fit to be repeated to them: short and without control characters. */
    static String shown(String text) {
        int end = text.offsetByCodePoints(0, Math.min(60, text.codePointCount(0, text.length())));
        String cut = end < text.length() ? text.substring(0, end) + "..." : text;
        StringBuilder shown = new StringBuilder("\"");
        cut.codePoints().forEach(c -> {
            boolean invisible = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || isHalf(c);
            shown.append(invisible ? "\\u%04x".formatted(c) : Character.toString(c));
        });
        return shown.append('"').toString();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isForbidden(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    }

    private static boolean isHalf(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }
}
