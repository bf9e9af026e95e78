package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.ChannelId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which channels the bot hears by itself, and in which of them a project is talked about. */
final class ChannelsTest {
    @Test
    void open_channels_that_fit_are_joined_at_the_start_and_when_they_are_made() throws Exception {
        try (SlackWorld world = new SlackWorld(List.of("inc-*", "ops"), Set.of())) {
            world.slack.openChannel("C0INC413", "inc-413", false);
            world.slack.openChannel("C0OPSOP", "ops", false);
            world.slack.openChannel("C0LUNCH", "lunch", false);
            world.listening();
            world.core.await(
                    "the channels of the start",
                    () -> world.adapter.heard().equals(List.of("inc-412", "inc-413", "ops", "orders-dev")));

            world.slack.openChannel("C0INC414", "inc-414", true);
            world.slack.openChannel("C0OPS-2", "ops-2", true);
            world.core.await("the new channel", () -> world.adapter.heard().contains("inc-414"));
            assertEquals(List.of("inc-412", "inc-413", "inc-414", "ops", "orders-dev"), world.adapter.heard());

            String thread = world.planned();
            world.slack.post("C0INC414", FakeSlack.MEI, "stop everything", null);
            world.core.awaitState(thread, "held PLAN");
        }
    }

    @Test
    void without_a_pattern_nothing_is_joined_or_asked_for() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.openChannel("C0OPSOP", "ops", false);
            world.listening();
            world.slack.openChannel("C0INC414", "inc-414", true);
            world.planned();
            assertEquals(List.of("inc-412", "orders-dev"), world.adapter.heard());
            assertTrue(world.slack.calls().stream()
                    .noneMatch(call -> call.equals("conversations.list") || call.equals("conversations.join")));
        }
    }

    @Test
    void a_channel_that_cannot_be_joined_breaks_nothing() throws Exception {
        try (SlackWorld world = new SlackWorld(List.of("*"), Set.of())) {
            world.slack.openChannel("C0OPSOP", "ops", false);
            world.slack.refuse("conversations.join", "missing_scope");
            world.listening();
            world.core.await("a try", () -> world.slack.calls().contains("conversations.join"));
            world.planned();
        }
    }

    @Test
    void a_channel_that_is_shared_with_another_organisation_counts_only_if_the_project_lists_it() throws Exception {
        for (Set<String> listed : List.of(Set.<String>of(), Set.of("orders-dev"))) {
            try (SlackWorld world = new SlackWorld(List.of(), listed).listening()) {
                world.slack.share(FakeSlack.CHANNEL);
                var channel = new ChannelId(world.adapter.team(), FakeSlack.CHANNEL);
                world.core.await("the news", () -> world.adapter.directory().isShared(channel));
                String thread = world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
                if (listed.isEmpty()) {
                    world.awaitShown(thread, "No project is talked about here.");
                } else {
                    world.core.awaitState(thread, "awaiting-authorization PLAN");
                }
            }
        }
    }
}
