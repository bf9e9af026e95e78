package dev.saywhen.adapter.database.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL into tokens as PostgreSQL's own scanner does with {@code standard_conforming_strings} on (its manual, section
 * 4.1, Lexical Structure). Comments and white space are dropped.
 */
final class Lexer {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    /** @throws Unreadable where a comment, a string or a quoted name does not end */
    static List<Token> tokens(String sql) {
        return new Lexer(sql).read();
    }

    private List<Token> read() {
        while (at < sql.length()) {
            if (!skipped()) {
                next();
            }
        }
        return List.copyOf(tokens);
    }

    private boolean skipped() {
        if (isSpace(sql.charAt(at))) {
            at++;
            return true;
        }
        if (sql.startsWith("--", at)) {
            while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                at++;
            }
            return true;
        }
        if (sql.startsWith("/*", at)) {
            blockComment();
            return true;
        }
        return false;
    }

    private void blockComment() {
        int begin = at;
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (at < sql.length()) {
                at++;
            } else {
                throw new Unreadable("a comment", begin);
            }
        } while (depth > 0);
    }

    private void next() {
        char letter = sql.charAt(at);
        int begin = at;
        if (letter == '\'') {
            string(begin, false);
        } else if ("eE".indexOf(letter) >= 0 && follows('\'')) {
            at++;
            string(begin, true);
        } else if ("bBxXnN".indexOf(letter) >= 0 && follows('\'')) {
            at++;
            string(begin, false);
        } else if ("uU".indexOf(letter) >= 0 && sql.startsWith("&'", at + 1)) {
            at += 2;
            string(begin, false);
        } else if ("uU".indexOf(letter) >= 0 && sql.startsWith("&\"", at + 1)) {
            at += 2;
            quotedName(begin);
        } else if (letter == '"') {
            quotedName(begin);
        } else if (letter == '$' && dollarTag() > 0) {
            dollarString(dollarTag());
        } else if (startsWord(letter)) {
            word();
        } else if (isDigit(letter)) {
            number();
        } else {
            at++;
            add(Token.Kind.SYMBOL, String.valueOf(letter), begin);
        }
    }

    private boolean follows(char letter) {
        return at + 1 < sql.length() && sql.charAt(at + 1) == letter;
    }

    /** From the opening quote on. A string goes on after white space that holds a new line, in the same sort. */
    private void string(int begin, boolean escapes) {
        do {
            at++;
            while (true) {
                if (at >= sql.length()) {
                    throw new Unreadable("a string", begin);
                }
                char letter = sql.charAt(at);
                if (escapes && letter == '\\') {
                    at = Math.min(at + 2, sql.length());
                } else if (letter == '\'' && follows('\'')) {
                    at += 2;
                } else if (letter == '\'') {
                    at++;
                    break;
                } else {
                    at++;
                }
            }
        } while (goesOn());
        add(Token.Kind.STRING, sql.substring(begin, at), begin);
    }

    private boolean goesOn() {
        int ahead = at;
        boolean newLine = false;
        while (ahead < sql.length()) {
            char letter = sql.charAt(ahead);
            if (isSpace(letter)) {
                newLine |= letter == '\n' || letter == '\r';
                ahead++;
            } else if (sql.startsWith("--", ahead)) {
                while (ahead < sql.length() && sql.charAt(ahead) != '\n' && sql.charAt(ahead) != '\r') {
                    ahead++;
                }
            } else {
                break;
            }
        }
        if (!newLine || ahead >= sql.length() || sql.charAt(ahead) != '\'') {
            return false;
        }
        at = ahead;
        return true;
    }

    private void quotedName(int begin) {
        StringBuilder name = new StringBuilder();
        at++;
        while (true) {
            if (at >= sql.length()) {
                throw new Unreadable("a quoted name", begin);
            }
            char letter = sql.charAt(at++);
            if (letter != '"') {
                name.append(letter);
            } else if (at < sql.length() && sql.charAt(at) == '"') {
                name.append('"');
                at++;
            } else {
                break;
            }
        }
        add(Token.Kind.QUOTED_NAME, name.toString(), begin);
    }

    /** The length of a tag such as {@code $$} or {@code $body$} here; 0 where there is none. */
    private int dollarTag() {
        int ahead = at + 1;
        while (ahead < sql.length() && sql.charAt(ahead) != '$') {
            char letter = sql.charAt(ahead);
            boolean first = ahead == at + 1;
            if (!(startsWord(letter) || (!first && isDigit(letter)))) {
                return 0;
            }
            ahead++;
        }
        return ahead < sql.length() ? ahead + 1 - at : 0;
    }

    private void dollarString(int tagLength) {
        int begin = at;
        String tag = sql.substring(at, at + tagLength);
        int close = sql.indexOf(tag, at + tagLength);
        if (close < 0) {
            throw new Unreadable("a text in " + tag, begin);
        }
        at = close + tagLength;
        add(Token.Kind.DOLLAR_STRING, sql.substring(begin + tagLength, close), begin);
    }

    private void word() {
        int begin = at;
        while (at < sql.length() && (startsWord(sql.charAt(at)) || isDigit(sql.charAt(at)) || sql.charAt(at) == '$')) {
            at++;
        }
        add(Token.Kind.WORD, sql.substring(begin, at).toLowerCase(Locale.ROOT), begin);
    }

    private void number() {
        int begin = at;
        while (at < sql.length() && (isDigit(sql.charAt(at)) || startsWord(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(Token.Kind.NUMBER, sql.substring(begin, at), begin);
    }

    private void add(Token.Kind kind, String text, int begin) {
        tokens.add(new Token(kind, text, begin, at));
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean startsWord(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' || letter >= 0x80;
    }

    /** Something that was opened is not closed. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String what, int at) {
            super(what + " that begins at character " + (at + 1) + " does not end");
        }
    }
}
