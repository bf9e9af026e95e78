package dev.saywhen.adapter.slack;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Slack's names of the emoji that mean something here. A name that is not here stays as it is written. */
final class EmojiNames {
    private static final Map<String, String> UNICODE = Map.ofEntries(
            Map.entry("octagonal_sign", "🛑"),
            Map.entry("no_entry", "⛔"),
            Map.entry("eyes", "👀"),
            Map.entry("hourglass_flowing_sand", "⏳"),
            Map.entry("white_check_mark", "✅"),
            Map.entry("heavy_check_mark", "✔️"),
            Map.entry("ballot_box_with_check", "☑️"),
            Map.entry("double_vertical_bar", "⏸"),
            Map.entry("+1", "👍"),
            Map.entry("-1", "👎"),
            Map.entry("ok_hand", "👌"),
            Map.entry("clap", "👏"),
            Map.entry("pray", "🙏"),
            Map.entry("wave", "👋"),
            Map.entry("hand", "✋"),
            Map.entry("rocket", "🚀"),
            Map.entry("tada", "🎉"),
            Map.entry("fire", "🔥"),
            Map.entry("warning", "⚠️"),
            Map.entry("x", "❌"),
            Map.entry("smile", "😄"),
            Map.entry("joy", "😂"),
            Map.entry("heart", "❤️"));
    private static final Map<String, String> SECOND_NAMES =
            Map.of("thumbsup", "+1", "thumbsdown", "-1", "raised_hand", "hand", "pause_button", "double_vertical_bar");
    private static final Map<String, String> NAMES =
            UNICODE.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private EmojiNames() {}

    /** The emoji of a name as events and texts have it, whatever its skin tone. */
    static Optional<String> unicode(String name) {
        int tone = name.indexOf("::");
        String plain = tone < 0 ? name : name.substring(0, tone);
        return Optional.ofNullable(UNICODE.get(SECOND_NAMES.getOrDefault(plain, plain)));
    }

    /** Whether a name of what stops stands in it, wherever. */
    static boolean mayHoldStop(String raw) {
        return raw.contains("octagonal_sign") || raw.contains("no_entry");
    }

    /** What to call an emoji when reacting with it. */
    static String name(String emoji) {
        String name = NAMES.get(emoji);
        if (name == null) {
            throw new IllegalArgumentException("Slack's name of " + emoji + " is not known here");
        }
        return name;
    }
}
