package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bot's role may not do is named as Discord's settings name it, where somebody waits for an answer too. */
final class MissingRightsTest {
    private static final int FORBIDDEN = 403;
    private static final int NO_PERMISSION = 50_013;
    private static final int NO_ACCESS = 50_001;

    @Test
    void a_refused_call_names_the_permission_it_takes_and_where_to_allow_it() {
        String where = ": Server Settings > Roles, or the channel's settings > Permissions.";
        assertEquals(
                "Discord does not take POST channels/1/messages/2/threads: 403 Missing Permissions."
                        + " There the bot's role lacks Create Public Threads" + where,
                refused("POST channels/1/messages/2/threads", NO_PERMISSION).getMessage());
        assertEquals(
                "Discord does not take POST channels/1/messages: 403 Missing Permissions."
                        + " There the bot's role lacks Send Messages or Send Messages in Threads" + where,
                refused("POST channels/1/messages", NO_PERMISSION).getMessage());
        assertEquals(
                "Discord does not take GET channels/1/messages: 403 Missing Access."
                        + " There the bot's role lacks View Channels" + where
                        + " A private thread needs the bot among its members.",
                refused("GET channels/1/messages", NO_ACCESS).getMessage());
        assertEquals("the bot's role lacks Attach Files", why("POST channels/1/messages with a file"));
        assertEquals("the bot's role lacks Add Reactions", why("PUT channels/1/messages/2/reactions/%F0/@me"));
        assertEquals("the bot's role lacks Manage Threads", why("PATCH channels/1"));
        assertEquals("the bot's role lacks Manage Threads", why("PUT channels/1/thread-members/@me"));
        assertEquals("the bot's role lacks View Channels or Read Message History", why("GET channels/1/messages"));
    }

    private static String why(String call) {
        return refused(call, NO_PERMISSION).why();
    }

    private static DiscordRefused refused(String call, int code) {
        String said = code == NO_ACCESS ? "Missing Access" : "Missing Permissions";
        return new DiscordRefused(call, FORBIDDEN, code, said);
    }

    @Test
    void what_a_projects_channel_lacks_is_told_by_name() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            assertEquals(
                    List.of(new Lack("#orders-dev", List.of(), List.of())), world.adapter.lacks(FakeDiscord.CHANNEL));
            world.discord.deny(
                    FakeDiscord.CHANNEL, "Create Public Threads", "Send Messages in Threads", "Attach Files");
            world.discord.deny(FakeDiscord.FORUM, "Send Messages", "Create Public Threads", "Read Message History");
            world.core.await("the loss", () -> !world.adapter.heard().contains("tasks"));
            assertEquals(
                    List.of(new Lack(
                            "#orders-dev",
                            List.of("Create Public Threads", "Send Messages in Threads"),
                            List.of("Attach Files"))),
                    world.adapter.lacks("orders-dev"));
            assertEquals(
                    List.of(new Lack("#tasks", List.of("Read Message History"), List.of())),
                    world.adapter.lacks("tasks"));
            assertEquals(List.of(), world.adapter.lacks("ops"));
        }
    }

    @Test
    void a_forum_is_heard_where_the_bot_may_only_answer_in_posts() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.deny(FakeDiscord.FORUM, "Send Messages in Threads");
            world.core.await("the loss", () -> !world.adapter.heard().contains("tasks"));
            world.discord.deny(FakeDiscord.FORUM, "Send Messages");
            world.core.await("the forum again", () -> world.adapter.heard().contains("tasks"));
        }
    }

    @Test
    void where_no_thread_can_be_made_the_channel_is_told_once_and_the_run_goes_on_when_it_can() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String making = "POST channels/" + FakeDiscord.CHANNEL + "/messages/"; // a message has no threads yet
            world.discord.refuse(making, FORBIDDEN, NO_PERMISSION);
            String asked = world.discord.post(
                    FakeDiscord.CHANNEL, FakeDiscord.ANA, DiscordWorld.mention("a library of books"));
            assertEquals(
                    "I can't make a thread for run 1: the bot's role lacks Create Public Threads."
                            + " Nothing of it goes on until that is mended; then the rest follows in the thread,"
                            + " and `resume` goes on.",
                    world.awaitShown(FakeDiscord.CHANNEL, "I can't make"));
            world.core.awaitState(asked, "held PLAN");
            retried(world, making);
            assertEquals(1, told(world));
            ObjectNode notice = world.discord.ofBot(FakeDiscord.CHANNEL).getFirst();
            assertEquals(asked, notice.at("/message_reference/message_id").asText());

            world.discord.refuse(making, 0, 0);
            world.core.pass(Duration.ofMinutes(2));
            world.say(asked, FakeDiscord.ANA, "resume");
            world.core.awaitState(asked, "awaiting-authorization PLAN");
            assertEquals(List.of(), world.core.broken);
        }
    }

    @Test
    void where_nothing_can_be_said_in_a_thread_the_channel_is_told_once_by_what_the_channel_denies() throws Exception {
        for (int code : List.of(NO_PERMISSION, NO_ACCESS)) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                if (code == NO_PERMISSION) {
                    world.discord.deny(FakeDiscord.CHANNEL, "Send Messages in Threads");
                }
                String call = "POST channels/" + thread + "/messages";
                world.discord.refuse(call, FORBIDDEN, code);
                world.say(thread, FakeDiscord.ANA, "status");
                assertEquals(
                        "I can't write in the thread (<#" + thread + ">): the bot's role lacks "
                                + (code == NO_ACCESS ? "View Channels" : "Send Messages in Threads")
                                + ". Nothing of it goes on until that is mended; then the rest follows in the thread,"
                                + " and `resume` goes on.",
                        world.awaitShown(FakeDiscord.CHANNEL, "I can't write"));
                world.core.awaitState(thread, "held PLAN");
                retried(world, call);
                assertEquals(1, told(world));

                world.discord.refuse(call, 0, 0);
                world.core.pass(Duration.ofMinutes(2));
                world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
                world.discord.refuse(call, FORBIDDEN, code);
                world.say(thread, FakeDiscord.ANA, "status");
                world.core.await("the next time", () -> told(world) == 2);
                assertEquals(List.of(), world.core.broken);
            }
        }
    }

    @Test
    void a_stop_sign_on_what_the_channel_was_told_is_for_the_run() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            String other = world.planned();
            world.discord.refuse("POST channels/" + thread + "/messages", FORBIDDEN, NO_PERMISSION);
            world.say(thread, FakeDiscord.ANA, "status");
            world.awaitShown(FakeDiscord.CHANNEL, "I can't write");
            world.discord.refuse("POST channels/" + thread + "/messages", 0, 0);
            world.say(thread, FakeDiscord.ANA, "resume");
            world.core.await("the plan again", () -> {
                world.core.pass(Duration.ofSeconds(30));
                return world.core.state(thread).equals("awaiting-authorization PLAN");
            });
            String notice = world.discord
                    .ofBot(FakeDiscord.CHANNEL)
                    .getFirst()
                    .path("id")
                    .asText();
            world.discord.react(FakeDiscord.CHANNEL, notice, FakeDiscord.MEI, "🛑");
            world.core.awaitState(thread, "held PLAN");
            assertEquals("awaiting-authorization PLAN", world.core.state(other));
        }
    }

    @Test
    void where_the_channel_cannot_be_told_either_it_is_tried_once() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            String above = "POST channels/" + FakeDiscord.CHANNEL + "/messages";
            String call = "POST channels/" + thread + "/messages";
            world.discord.refuse(above, FORBIDDEN, NO_PERMISSION);
            world.discord.refuse(call, FORBIDDEN, NO_PERMISSION);
            long before = world.discord.calls(above);
            world.say(thread, FakeDiscord.ANA, "status");
            world.core.awaitState(thread, "held PLAN");
            retried(world, call);
            assertEquals(before + 1, world.discord.calls(above));
            assertEquals(List.of(), world.core.broken);
        }
    }

    @Test
    void a_sign_that_cannot_be_shown_holds_nothing_and_a_channel_that_is_hidden_does() throws Exception {
        for (int code : List.of(NO_PERMISSION, NO_ACCESS)) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                world.discord.refuse("PUT channels/" + thread + "/messages/", FORBIDDEN, code);
                world.say(thread, FakeDiscord.ANA, "what a nice plan");
                if (code == NO_ACCESS) {
                    world.core.awaitState(thread, "held PLAN");
                } else {
                    world.core.await("a try", () -> world.discord.calls("PUT channels/" + thread) > 0);
                    world.say(thread, FakeDiscord.ANA, "proceed");
                    world.core.awaitState(thread, "completed DOCUMENT");
                }
                assertEquals(List.of(), world.core.broken);
            }
        }
    }

    private static long told(DiscordWorld world) {
        return world.discord.shown(FakeDiscord.CHANNEL).stream()
                .filter(text -> text.startsWith("I can't"))
                .count();
    }

    private static void retried(DiscordWorld world, String call) {
        long before = world.discord.calls(call);
        for (int minutes = 0; minutes < 3; minutes++) {
            world.core.pass(Duration.ofSeconds(61));
        }
        world.core.await("another try", () -> world.discord.calls(call) > before);
    }
}
