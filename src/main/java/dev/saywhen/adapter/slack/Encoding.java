package dev.saywhen.adapter.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as Slack takes it. Nothing in it pings anybody or becomes a link by markup: what has a meaning to Slack is
 * written as an entity, and people are named, not mentioned.
 */
final class Encoding {
    /** The most in one message; Slack refuses a little over 13,000 in blocks. */
    static final int LONGEST_MESSAGE = 11_000;

    private static final Pattern USER = Pattern.compile("@([UW][A-Z0-9]{6,})\\b");
    private static final String FENCE = "```";

    private final Function<String, String> nameOfUser;

    /** @param nameOfUser what people call the user of an id; the id itself if that is not known */
    Encoding(Function<String, String> nameOfUser) {
        this.nameOfUser = nameOfUser;
    }

    String encoded(String text) {
        return escaped(named(text));
    }

    /** People by their names, all else as it is. */
    String named(String text) {
        return USER.matcher(text).replaceAll(found -> Matcher.quoteReplacement("@" + nameOfUser.apply(found.group(1))));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Splits encoded text at paragraphs, lines or words. A code block that is split goes on as one. */
    static List<String> parts(String encoded, int longest) {
        List<String> parts = new ArrayList<>();
        String rest = encoded;
        while (rest.length() > longest) {
            int cut = cut(rest, longest - FENCE.length() - 1);
            String part = rest.substring(0, cut);
            rest = rest.substring(cut).replaceFirst("^[\\n ]", "");
            if (isInFence(part)) {
                part = part + "\n" + FENCE;
                rest = FENCE + "\n" + rest;
            }
            parts.add(part);
        }
        if (!rest.isBlank() || parts.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static int cut(String text, int longest) {
        int half = longest / 2;
        int paragraph = text.lastIndexOf("\n\n", longest);
        int line = text.lastIndexOf('\n', longest);
        int word = text.lastIndexOf(' ', longest);
        int cut = paragraph > half ? paragraph : line > half ? line : word > half ? word : longest;
        int entity = text.lastIndexOf('&', cut - 1);
        if (entity > cut - 5 && entity > 0 && text.indexOf(';', entity) >= cut) {
            cut = entity;
        }
        return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
    }

    private static boolean isInFence(String part) {
        int fences = 0;
        for (int at = part.indexOf(FENCE); at >= 0; at = part.indexOf(FENCE, at + FENCE.length())) {
            fences++;
        }
        return fences % 2 == 1;
    }
}
