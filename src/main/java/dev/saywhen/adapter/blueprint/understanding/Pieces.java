package dev.saywhen.adapter.blueprint.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts text where a writer would: messages into statements, statements into parts, parts into words. */
final class Pieces {

    private static final Pattern BULLET = Pattern.compile("^([-*+•–]|\\d{1,2}[.)])\\s+");

    private Pieces() {}

    /** Statements: lines, and within a line what semicolons and full stops separate; never inside brackets. */
    static List<String> statements(String line) {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int depth = 0;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            depth = depth(depth, c);
            boolean fullStop = c == '.' && (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1)));
            if (depth == 0 && (c == ';' || fullStop)) {
                add(statements, current);
            } else {
                current.append(c);
            }
        }
        add(statements, current);
        return statements;
    }

    /** Parts between commas, and between {@code and}s that stand between commas' equals; never inside brackets. */
    static List<String> parts(String statement) {
        List<String> parts = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int depth = 0;
        for (char c : statement.toCharArray()) {
            depth = depth(depth, c);
            if (depth == 0 && c == ',') {
                add(parts, current);
            } else {
                current.append(c);
            }
        }
        add(parts, current);
        return parts;
    }

    /** Words; brackets stick to the word before them and hold no space. */
    static List<String> words(String part) {
        List<String> words = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int depth = 0;
        for (char c : part.replaceAll("\\s+\\(", "(").toCharArray()) {
            depth = depth(depth, c);
            if (!Character.isWhitespace(c)) {
                current.append(c);
            } else if (depth == 0) {
                add(words, current);
            }
        }
        add(words, current);
        return words;
    }

    /** Without bullets, and without what marks code or emphasis. */
    static String undecorated(String line) {
        String plain =
                line.replace("`", "").replace("**", "").replace("\u00a0", " ").strip();
        return BULLET.matcher(plain).replaceFirst("").strip();
    }

    private static int depth(int depth, char c) {
        return switch (c) {
            case '(', '{', '[' -> depth + 1;
            case ')', '}', ']' -> Math.max(0, depth - 1);
            default -> depth;
        };
    }

    private static void add(List<String> pieces, StringBuilder current) {
        String piece = current.toString().strip();
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        current.setLength(0);
    }
}
