package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that a machine's message shows: its text, its blocks and its attachments, a line each, nothing twice. */
final class AllText {
    private static final List<String> WORDS = List.of("text", "pretext", "title", "value", "fallback", "alt_text");
    private static final List<String> PARTS =
            List.of("blocks", "attachments", "fields", "elements", "text", "title", "message_blocks", "message");

    private AllText() {}

    static String of(JsonNode message) {
        List<String> lines = new ArrayList<>();
        collect(message, lines, 0);
        Set<String> once = new LinkedHashSet<>(lines);
        return String.join("\n", once);
    }

    private static void collect(JsonNode node, List<String> lines, int depth) {
        if (depth > 12) {
            return;
        }
        if (node.isArray()) {
            node.forEach(part -> collect(part, lines, depth + 1));
            return;
        }
        if (node.path("type").asText().startsWith("rich_text_") && node.has("elements")) {
            lines.add(line(node));
            return;
        }
        for (String word : WORDS) {
            if (node.path(word).isTextual() && !node.path(word).asText().isBlank()) {
                lines.add(node.path(word).asText());
            }
        }
        for (String part : PARTS) {
            if (node.path(part).isContainerNode()) {
                collect(node.path(part), lines, depth + 1);
            }
        }
    }

    /** The pieces of a line of rich text belong together. */
    private static String line(JsonNode rich) {
        StringBuilder line = new StringBuilder();
        for (JsonNode piece : rich.path("elements")) {
            switch (piece.path("type").asText()) {
                case "text" -> line.append(piece.path("text").asText());
                case "link" ->
                    line.append(piece.path("text").asText(piece.path("url").asText()));
                case "emoji" ->
                    line.append(':').append(piece.path("name").asText()).append(':');
                case "user" ->
                    line.append("<@")
                            .append(piece.path("user_id").asText("someone"))
                            .append('>');
                case "broadcast" -> line.append('@').append(piece.path("range").asText());
                default -> line.append(piece.has("elements") ? "\n" + line(piece) : " ");
            }
        }
        return line.toString();
    }
}
