package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the bot says, as it arrives in Slack. */
final class SlackGatewayTest {
    private static final ThreadId THREAD =
            new ThreadId(new MessageId(new dev.saywhen.id.ChannelId(Identity.team("T0TEAM"), "C0ORDERS"), "1.000001"));

    @Test
    void a_key_is_said_once_even_if_the_process_forgot_it() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            ChatGateway.Sent sent = world.adapter.gateway().send(message("k1", "hello", null));
            assertEquals(sent, world.adapter.gateway().send(message("k1", "hello", null)));
            Slack restarted = new Slack(
                    new SlackSetting(
                            "xoxb-1",
                            java.util.Optional.of("xapp-1"),
                            java.util.Optional.empty(),
                            world.slack.apiUrl(),
                            List.of(),
                            "saywhen"),
                    world.clock);
            assertEquals(sent, restarted.gateway().send(message("k1", "hello", null)));
            assertEquals(1, world.slack.ofBot("C0ORDERS").size());
        }
    }

    @Test
    void nothing_a_text_says_pings_anybody_or_looks_like_slacks_own_markup() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.adapter.directory().kindOf(SlackWorld.actor(FakeSlack.ANA));
            world.adapter.gateway().send(message("k1", "<!here> <@U0BOBBB> & @U0ANAAA @U0NOONE <https://x|y>", null));
            ObjectNode shown = world.slack.ofBot("C0ORDERS").getFirst();
            String expected = "&lt;!here&gt; &lt;@U0BOBBB&gt; &amp; @anaaa @U0NOONE &lt;https://x|y&gt;";
            assertEquals(expected, shown.path("text").asText());
            assertEquals(expected, shown.at("/blocks/0/text/text").asText());
            assertTrue(shown.at("/blocks/0/text/verbatim").asBoolean());
        }
    }

    @Test
    void a_long_text_is_several_messages_and_its_last_line_is_the_last_ones() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            String line = "- a line of the plan that is neither long nor short, number ";
            StringBuilder text = new StringBuilder("```\n");
            for (int at = 0; at < 400; at++) {
                text.append(line).append(at).append('\n');
            }
            text.append("```\nMay I proceed with implementing this backend solution?");
            Card card = new Card("plan", "Plan r1: " + "x".repeat(200), List.of());
            ChatGateway.Sent sent = eventually(world, message("k1", text.toString(), card));
            List<ObjectNode> shown = world.slack.ofBot("C0ORDERS");
            assertEquals(3, shown.size());
            assertEquals(shown.getLast().path("ts").asText(), sent.id().value());
            assertTrue(shown.getLast()
                    .path("text")
                    .asText()
                    .endsWith("\nMay I proceed with implementing this backend solution?"));
            StringBuilder all = new StringBuilder();
            for (ObjectNode one : shown) {
                JsonNode blocks = one.path("blocks");
                assertTrue(blocks.size() <= 50);
                int length = 0;
                for (JsonNode block : blocks) {
                    int size = block.at("/text/text").asText().length();
                    assertTrue(
                            size <= (block.path("type").asText().equals("header") ? 150 : 3_000), "block of " + size);
                    length += size;
                }
                assertTrue(length < 12_000, "message of " + length);
                assertEquals(0, one.path("text").asText().split("```", -1).length % 2 - 1, "an open fence");
                all.append(one.path("text").asText());
            }
            for (int at = 0; at < 400; at++) {
                assertTrue(all.toString().contains(line + at + "\n"), "line " + at);
            }
        }
    }

    @Test
    void a_pause_that_slack_asks_for_is_kept() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.busy("chat.postMessage", 1);
            ChatGateway.Busy busy = assertThrows(
                    ChatGateway.Busy.class, () -> world.adapter.gateway().send(message("k1", "a", null)));
            assertEquals(Duration.ofSeconds(1), busy.pause());
            world.clock.tick(Duration.ofSeconds(2));
            world.adapter.gateway().send(message("k1", "a", null));
            assertEquals(1, world.slack.ofBot("C0ORDERS").size());
        }
    }

    @Test
    void messages_to_a_channel_are_a_second_apart_and_receipts_do_not_wait() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.adapter.gateway().send(message("k1", "a", null));
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().send(message("k2", "b", null)));
            world.adapter
                    .gateway()
                    .send(new Outgoing.Message("k3", THREAD, Outgoing.Purpose.RECEIPT, "STOPPED, CONFIRMED.", null));
            assertEquals(2, world.slack.ofBot("C0ORDERS").size());
        }
    }

    @Test
    void edits_of_a_message_are_two_seconds_apart() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            MessageId id =
                    world.adapter.gateway().send(message("k1", "a", null)).id();
            world.adapter.gateway().edit(id, "b");
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().edit(id, "c"));
            world.clock.tick(Duration.ofSeconds(2));
            world.adapter.gateway().edit(id, "d");
            assertEquals(
                    "d", world.slack.ofBot("C0ORDERS").getFirst().path("text").asText());
        }
    }

    @Test
    void a_plan_is_shown_letter_by_letter_and_is_a_file_before_its_head() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            String scopes = "write src/main/** and src/test/** <!here>";
            eventually(world, message("run-1/plan/r1/1", scopes, null));
            eventually(world, message("run-1/plan/r1/2", "run mvn -B *verify*", null));
            eventually(world, message("run-1/plan/r1/head", "Plan r1", null));

            JsonNode shown = world.slack.ofBot("C0ORDERS").getFirst();
            assertEquals(scopes, shown.at("/blocks/0/text/text").asText());
            assertEquals("plain_text", shown.at("/blocks/0/text/type").asText());
            assertEquals(false, shown.at("/blocks/0/text/emoji").asBoolean(true));
            assertEquals(
                    "write src/main/** and src/test/** &lt;!here&gt;",
                    shown.path("text").asText());
            assertEquals(List.of(scopes + "\nrun mvn -B *verify*\n"), world.slack.files());
        }
    }

    @Test
    void a_plan_that_changes_tables_comes_with_a_picture_of_them() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            eventually(
                    world,
                    message("run-1/plan/r1/1", "## Steps\n- schema: + column public.note.id: bigint not null", null));
            eventually(world, message("run-1/plan/r1/head", "Plan r1", null));
            assertEquals(2, world.slack.files().size());
            assertTrue(world.slack.files().getLast().contains("+ id bigint not null</text>"));
        }
    }

    @Test
    void a_plan_without_its_file_is_a_plan_all_the_same() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("files.getUploadURLExternal", "missing_scope");
            eventually(world, message("run-1/plan/r1/1", "all of it", null));
            eventually(world, message("run-1/plan/r1/head", "Plan r1", null));
            assertEquals(2, world.slack.ofBot("C0ORDERS").size());
        }
    }

    @Test
    void slack_shows_its_own_stop_button_while_a_run_works() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            String root = THREAD.root().value();
            eventually(world, new Outgoing.Message("k1", THREAD, Outgoing.Purpose.PROGRESS, "step 1", null));
            eventually(world, new Outgoing.Message("k2", THREAD, Outgoing.Purpose.DONE, "Done.", null));
            assertEquals(List.of(root + " processing", root + " active"), world.slack.statuses());

            world.slack.refuse("agents.sessions.setStatus", "not_allowed");
            eventually(world, new Outgoing.Message("k3", THREAD, Outgoing.Purpose.PROGRESS, "step 2", null));
            eventually(world, new Outgoing.Message("k4", THREAD, Outgoing.Purpose.DONE, "Done.", null));
            assertEquals(
                    3,
                    world.slack.calls().stream()
                            .filter("agents.sessions.setStatus"::equals)
                            .count());
        }
    }

    private static ChatGateway.Sent eventually(SlackWorld world, Outgoing.Message message) {
        while (true) {
            try {
                return world.adapter.gateway().send(message);
            } catch (ChatGateway.Busy busy) {
                world.clock.tick(busy.pause());
            }
        }
    }

    private static Outgoing.Message message(String key, String text, @Nullable Card card) {
        return new Outgoing.Message(key, THREAD, Outgoing.Purpose.NOTE, text, card);
    }
}
