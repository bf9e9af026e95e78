package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A set-up that cannot work is one clear line, and what is lost later is told and breaks nothing. */
final class BadSetUpTest {
    @Test
    void a_token_that_discord_refuses_is_told() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.refuse("GET users/@me", 401, 0);
            DiscordRefused refused =
                    assertThrows(DiscordRefused.class, () -> new Discord(world.setting(), world.clock));
            assertEquals(
                    "Discord does not take GET users/@me: 401 refused."
                            + " Copy the token anew from the application's page, see docs/discord.md.",
                    refused.getMessage());
        }
    }

    @Test
    void an_application_that_may_not_read_messages_is_told() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.applicationFlags(0);
            DiscordRefused refused =
                    assertThrows(DiscordRefused.class, () -> new Discord(world.setting(), world.clock));
            assertEquals(
                    "Discord gives the bot no text of messages, so no stop could be heard."
                            + " Switch on \"Message Content Intent\" on the page Bot of the application, see docs/discord.md.",
                    refused.getMessage());
        }
    }

    @Test
    void the_invitation_in_the_documentation_asks_for_what_is_needed() throws Exception {
        Matcher invitation =
                Pattern.compile("&permissions=(\\d+)`").matcher(Files.readString(Path.of("docs/discord.md")));
        assertTrue(invitation.find());
        assertEquals(Rights.ALL, Long.parseLong(invitation.group(1)));
    }

    @Test
    void an_address_where_nobody_answers_is_told() throws Exception {
        DiscordWorld world = new DiscordWorld();
        world.close();
        assertTrue(assertThrows(UncheckedIOException.class, () -> new Discord(world.setting(), world.clock))
                .getMessage()
                .startsWith("Discord could not be reached for GET users/@me"));
    }

    @Test
    void a_close_code_that_is_for_good_holds_everything_and_is_not_ready_any_more() throws Exception {
        for (int code : List.of(4_004, 4_014)) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                world.discord.gateway().close(code);
                world.core.awaitState(thread, "held PLAN");
                assertFalse(world.adapter.isOpen());
                assertTrue(world.adapter.connection().isOverForGood());
                assertEquals(1, world.discord.gateway().asked("IDENTIFY"));
            }
        }
    }

    @Test
    void a_place_that_is_lost_holds_its_run() throws Exception {
        List<Consumer<Loss>> losses = List.of(
                loss -> loss.world.discord.deleteChannel(FakeDiscord.CHANNEL),
                loss -> loss.world.discord.deny(FakeDiscord.CHANNEL, "View Channels"),
                loss -> loss.world.discord.event(
                        "GUILD_DELETE", loss.world.discord.object().put("id", FakeDiscord.GUILD)),
                loss -> archive(loss, "archived"),
                loss -> archive(loss, "locked"),
                loss -> loss.world.discord.deleteChannel(loss.thread));
        for (Consumer<Loss> lose : losses) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                lose.accept(new Loss(world, thread));
                world.core.awaitState(thread, "held PLAN");
            }
        }
    }

    private record Loss(DiscordWorld world, String thread) {}

    private static void archive(Loss loss, String how) {
        loss.world.discord.changeThread(
                loss.thread,
                thread -> thread.withObjectProperty("thread_metadata").put(how, true));
    }

    @Test
    void a_server_that_is_only_unavailable_is_not_lost() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.discord.event(
                    "GUILD_DELETE",
                    world.discord.object().put("id", FakeDiscord.GUILD).put("unavailable", true));
            world.core.pass(Duration.ofSeconds(1));
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
        }
    }

    @Test
    void channels_that_are_not_heard_are_named_until_they_are() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            assertEquals(List.of("#ops"), world.adapter.notHeard(List.of("ops", "inc-412")));
            world.discord.deleteChannel(FakeDiscord.OTHER_CHANNEL);
            world.core.await("the loss", () -> world.adapter.notHeard(List.of()).equals(List.of("#inc-412")));
            world.discord.event("CHANNEL_CREATE", world.discord.channel(FakeDiscord.OTHER_CHANNEL, 0, "inc-412"));
            world.core.await("the channel again", () -> world.adapter.heard().contains("inc-412"));
            assertEquals(List.of(), world.adapter.notHeard(List.of()));
        }
    }

    @Test
    void a_thread_in_which_nothing_can_be_said_is_lost_and_not_tried_again_and_again() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            String call = "POST channels/" + thread + "/messages";
            world.discord.refuse(call, 403, 50_013);
            world.say(thread, FakeDiscord.ANA, "status");
            world.core.awaitState(thread, "held PLAN");
            long tried = world.discord.calls(call);
            world.core.pass(Duration.ofSeconds(20));
            world.core.pass(Duration.ofSeconds(20));
            assertTrue(world.discord.calls(call) <= tried + 2, "tried " + world.discord.calls(call));
            assertEquals(List.of(), world.core.broken);
        }
    }

    @Test
    void a_stop_that_is_typed_where_the_bot_may_say_nothing_holds_everything() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            String call = "POST channels/" + FakeDiscord.OTHER_CHANNEL + "/messages";
            world.discord.refuse(call, 403, 50_001);
            world.discord.command(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "stop", "");
            world.core.awaitState(thread, "held PLAN");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            world.core.await("a try", () -> world.discord.calls(call) > 0);
            long tried = world.discord.calls(call);
            world.core.pass(Duration.ofSeconds(20));
            world.core.pass(Duration.ofSeconds(20));
            assertTrue(world.discord.calls(call) <= tried + 2, "tried " + world.discord.calls(call));
            assertEquals(List.of(), world.core.broken);
        }
    }

    @Test
    void a_gateway_that_is_away_at_the_start_is_tried_again() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.refuse("GET users/@me", 503, 0);
            world.open(world.core.inbox, world.core.threads());
            world.core.await("tries", () -> world.discord.calls("GET users/@me") > 3);
            assertFalse(world.adapter.isOpen());
            world.discord.refuse("GET users/@me", 0, 0);
            world.awaitConnected();
        }
    }
}
