package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A run from the first word to the last, over Discord's gateway, by typed words alone. */
final class WholeRunOnDiscordTest {
    @Test
    void a_run_is_asked_for_planned_authorized_stopped_resumed_completed_and_its_way_back_planned() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            List<String> plan = world.discord.shown(thread);
            assertTrue(plan.getLast().endsWith("?"), plan::toString);
            assertEquals(
                    "run 1: a library of books",
                    world.discord.channelNow(thread).path("name").asText());
            world.say(thread, FakeDiscord.BO, "looks good");
            world.say(thread, FakeDiscord.ANA, "yes?");
            world.awaitShown(thread, "Not taken as a yes");

            world.core.effects.whileCommandRuns(() -> world.say(thread, FakeDiscord.MEI, "please stop 🛑"));
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");

            world.say(thread, FakeDiscord.ANA, "resume");
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.say(thread, FakeDiscord.ANA, DiscordWorld.mention("proceed r2"));
            world.core.awaitState(thread, "completed DOCUMENT");
            world.awaitShown(thread, "Done: ");

            world.core.workspace.clearWayBack();
            world.say(thread, FakeDiscord.ANA, "undo");
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.awaitShown(thread, "Plan r3");
            assertEquals(List.of(), world.core.broken);
            assertTrue(world.discord.reactions().contains("👀 " + thread), world.discord.reactions()::toString);
            assertEquals(
                    "done: run 1: a library of books",
                    world.discord.channelNow(thread).path("name").asText());
        }
    }
}
