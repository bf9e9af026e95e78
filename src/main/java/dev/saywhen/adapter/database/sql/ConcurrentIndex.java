package dev.saywhen.adapter.database.sql;

import java.util.List;
import java.util.Optional;

/**
 * An index that is built while others write: outside of any transaction.
 *
 * @param name as the catalog has it
 * @param table as it was written
 * @param inATransaction the same statement without the word that keeps it out of one
 */
public record ConcurrentIndex(String name, String table, String inATransaction) {
    /** Empty for every other statement, and for one that does not say by name what it is about, or may do nothing. */
    public static Optional<ConcurrentIndex> of(Statement statement) {
        int word = List.of(2, 3).stream()
                .filter(at -> statement.word(at).equals("concurrently")
                        && statement.word(at - 1).equals("index"))
                .findFirst()
                .orElse(0);
        boolean isBuilt =
                statement.begins("create") && (word == 2 || statement.word(1).equals("unique"));
        if (!isBuilt || !isNamed(statement, word + 1)) {
            return Optional.empty();
        }
        Token left = statement.tokens().get(word);
        int begin = statement.tokens().getFirst().start();
        String without = statement.text().substring(0, left.start() - begin)
                + statement.text().substring(left.end() - begin).stripLeading();
        int table = statement.word(word + 3).equals("only") ? word + 4 : word + 3;
        return statement.word(word + 2).equals("on") && isNamed(statement, table)
                ? Optional.of(new ConcurrentIndex(
                        statement.tokens().get(word + 1).text(), written(statement, table), without))
                : Optional.empty();
    }

    private static boolean isNamed(Statement statement, int at) {
        return at < statement.tokens().size()
                && statement.tokens().get(at).isName()
                && !statement.word(at).equals("if")
                && !statement.word(at).equals("on");
    }

    /** A name with its schema, where it has one. */
    private static String written(Statement statement, int at) {
        List<Token> tokens = statement.tokens();
        int last = at + 2 < tokens.size() && tokens.get(at + 1).isSymbol(".") ? at + 2 : at;
        int begin = tokens.getFirst().start();
        return statement
                .text()
                .substring(tokens.get(at).start() - begin, tokens.get(last).end() - begin);
    }
}
