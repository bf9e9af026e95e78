package dev.saywhen.adapter.database.sql;

import java.util.List;

/**
 * One statement of a script.
 *
 * @param text as it was written, without the semicolon
 */
public record Statement(String text, List<Token> tokens) {
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /** The same tokens give the same statement, whatever comments stand between. */
    public boolean begins(String... words) {
        return begins(0, words);
    }

    boolean begins(int from, String... words) {
        if (tokens.size() < from + words.length) {
            return false;
        }
        for (int at = 0; at < words.length; at++) {
            if (!tokens.get(from + at).is(words[at])) {
                return false;
            }
        }
        return true;
    }

    boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    /** Whether the words stand in it, one right after the other. */
    boolean has(String first, String second) {
        for (int at = 0; at + 1 < tokens.size(); at++) {
            if (tokens.get(at).is(first) && tokens.get(at + 1).is(second)) {
                return true;
            }
        }
        return false;
    }

    /** The word at a place; empty where there is none. */
    String word(int at) {
        return at < tokens.size() && tokens.get(at).kind() == Token.Kind.WORD
                ? tokens.get(at).text()
                : "";
    }

    /** On one line and short, for a message. */
    public String brief() {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 100 ? line : line.substring(0, 97) + "...";
    }
}
