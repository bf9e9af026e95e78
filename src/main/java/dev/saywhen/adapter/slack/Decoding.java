package dev.saywhen.adapter.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's encoding of text, undone before any rule looks at it: entities, mentions, links and names of emoji.
 *
 * <p>What people see is what is judged: of a link its label. A mention stands apart from letters beside it, so that it
 * swallows no word.
 */
final class Decoding {
    private static final Pattern TOKEN =
            Pattern.compile("<([^<>\\n]+)>|&(amp|lt|gt);|:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:");
    private static final char APART = ';';

    private final String botUser;
    private final String botName;

    /** @param botUser Slack's id of the bot's user; a mention of it becomes one of {@code botName} */
    Decoding(String botUser, String botName) {
        this.botUser = botUser;
        this.botName = botName;
    }

    String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (token.find(at)) {
            plain.append(text, at, token.start());
            at = token.end();
            if (token.group(1) != null) {
                append(plain, shown(token.group(1)), text, at);
            } else if (token.group(2) != null) {
                plain.append(entity(token.group(2)));
            } else {
                plain.append(EmojiNames.unicode(token.group(3)).orElse(token.group()));
            }
        }
        return plain.append(text, at, text.length()).toString();
    }

    private static void append(StringBuilder plain, String shown, String text, int next) {
        boolean isMention = shown.startsWith("@");
        if (isMention && !plain.isEmpty() && isOfName(plain.charAt(plain.length() - 1))) {
            plain.append(APART);
        }
        plain.append(shown);
        if (isMention && next < text.length() && isOfName(text.charAt(next))) {
            plain.append(APART);
        }
    }

    private static boolean isOfName(char letter) {
        return Character.isLetterOrDigit(letter)
                || Character.isSurrogate(letter)
                || letter == '_'
                || letter == '-'
                || letter == '.';
    }

    private String shown(String token) {
        int bar = token.indexOf('|');
        String target = bar < 0 ? token : token.substring(0, bar);
        String label = bar < 0 ? "" : entities(token.substring(bar + 1));
        return switch (target.charAt(0)) {
            case '@' -> "@" + (target.substring(1).equals(botUser) ? botName : target.substring(1));
            case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
            case '!' -> special(target.substring(1), label);
            default -> label.isEmpty() ? entities(target) : label;
        };
    }

    private static String special(String target, String label) {
        if (!label.isEmpty()) {
            return label;
        }
        int caret = target.indexOf('^');
        return "@" + (caret < 0 ? target : target.substring(caret + 1));
    }

    private static String entities(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static char entity(String name) {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            default -> '>';
        };
    }
}
