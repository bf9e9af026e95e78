package dev.saywhen.chat;

import java.util.ArrayList;
import java.util.List;

/** A text that is too long for one message, in parts. */
public final class TextParts {
    private static final String FENCE = "```";

    private TextParts() {}

    /** What a platform's spelling must not be cut in two. */
    @FunctionalInterface
    public interface Unbroken {
        /** Where to cut instead: there, or a little before. */
        int before(String text, int cut);
    }

    /** Splits at paragraphs, lines or words. A code block that is split goes on as one. */
    public static List<String> of(String text, int longest, Unbroken unbroken) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > longest) {
            int cut = cut(rest, longest - FENCE.length() - 1, unbroken);
            String part = rest.substring(0, cut);
            rest = rest.substring(cut).replaceFirst("^[\\n ]", "");
            if (isInFence(part)) {
                part = part + "\n" + FENCE;
                rest = FENCE + "\n" + rest;
            }
            parts.add(part);
        }
        if (!rest.isBlank() || parts.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static int cut(String text, int longest, Unbroken unbroken) {
        int half = longest / 2;
        int paragraph = text.lastIndexOf("\n\n", longest);
        int line = text.lastIndexOf('\n', longest);
        int word = text.lastIndexOf(' ', longest);
        int wanted = paragraph > half ? paragraph : line > half ? line : word > half ? word : longest;
        int cut = unbroken.before(text, wanted);
        return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
    }

    private static boolean isInFence(String part) {
        int fences = 0;
        for (int at = part.indexOf(FENCE); at >= 0; at = part.indexOf(FENCE, at + FENCE.length())) {
            fences++;
        }
        return fences % 2 == 1;
    }
}
