package dev.saywhen.adapter.database.sql;

/**
 * One piece of SQL.
 *
 * @param text a word in lower case; of a quoted name and of a text in dollars what stands between the quotes; else as
 *     written
 * @param start where it begins in the script
 * @param end where it is over
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        DOLLAR_STRING,
        NUMBER,
        SYMBOL
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
