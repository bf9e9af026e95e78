package dev.saywhen.adapter.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.LayoutBlock;
import dev.saywhen.chat.Card;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message as Block Kit, within its limits. The text of the message stands in it whole and in order. */
final class Blocks {
    /** What the button that halts a run is called in an interaction. */
    static final String STOP_ACTION = "saywhen_stop";

    private static final int LONGEST_SECTION = 2_900;
    private static final int LONGEST_HEADER = 150;

    private Blocks() {}

    /** @param encoded no longer than {@link Encoding#LONGEST_MESSAGE} */
    static List<LayoutBlock> of(String encoded, @Nullable Card card, boolean hasStopButton) {
        List<LayoutBlock> blocks = headed(card);
        Encoding.parts(encoded, LONGEST_SECTION)
                .forEach(part -> blocks.add(
                        section(s -> s.text(markdownText(m -> m.text(part).verbatim(true))))));
        if (hasStopButton) {
            blocks.add(actions(
                    List.of(button(b -> b.actionId(STOP_ACTION).style("danger").text(plainText("Hold this run"))))));
        }
        return blocks;
    }

    /**
     * Letter by letter: the paths and arguments of a plan are full of signs that Slack would take for formatting and not
     * show.
     *
     * @param text as people shall see it, no longer than {@link Encoding#LONGEST_MESSAGE}
     */
    static List<LayoutBlock> literal(String text, @Nullable Card card) {
        List<LayoutBlock> blocks = headed(card);
        Encoding.parts(text, LONGEST_SECTION).forEach(part -> blocks.add(section(s -> s.text(plainText(part, false)))));
        return blocks;
    }

    private static List<LayoutBlock> headed(@Nullable Card card) {
        List<LayoutBlock> blocks = new ArrayList<>();
        if (card != null) {
            String title = card.title();
            blocks.add(header(h -> h.text(plainText(
                    title.length() > LONGEST_HEADER ? title.substring(0, LONGEST_HEADER - 3) + "..." : title))));
        }
        return blocks;
    }
}
