package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bot says, as it arrives in Discord. */
final class DiscordGatewayTest {
    private static final String ROOT = "900000000000000500";
    private static final ThreadId THREAD =
            new ThreadId(new MessageId(new ChannelId(DiscordWorld.TEAM, FakeDiscord.CHANNEL), ROOT));

    @Test
    void a_key_is_said_once_even_if_the_process_forgot_it() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            ChatGateway.Sent sent = world.adapter.gateway().send(note("k1", "hello"));
            assertEquals(sent, world.adapter.gateway().send(note("k1", "hello")));
            Discord restarted = new Discord(world.setting(), world.clock);
            assertEquals(sent, restarted.gateway().send(note("k1", "hello")));
            assertEquals(1, world.discord.ofBot(FakeDiscord.CHANNEL).size());
        }
    }

    @Test
    void what_a_run_said_is_found_again_when_discord_has_forgotten_its_nonce() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String root = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            ThreadId thread = new ThreadId(new MessageId(THREAD.channel(), root));
            Outgoing.Message done =
                    new Outgoing.Message("run-1/done/r1", thread, Outgoing.Purpose.NOTE, "Three tests passed.", null);
            ChatGateway.Sent sent = world.adapter.gateway().send(done);
            world.clock.tick(Duration.ofHours(1));
            Discord restarted = new Discord(world.setting(), world.clock);
            restarted.look();
            assertEquals(sent, restarted.gateway().send(done));
            assertEquals(1, world.discord.ofBot(root).size());
        }
    }

    @Test
    void nothing_a_text_says_mentions_anybody_or_looks_like_discords_own_markup() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.adapter.directory().kindOf(DiscordWorld.actor(FakeDiscord.ANA));
            String text = "@everyone <@" + FakeDiscord.BO + "> @" + FakeDiscord.ANA + " <t:1:R> <#1> a < b";
            world.adapter.gateway().send(note("k1", text));
            ObjectNode shown = world.discord.ofBot(FakeDiscord.CHANNEL).getFirst();
            assertEquals(
                    "@everyone \\<@" + FakeDiscord.BO + "> @ana \\<t:1:R> \\<#1> a < b",
                    shown.path("content").asText());
            assertEquals("{\"parse\":[]}", shown.path("allowed_mentions").toString());
        }
    }

    @Test
    void a_long_text_is_several_messages_of_at_most_two_thousand_signs() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String line = "- a line of the plan that is neither long nor short, number ";
            StringBuilder text = new StringBuilder("```\n");
            for (int at = 0; at < 100; at++) {
                text.append(line).append(at).append('\n');
            }
            text.append("```\nMay I proceed with implementing this backend solution?");
            ChatGateway.Sent sent = eventually(world, note("k1", text.toString()));
            List<ObjectNode> shown = world.discord.ofBot(FakeDiscord.CHANNEL);
            assertEquals(4, shown.size());
            assertEquals(shown.getLast().path("id").asText(), sent.id().value());
            StringBuilder all = new StringBuilder();
            for (ObjectNode one : shown) {
                String content = one.path("content").asText();
                assertTrue(content.length() <= 2_000, "message of " + content.length());
                assertEquals(1, content.split("```", -1).length % 2, "an open fence");
                all.append(content).append('\n');
            }
            for (int at = 0; at < 100; at++) {
                assertTrue(all.toString().contains(line + at + "\n"), "line " + at);
            }
        }
    }

    @Test
    void a_pause_that_discord_asks_for_is_kept_whether_it_is_a_whole_number_or_not() throws Exception {
        for (String seconds : List.of("2", "1.337")) {
            try (DiscordWorld world = new DiscordWorld()) {
                String call = "POST channels/" + FakeDiscord.CHANNEL + "/messages";
                world.discord.busy(call, seconds);
                ChatGateway.Busy busy = assertThrows(
                        ChatGateway.Busy.class, () -> world.adapter.gateway().send(receipt("k1", "a")));
                assertEquals(Rest.seconds(seconds), busy.pause());
                long calls = world.discord.calls(call);
                assertThrows(
                        ChatGateway.Busy.class, () -> world.adapter.gateway().send(receipt("k1", "a")));
                assertEquals(calls, world.discord.calls(call), "not asked again before its time");
                world.clock.tick(busy.pause());
                world.adapter.gateway().send(receipt("k1", "a"));
                assertEquals(1, world.discord.ofBot(FakeDiscord.CHANNEL).size());
            }
        }
    }

    @Test
    void a_person_who_takes_nothing_from_the_bot_is_tried_less_and_less_often_until_something_arrives()
            throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String call = "POST channels/" + FakeDiscord.DIRECT + "/messages";
            ChannelId direct = new ChannelId(DiscordWorld.TEAM, FakeDiscord.DIRECT);
            Outgoing.Message message = new Outgoing.Message(
                    "k1", new ThreadId(new MessageId(direct, ROOT)), Outgoing.Purpose.RECEIPT, "a", null);
            world.discord.refuse(call, 403, 50_007);
            assertEquals(List.of(1L, 2L, 4L, 8L, 15L, 15L), pauses(world, message, 6));

            world.discord.refuse(call, 0, 0);
            eventually(world, message);
            world.discord.refuse(call, 403, 50_007);
            Outgoing.Message next = new Outgoing.Message("k2", message.thread(), Outgoing.Purpose.RECEIPT, "b", null);
            assertEquals(List.of(1L, 2L), pauses(world, next, 2));
        }
    }

    @Test
    void a_place_where_the_bot_may_not_speak_is_tried_each_minute_since_somebody_may_let_it() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.refuse("POST channels/" + FakeDiscord.CHANNEL + "/messages", 403, 50_013);
            assertEquals(List.of(1L, 1L, 1L), pauses(world, receipt("k1", "a"), 3));
        }
    }

    /** In minutes, each of them kept. */
    private static List<Long> pauses(DiscordWorld world, Outgoing.Message message, int times) {
        List<Long> pauses = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            ChatGateway.Busy busy = assertThrows(
                    ChatGateway.Busy.class, () -> world.adapter.gateway().send(message));
            pauses.add(busy.pause().toMinutes());
            world.clock.tick(busy.pause());
        }
        return pauses;
    }

    @Test
    void a_pause_that_is_asked_of_all_calls_is_kept_by_all() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.busyEverywhere("POST channels/" + FakeDiscord.CHANNEL + "/messages", "3");
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().send(receipt("k1", "a")));
            MessageId other = new MessageId(new ChannelId(DiscordWorld.TEAM, FakeDiscord.OTHER_CHANNEL), ROOT);
            long calls = world.discord.calls("");
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().react(other, "👀"));
            assertEquals(calls, world.discord.calls(""), "not asked before its time");
            world.clock.tick(Duration.ofMillis(3_001));
            world.adapter.gateway().send(receipt("k1", "a"));
        }
    }

    @Test
    void a_runs_thread_is_renamed_at_its_end_though_the_process_that_named_it_is_gone() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String root = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            String others = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            world.discord.thread(FakeDiscord.CHANNEL, others, "our library", 11);
            eventually(world, ofRun("run-1/question", root, Outgoing.Purpose.QUESTION));
            assertEquals("run 1", world.discord.channelNow(root).path("name").asText());
            Discord restarted = new Discord(world.setting(), world.clock);
            restarted.look();
            restarted.gateway().send(ofRun("run-1/done", root, Outgoing.Purpose.DONE));
            restarted.gateway().send(ofRun("run-2/done", others, Outgoing.Purpose.DONE));
            assertEquals(
                    "done: run 1", world.discord.channelNow(root).path("name").asText());
            assertEquals(
                    "our library", world.discord.channelNow(others).path("name").asText());
        }
    }

    private static Outgoing.Message ofRun(String key, String root, Outgoing.Purpose purpose) {
        ThreadId thread = new ThreadId(new MessageId(THREAD.channel(), root));
        return new Outgoing.Message(key, thread, purpose, "A word.", null);
    }

    @Test
    void limits_are_counted_by_channel_and_kind_of_call() {
        assertEquals("POST channels/1/messages", Rest.limit("POST", "channels/1/messages"));
        assertEquals("PATCH channels/1/messages/id", Rest.limit("PATCH", "channels/1/messages/22"));
        assertEquals("GET channels/1/messages", Rest.limit("GET", "channels/1/messages?limit=100&before=7"));
        assertEquals("GET guilds/1/members/id", Rest.limit("GET", "guilds/1/members/5"));
        assertEquals(Duration.ofMillis(1_338), Rest.seconds("1.337"));
        assertEquals(Duration.ofMillis(2_001), Rest.seconds("2"));
    }

    @Test
    void messages_to_a_channel_are_a_second_apart_and_receipts_do_not_wait() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.adapter.gateway().send(note("k1", "a"));
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().send(note("k2", "b")));
            world.adapter.gateway().send(receipt("k3", "STOPPED, CONFIRMED."));
            assertEquals(2, world.discord.ofBot(FakeDiscord.CHANNEL).size());
        }
    }

    @Test
    void edits_of_a_message_are_two_seconds_apart() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            MessageId id = world.adapter.gateway().send(note("k1", "a")).id();
            world.adapter.gateway().edit(id, "b");
            assertThrows(ChatGateway.Busy.class, () -> world.adapter.gateway().edit(id, "c"));
            world.clock.tick(Duration.ofSeconds(2));
            world.adapter.gateway().edit(id, "d");
            assertEquals(List.of("d"), world.discord.shown(FakeDiscord.CHANNEL));
        }
    }

    @Test
    void a_message_that_somebody_deleted_is_gone() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            MessageId id = world.adapter.gateway().send(note("k1", "a")).id();
            world.discord.delete(FakeDiscord.CHANNEL, id.value());
            assertThrows(
                    ChatGateway.MessageGone.class, () -> world.adapter.gateway().edit(id, "b"));
            assertThrows(
                    ChatGateway.MessageGone.class, () -> world.adapter.gateway().react(id, "✅"));
        }
    }

    @Test
    void a_plan_is_shown_letter_by_letter_and_is_a_file_before_its_head() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String root = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            ThreadId thread = new ThreadId(new MessageId(THREAD.channel(), root));
            String scopes = "# Scopes\nwrite src/main/** and `src_test_` <@1>\n- run mvn -B *verify*";
            eventually(world, plan(thread, "1", scopes));
            eventually(world, plan(thread, "2", "all of it"));
            eventually(world, plan(thread, "head", "Plan r1, until Tue 14:20 UTC"));

            List<String> shown = world.discord.shown(root);
            assertEquals(
                    "\\# Scopes\nwrite src/main/\\*\\* and \\`src\\_test\\_\\` \\<@1>\n\\- run mvn -B \\*verify\\*",
                    shown.getFirst());
            assertEquals("Plan r1, until <t:1795530000:F>", shown.getLast());
            assertEquals(List.of(scopes + "\nall of it\n"), world.discord.files());
        }
    }

    @Test
    void a_plan_that_changes_tables_comes_with_a_picture_of_them() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String root = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            ThreadId thread = new ThreadId(new MessageId(THREAD.channel(), root));
            eventually(world, plan(thread, "1", "## Steps\n   - schema: + column public.note.id: bigint not null"));
            eventually(world, plan(thread, "head", "Plan r1"));
            assertEquals(2, world.discord.files().size());
            assertTrue(world.discord.files().getLast().contains("+ id bigint not null</text>"));
        }
    }

    @Test
    void a_plan_without_its_file_is_a_plan_all_the_same() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            String root = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "a library");
            ThreadId thread = new ThreadId(new MessageId(THREAD.channel(), root));
            eventually(world, plan(thread, "1", "all of it"));
            world.discord.busy("POST channels/" + root + "/messages", "0.5");
            eventually(world, plan(thread, "head", "Plan r1"));
            assertEquals(List.of("all of it", "Plan r1"), world.discord.shown(root));
            assertEquals(List.of(), world.discord.files());
        }
    }

    @Test
    void progress_is_silent_and_has_the_button_that_holds_the_run() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.adapter.gateway().send(new Outgoing.Message("k1", THREAD, Outgoing.Purpose.PROGRESS, "step 1", null));
            JsonNode shown = world.discord.ofBot(FakeDiscord.CHANNEL).getFirst();
            assertEquals(1 << 2 | 1 << 12, shown.path("flags").asInt());
            assertEquals(
                    Ingress.STOP_BUTTON,
                    shown.at("/components/0/components/0/custom_id").asText());
        }
    }

    @Test
    void times_are_shown_as_each_readers_own_clock_has_them() {
        Instant now = Instant.parse("2026-11-24T23:30:00Z"); // a Tuesday
        assertEquals("Alive <t:1795563008:T>.", Formatting.local("Alive 23:30:08 UTC.", now));
        assertEquals("at <t:1795565400:t>", Formatting.local("at 00:10 UTC", now));
        assertEquals("until <t:1795594800:F>", Formatting.local("until Wed 08:20 UTC", now));
        assertEquals("25:00 UTC", Formatting.local("25:00 UTC", now));
    }

    @Test
    void a_forums_post_shows_the_state_of_its_run_by_its_tags() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.changeChannel(FakeDiscord.FORUM, forum -> {
                forum.withArrayProperty("available_tags")
                        .addObject()
                        .put("id", "1")
                        .put("name", "Waiting");
                forum.withArrayProperty("available_tags")
                        .addObject()
                        .put("id", "2")
                        .put("name", "done");
                forum.withArrayProperty("available_tags")
                        .addObject()
                        .put("id", "3")
                        .put("name", "backend");
            });
            String post = world.discord.thread(FakeDiscord.FORUM, null, "a library", 11);
            world.discord.changeThread(
                    post, thread -> thread.putArray("applied_tags").add("3"));
            ThreadId thread = new ThreadId(new MessageId(new ChannelId(DiscordWorld.TEAM, FakeDiscord.FORUM), post));
            world.core.await(
                    "the post",
                    () -> world.adapter
                            .directory()
                            .nameOf(new ChannelId(DiscordWorld.TEAM, post))
                            .isPresent());
            eventually(world, new Outgoing.Message("run-1/a", thread, Outgoing.Purpose.PLAN, "Plan", null));
            assertEquals(
                    "[\"1\",\"3\"]",
                    world.discord.channelNow(post).path("applied_tags").toString());
            eventually(world, new Outgoing.Message("run-1/b", thread, Outgoing.Purpose.DONE, "Done.", null));
            assertEquals(
                    "[\"2\",\"3\"]",
                    world.discord.channelNow(post).path("applied_tags").toString());
            assertEquals(
                    "a library", world.discord.channelNow(post).path("name").asText());
        }
    }

    private static ChatGateway.Sent eventually(DiscordWorld world, Outgoing.Message message) {
        while (true) {
            try {
                return world.adapter.gateway().send(message);
            } catch (ChatGateway.Busy busy) {
                world.clock.tick(busy.pause());
            }
        }
    }

    private static Outgoing.Message note(String key, String text) {
        return new Outgoing.Message(key, THREAD, Outgoing.Purpose.NOTE, text, null);
    }

    private static Outgoing.Message receipt(String key, String text) {
        return new Outgoing.Message(key, THREAD, Outgoing.Purpose.RECEIPT, text, null);
    }

    private static Outgoing.Message plan(ThreadId thread, String part, String text) {
        return new Outgoing.Message(
                "run-1/plan/r1/" + part,
                thread,
                part.equals("head") ? Outgoing.Purpose.PLAN : Outgoing.Purpose.NOTE,
                text,
                null);
    }
}
