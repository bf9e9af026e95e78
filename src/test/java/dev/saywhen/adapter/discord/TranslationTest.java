package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discord's events as the inbox knows them. */
final class TranslationTest {
    private DiscordWorld world;
    private HeardEvents inbox;

    @BeforeEach
    void listen() throws Exception {
        world = new DiscordWorld();
        inbox = new HeardEvents();
        world.open(inbox, Runnable::run);
        world.awaitConnected();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    private InboundMessage posted(Consumer<ObjectNode> more) {
        int before = inbox.events().size();
        world.clock.tick(Duration.ofSeconds(1));
        world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, more);
        world.core.await("the message", () -> inbox.events().size() > before);
        return assertInstanceOf(InboundEvent.Posted.class, inbox.events().getLast())
                .message();
    }

    private InboundMessage said(String text) {
        return posted(message -> message.put("content", text));
    }

    @Test
    void mentions_channels_and_emoji_are_what_people_see() {
        assertEquals(
                "@saywhen proceed", said("<@" + FakeDiscord.BOT + "> proceed").text());
        assertEquals(
                "@saywhen proceed", said("<@!" + FakeDiscord.BOT + "> proceed").text());
        assertEquals(
                "@saywhen proceed",
                said("<@&" + FakeDiscord.BOT_ROLE + "> proceed").text());
        assertEquals("@17;yes", said("<@17>yes").text());
        assertEquals(
                "a :party: /stop   #5",
                said("a <a:party:123> </stop:99> <t:17:R> <#5>").text());
        assertEquals("**yes** <b> &amp;", said("**yes** <b> &amp;").text());
    }

    @Test
    void a_person_is_who_writes_and_nothing_else() {
        assertEquals(Author.Kind.PERSON, said("yes").author().kind());
        assertEquals(
                Author.Kind.PERSON,
                posted(message -> message.put("content", "yes").put("type", 19))
                        .author()
                        .kind());
        List<Consumer<ObjectNode>> machines = List.of(
                message -> message.put("webhook_id", "5"),
                message -> message.put("application_id", "5"),
                message -> message.putObject("interaction_metadata").put("id", "5"),
                message -> message.withObjectProperty("author").put("bot", true),
                message -> message.withObjectProperty("author").put("system", true),
                message -> message.put("type", 18),
                message -> message.put("type", 21),
                message -> message.put("type", 20));
        for (Consumer<ObjectNode> machine : machines) {
            InboundMessage message = posted(m -> {
                m.set("author", m.path("author").deepCopy());
                m.put("content", "yes");
                machine.accept(m);
            });
            assertEquals(Author.Kind.MACHINE, message.author().kind(), message::toString);
        }
    }

    @Test
    void all_that_a_machine_shows_is_its_text() {
        InboundMessage alert = posted(message -> {
            message.put("webhook_id", "5").put("content", "p99 over 2 s");
            ObjectNode embed = message.withArrayProperty("embeds").addObject().put("type", "rich");
            embed.put("title", "Alarm")
                    .put("description", "stop everything")
                    .putObject("footer")
                    .put("text", "ops");
            embed.putArray("fields").addObject().put("name", "host").put("value", "db1");
        });
        assertEquals("p99 over 2 s\nAlarm\nstop everything\nops\nhost\ndb1", alert.text());
    }

    @Test
    void a_forward_a_file_and_a_quote_are_known_as_such() {
        InboundMessage forward = posted(message -> {
            message.putObject("message_reference")
                    .put("type", 1)
                    .put("message_id", "7")
                    .put("channel_id", "8");
            message.putArray("message_snapshots")
                    .addObject()
                    .putObject("message")
                    .put("content", "proceed");
        });
        assertEquals("proceed", forward.text());
        assertTrue(forward.traits().contains(Trait.FORWARD));
        assertNull(forward.replyTo());
        InboundMessage file = posted(message -> message.put("content", "yes")
                .withArrayProperty("attachments")
                .addObject()
                .put("id", "1"));
        assertTrue(file.traits().contains(Trait.FILE));
        assertTrue(said("> yes").traits().contains(Trait.QUOTE));
    }

    @Test
    void a_reply_names_what_it_answers() {
        InboundMessage reply = posted(message -> message.put("content", "yes")
                .put("type", 19)
                .putObject("message_reference")
                .put("message_id", "77")
                .put("channel_id", FakeDiscord.CHANNEL));
        assertEquals(id(FakeDiscord.CHANNEL, "77"), reply.replyTo());
    }

    @Test
    void a_preview_of_a_link_is_no_edit() {
        InboundMessage said = said("see https://example.org");
        world.discord.edit(FakeDiscord.CHANNEL, said.id().value(), "see https://example.org now");
        world.core.await("the edit", () -> inbox.events().size() == 2);
        world.discord.preview(FakeDiscord.CHANNEL, said.id().value());
        InboundMessage other = said("https://example.org");
        world.discord.preview(FakeDiscord.CHANNEL, other.id().value());
        said("after it");
        assertEquals(4, inbox.events().size());
    }

    @Test
    void what_is_said_in_a_direct_conversation_belongs_to_the_talk_that_goes_on_there() {
        String root = world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, DiscordWorld.mention("a library"));
        ThreadId thread = new ThreadId(id(FakeDiscord.DIRECT, root));
        world.core.await("the message", () -> inbox.events().size() == 1);
        world.adapter.gateway().send(message("run-1/a", thread, Outgoing.Purpose.QUESTION));
        assertEquals(thread, direct("plan").thread());
        world.clock.tick(Duration.ofSeconds(2));
        world.adapter.gateway().send(message("run-1/done/r1", thread, Outgoing.Purpose.DONE));
        assertTrue(direct("another library").isRoot());
        String done =
                world.discord.ofBot(FakeDiscord.DIRECT).getLast().path("id").asText();
        world.discord.post(
                FakeDiscord.DIRECT,
                FakeDiscord.ANA,
                message -> message.put("content", "undo")
                        .put("type", 19)
                        .putObject("message_reference")
                        .put("message_id", done));
        world.core.await("the reply", () -> inbox.events().size() == 4);
        InboundMessage undo = assertInstanceOf(
                        InboundEvent.Posted.class, inbox.events().getLast())
                .message();
        assertEquals(thread, undo.thread());
    }

    private InboundMessage direct(String text) {
        int before = inbox.events().size();
        world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, text);
        world.core.await("the message", () -> inbox.events().size() > before);
        return assertInstanceOf(InboundEvent.Posted.class, inbox.events().getLast())
                .message();
    }

    private static Outgoing.Message message(String key, ThreadId thread, Outgoing.Purpose purpose) {
        return new Outgoing.Message(key, thread, purpose, key, null);
    }

    @Test
    void a_forums_post_is_a_thread_and_so_is_one_that_began_without_a_message() {
        for (String channel : List.of(FakeDiscord.FORUM, FakeDiscord.CHANNEL)) {
            String thread = world.discord.thread(channel, null, "a library", 11);
            int before = inbox.events().size();
            world.discord.post(thread, FakeDiscord.ANA, "hello");
            world.core.await("the message", () -> inbox.events().size() > before);
            InboundMessage message = assertInstanceOf(
                            InboundEvent.Posted.class, inbox.events().getLast())
                    .message();
            assertEquals(new ThreadId(id(channel, thread)), message.thread());
        }
    }

    @Test
    void private_threads_that_were_made_while_nobody_listened_are_joined() throws Exception {
        try (DiscordWorld late = new DiscordWorld()) {
            String before = late.discord.thread(FakeDiscord.CHANNEL, null, "quiet", 12);
            String member = late.discord.thread(FakeDiscord.CHANNEL, null, "quiet too", 12);
            late.discord.changeThread(
                    member,
                    thread -> thread.putObject("member")
                            .put("join_timestamp", late.clock.instant().toString())
                            .put("flags", 0));
            late.listening();
            late.core.await("joining", () -> late.discord.calls(joining(before)) == 1);

            ObjectNode seen = late.discord.object().put("guild_id", FakeDiscord.GUILD);
            seen.putArray("threads")
                    .add(late.discord.channel("31", 12, "seen from now on").put("parent_id", FakeDiscord.CHANNEL));
            late.discord.event("THREAD_LIST_SYNC", seen);
            late.core.await("joining", () -> late.discord.calls(joining("31")) == 1);
            assertEquals(0, late.discord.calls(joining(member)));
        }
    }

    private static String joining(String thread) {
        return "PUT channels/" + thread + "/thread-members/@me";
    }

    @Test
    void a_private_thread_is_joined() {
        String thread = world.discord.thread(FakeDiscord.CHANNEL, null, "quiet", 12);
        world.core.await("joining", () -> world.discord.calls("PUT channels/" + thread + "/thread-members/@me") == 1);
        world.discord.event(
                "THREAD_MEMBERS_UPDATE",
                world.discord
                        .object()
                        .put("id", thread)
                        .put("guild_id", FakeDiscord.GUILD)
                        .put("member_count", 1)
                        .set(
                                "removed_member_ids",
                                world.discord.object().arrayNode().add(FakeDiscord.BOT)));
        world.core.await("the loss", () -> inbox.events().size() == 1);
        InboundEvent.PlaceLost lost =
                assertInstanceOf(InboundEvent.PlaceLost.class, inbox.events().getFirst());
        assertEquals(new ThreadId(id(FakeDiscord.CHANNEL, thread)), lost.thread());
    }

    @Test
    void who_is_a_guest_a_bot_or_has_left_is_asked_of_the_server() {
        world.discord.member("31", "pending").put("pending", true);
        world.discord.member("32", "guest").put("flags", 1 << 4);
        world.discord.member("33", "bot").withObjectProperty("user").put("bot", true);
        Map<String, Optional<Author.Kind>> expected = Map.of(
                FakeDiscord.ANA,
                Optional.of(Author.Kind.PERSON),
                "31",
                Optional.of(Author.Kind.GUEST),
                "32",
                Optional.of(Author.Kind.GUEST),
                "33",
                Optional.of(Author.Kind.MACHINE),
                "34",
                Optional.empty());
        expected.forEach(
                (user, kind) -> assertEquals(kind, world.adapter.directory().kindOf(DiscordWorld.actor(user)), user));
        world.discord.leave(FakeDiscord.ANA);
        world.clock.tick(Duration.ofSeconds(21));
        assertEquals(Optional.empty(), world.adapter.directory().kindOf(DiscordWorld.actor(FakeDiscord.ANA)));
    }

    @Test
    void what_the_bot_may_do_is_worked_out_as_discord_does() {
        ObjectNode channel = world.discord.object();
        Map<String, Long> roles = Map.of("1", 0b11L, "2", 0b100L, "3", Rights.ADMINISTRATOR);
        assertEquals(0b111, Rights.in(channel, roles, Set.of("2"), "1", "9"));
        overwrite(channel, "1", 0, 0b110);
        assertEquals(0b001, Rights.in(channel, roles, Set.of("2"), "1", "9"));
        overwrite(channel, "2", 0b100, 0b001);
        assertEquals(0b100, Rights.in(channel, roles, Set.of("2"), "1", "9"));
        overwrite(channel, "9", 0b001, 0b100);
        assertEquals(0b001, Rights.in(channel, roles, Set.of("2"), "1", "9"));
        assertEquals(-1, Rights.in(channel, roles, Set.of("3"), "1", "9"));
    }

    private static void overwrite(ObjectNode channel, String id, long allow, long deny) {
        channel.withArrayProperty("permission_overwrites")
                .addObject()
                .put("id", id)
                .put("allow", Long.toString(allow))
                .put("deny", Long.toString(deny));
    }

    private static MessageId id(String channel, String message) {
        return new MessageId(new ChannelId(DiscordWorld.TEAM, channel), message);
    }
}
