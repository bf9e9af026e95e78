package dev.saywhen.adapter.database.sql;

import java.util.ArrayList;
import java.util.List;

/** SQL cut into statements: at every semicolon but those inside parentheses, strings and bodies of functions. */
public final class Script {
    private Script() {}

    /** @throws IllegalArgumentException if it cannot be read; the message says why */
    public static List<Statement> statements(String sql) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (Lexer.Unreadable unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
        List<Statement> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int depth = 0;
        int body = 0;
        for (Token token : tokens) {
            if (token.isSymbol(";") && depth == 0 && body == 0) {
                end(sql, current, statements);
                current = new ArrayList<>();
                continue;
            }
            current.add(token);
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth = Math.max(0, depth - 1);
            } else if (makesRoutine(current)) {
                body = bodyDepth(current, body);
            }
        }
        end(sql, current, statements);
        return List.copyOf(statements);
    }

    private static void end(String sql, List<Token> tokens, List<Statement> statements) {
        if (!tokens.isEmpty()) {
            String text =
                    sql.substring(tokens.getFirst().start(), tokens.getLast().end());
            statements.add(new Statement(text, tokens));
        }
    }

    private static boolean makesRoutine(List<Token> tokens) {
        if (!tokens.getFirst().is("create")) {
            return false;
        }
        return tokens.stream().limit(4).anyMatch(token -> token.is("function") || token.is("procedure"));
    }

    /** {@code BEGIN ATOMIC ... END} holds semicolons of its own, and {@code CASE ... END} may stand in it. */
    private static int bodyDepth(List<Token> tokens, int body) {
        Token last = tokens.getLast();
        boolean afterBegin = tokens.size() > 1 && tokens.get(tokens.size() - 2).is("begin");
        if (body == 0) {
            return last.is("atomic") && afterBegin ? 1 : 0;
        }
        if (last.is("case")) {
            return body + 1;
        }
        return last.is("end") ? body - 1 : body;
    }
}
