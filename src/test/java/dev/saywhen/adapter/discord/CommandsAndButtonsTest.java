package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be done on Discord beside writing: slash commands, buttons, reactions, edits. All of it can say stop. */
final class CommandsAndButtonsTest {
    @Test
    void the_commands_are_told_to_discord() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.core.await("commands", () -> world.discord.commands().size() == 2);
            assertEquals("stop", world.discord.commands().path(0).path("name").asText());
            assertEquals(
                    "saywhen", world.discord.commands().path(1).path("name").asText());
        }
    }

    @Test
    void stop_as_a_command_holds_the_run_of_its_thread_and_anywhere_else_all_of_them() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String one = world.planned();
            String other = world.planned();
            world.discord.command(one, FakeDiscord.MEI, "stop", "");
            world.core.awaitState(one, "held PLAN");
            world.awaitShown(one, "STOPPED, CONFIRMED. 1 run held");
            assertEquals("awaiting-authorization PLAN", world.core.state(other));
            world.discord.command(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "stop", "");
            world.core.awaitState(other, "held PLAN");
            world.awaitShown(FakeDiscord.OTHER_CHANNEL, "STOPPED, CONFIRMED. 1 run held");
            assertEquals(List.of(), world.core.broken);
            assertEquals(
                    "Heard. The receipt follows here and in the threads of the runs.",
                    world.discord.answers().getFirst().at("/data/content").asText());
        }
    }

    @Test
    void questions_by_command_are_answered_and_tasks_are_asked_for_as_messages() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.command(FakeDiscord.CHANNEL, FakeDiscord.ANA, "saywhen", "whoami");
            world.core.await(
                    "an answer", () -> !world.discord.shown(FakeDiscord.CHANNEL).isEmpty());
            world.discord.command(FakeDiscord.CHANNEL, FakeDiscord.ANA, "saywhen", "a library");
            world.core.await("answers", () -> world.discord.answers().size() == 2);
            assertEquals(
                    "A run has a thread of its own, so write it as a message: @saywhen a library."
                            + " To halt everything: /stop.",
                    world.discord.answers().getLast().at("/data/content").asText());
            assertEquals(64, world.discord.answers().getLast().at("/data/flags").asInt());
            assertEquals(0, world.core.store.all().size());
        }
    }

    @Test
    void a_stop_sign_on_a_message_of_the_bots_an_edit_and_the_button_hold_the_run() throws Exception {
        for (String how : List.of("reaction", "edit", "button", "webhook")) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                String said = world.say(thread, FakeDiscord.BO, "!aside slow down");
                String ofBot = world.discord.ofBot(thread).getLast().path("id").asText();
                switch (how) {
                    case "reaction" -> world.discord.react(thread, ofBot, FakeDiscord.MEI, "🛑");
                    case "edit" -> world.discord.edit(thread, said, "stop");
                    case "button" -> world.discord.press(thread, ofBot, FakeDiscord.MEI, Ingress.STOP_BUTTON);
                    default ->
                        world.discord.post(
                                thread,
                                "777",
                                message -> message.put("webhook_id", "777").put("content", "alarm\nstop"));
                }
                world.core.awaitState(thread, "held PLAN");
                world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            }
        }
    }

    @Test
    void a_reply_to_another_message_than_the_plan_and_a_yes_of_a_bots_are_no_consent() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            String plan = world.discord.ofBot(thread).getLast().path("id").asText();
            String talk = world.say(thread, FakeDiscord.ANA, "!aside hm");
            world.discord.post(
                    thread, "777", message -> message.put("webhook_id", "777").put("content", "proceed"));
            reply(world, thread, talk);
            world.awaitShown(thread, "That answers another message than the plan.");
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
            reply(world, thread, plan);
            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    private static void reply(DiscordWorld world, String thread, String to) {
        world.discord.post(
                thread,
                FakeDiscord.ANA,
                message -> message.put("content", "proceed")
                        .put("type", 19)
                        .putObject("message_reference")
                        .put("message_id", to)
                        .put("channel_id", thread));
    }
}
