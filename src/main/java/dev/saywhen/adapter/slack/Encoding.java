package dev.saywhen.adapter.slack;

import dev.saywhen.chat.TextParts;
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

    /** Encoded text as {@link TextParts}; no entity is cut in two. */
    static List<String> parts(String encoded, int longest) {
        return TextParts.of(encoded, longest, Encoding::beforeEntity);
    }

    private static int beforeEntity(String text, int cut) {
        int entity = text.lastIndexOf('&', cut - 1);
        boolean isCut = entity > cut - 5 && entity > 0 && text.indexOf(';', entity) >= cut;
        return isCut ? entity : cut;
    }
}
