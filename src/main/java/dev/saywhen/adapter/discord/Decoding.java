package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Discord's tokens in a text, undone before any rule looks at it: mentions, channels, emoji of a server's own, times. A
 * mention stands apart from letters beside it, so that it swallows no word.
 */
final class Decoding {
    private static final Pattern TOKEN = Pattern.compile("<(?:@(!?)(\\d{1,20})|@&(\\d{1,20})|#(\\d{1,20})"
            + "|a?(:\\w{1,40}:)\\d{1,20}|t:-?\\d{1,17}(?::[a-zA-Z])?|(/[^:>\\n]{1,100}):\\d{1,20})>");
    private static final char APART = ';';

    private final String bot;
    private final String botName;

    /** @param bot Discord's id of the bot; a mention of it becomes one of {@code botName} */
    Decoding(String bot, String botName) {
        this.bot = bot;
        this.botName = botName;
    }

    /** @param botRoles roles that are the bot's own alone: people take them for the bot */
    String plain(String text, Set<String> botRoles) {
        StringBuilder plain = new StringBuilder(text.length());
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (token.find(at)) {
            plain.append(text, at, token.start());
            at = token.end();
            append(plain, shown(token, botRoles), text, at);
        }
        return plain.append(text, at, text.length()).toString();
    }

    private String shown(Matcher token, Set<String> botRoles) {
        if (token.group(2) != null) {
            return "@" + (token.group(2).equals(bot) ? botName : token.group(2));
        }
        if (token.group(3) != null) {
            return "@" + (botRoles.contains(token.group(3)) ? botName : token.group(3));
        }
        if (token.group(4) != null) {
            return "#" + token.group(4);
        }
        if (token.group(5) != null) {
            return token.group(5);
        }
        return token.group(6) == null ? " " : token.group(6);
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

    /** All that a message shows: its text, its embeds, its components and what it forwards, a line each. */
    static String allText(JsonNode message) {
        StringBuilder lines = new StringBuilder(message.path("content").asText());
        collect(message.path("embeds"), lines, 0);
        collect(message.path("components"), lines, 0);
        collect(message.path("poll"), lines, 0);
        for (JsonNode snapshot : message.path("message_snapshots")) {
            lines.append('\n').append(allText(snapshot.path("message")));
        }
        return lines.toString().strip();
    }

    private static final Set<String> WORDS =
            Set.of("title", "description", "name", "value", "text", "content", "label", "placeholder");

    private static void collect(JsonNode node, StringBuilder lines, int depth) {
        if (depth > 10) {
            return;
        }
        if (node.isArray()) {
            node.forEach(part -> collect(part, lines, depth + 1));
            return;
        }
        node.properties().forEach(field -> {
            if (field.getValue().isTextual() && WORDS.contains(field.getKey())) {
                lines.append('\n').append(field.getValue().asText());
            } else if (field.getValue().isContainerNode()) {
                collect(field.getValue(), lines, depth + 1);
            }
        });
    }
}
