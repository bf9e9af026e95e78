package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A run from the first word to the last, over Slack's sockets, by typed words alone. */
final class WholeRunOnSlackTest {
    @Test
    void a_run_is_asked_for_planned_authorized_stopped_resumed_and_completed() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            List<String> plan = world.slack.shown(FakeSlack.CHANNEL, thread);
            assertTrue(plan.getLast().endsWith("?"), plan::toString);
            world.say(thread, FakeSlack.BO, "looks good");
            world.say(thread, FakeSlack.ANA, "yes?");
            world.awaitShown(thread, "Not taken as a yes");

            world.core.effects.whileCommandRuns(() -> world.say(thread, FakeSlack.MEI, "please stop :octagonal_sign:"));
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");

            world.say(thread, FakeSlack.ANA, "resume");
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.say(thread, FakeSlack.ANA, "<@U0SAYWHEN> proceed r2");
            world.core.awaitState(thread, "completed DOCUMENT");
            world.awaitShown(thread, "Done: ");
            world.core.await("acknowledgements", () -> world.slack.unacknowledged() == 0);
            assertEquals(List.of(), world.core.broken);
            assertTrue(world.slack.reactions().contains("eyes " + thread), world.slack.reactions()::toString);
        }
    }
}
