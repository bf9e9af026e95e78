package dev.saywhen.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Mentions in a text, which reach us as tokens {@code @name}.
 *
 * <p>A mention starts at the beginning or after a character that is no letter or digit. A name is made of letters,
 * digits, {@code -}, {@code _} and {@code .}, and never ends with a dot nor has two in a row, so that
 * {@code @saywhen... wait} mentions {@code saywhen}.
 */
public final class Mentions {

    /** Where a mention stands, from its {@code @} to the end of its name. */
    record Token(int start, int end) {

        String nameIn(String text) {
            return text.substring(start + 1, end);
        }
    }

    private final String botName;
    private final NarrowNormalisation normalisation;

    public Mentions(String botName) {
        this.botName = checkedName(botName);
        this.normalisation = new NarrowNormalisation(botName);
    }

    /** Whether the bot is mentioned anywhere in it; {@code @saywhenyes} is somebody else. */
    public boolean mentionsBot(String text) {
        return tokens(text).stream().anyMatch(token -> token.nameIn(text).equalsIgnoreCase(botName));
    }

    /**
     * The trimmed text without one mention of the bot at its beginning (and the comma or colon behind it) or at its
     * end, all else as it was written. Empty if there is nothing but the mention.
     */
    public String withoutMention(String text) {
        String rest = normalisation.withoutMention(text);
        return rest.equalsIgnoreCase("@" + botName) ? "" : rest;
    }

    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = text.indexOf('@');
        while (at >= 0) {
            int end = endOfName(text, at + 1);
            boolean startsHere = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
            if (startsHere && end > at + 1) {
                tokens.add(new Token(at, end));
            }
            at = text.indexOf('@', end);
        }
        return tokens;
    }

    /** The text with each of these mentions turned into spaces. */
    static String blanked(String text, List<Token> tokens) {
        StringBuilder blanked = new StringBuilder(text);
        for (Token token : tokens) {
            for (int i = token.start(); i < token.end(); i++) {
                blanked.setCharAt(i, ' ');
            }
        }
        return blanked.toString();
    }

    static String checkedName(String botName) {
        if (botName.isEmpty() || endOfName(botName, 0) != botName.length()) {
            throw new IllegalArgumentException("The bot's name '" + botName
                    + "' cannot be mentioned: use letters, digits, '-', '_' and single dots, and no dot at the end.");
        }
        return botName;
    }

    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length() && isInName(text, end)) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end > start && text.charAt(end - 1) == '.' ? end - 1 : end;
    }

    private static boolean isInName(String text, int at) {
        int c = text.codePointAt(at);
        boolean secondDot = c == '.' && at > 0 && text.charAt(at - 1) == '.';
        return Character.isLetterOrDigit(c) || Folding.isMark(c) || c == '-' || c == '_' || (c == '.' && !secondDot);
    }
}
