package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.chat.SlowInbox;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Slack's sockets do that others don't, beside what {@link SlackHearingContractTest} proves of hearing. */
final class HearingSlackTest {
    @Test
    void a_stop_behind_a_thousand_others_waits_for_none_of_them_to_be_stored() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            CountDownLatch stored = new CountDownLatch(1);
            SlowInbox inbox = new SlowInbox(stored);
            world.adapter.open(
                    inbox, world.core.watch, task -> Thread.ofVirtual().start(task));
            world.core.await("two sockets", () -> world.slack.sockets().connected() == 2);
            for (int at = 0; at < 1_000; at++) {
                world.slack.post(FakeSlack.CHANNEL, FakeSlack.BO, "number " + at, null);
            }
            world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "stop", null);
            world.core.await("the stop", () -> inbox.stops() == 1);
            assertEquals(0, inbox.accepted());
            stored.countDown();
            world.core.await("acknowledgements", () -> world.slack.unacknowledged() == 0);
            assertEquals(1_001, inbox.accepted());
        }
    }

    @Test
    void a_dropped_connection_is_opened_anew_and_what_was_not_acknowledged_comes_again() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            int opened = world.slack.sockets().opened();
            world.slack.sockets().withhold(true);
            world.slack.sockets().drop();
            String thread = world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
            world.core.await("both sockets again", () -> world.slack.sockets().opened() == opened + 2);
            world.slack.sockets().withhold(false);
            assertEquals(1, world.slack.unacknowledged());
            world.slack.redeliver();
            world.slack.redeliver();
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            assertEquals(1, world.core.store.all().size());
        }
    }

    @Test
    void a_disconnect_of_slacks_loses_nothing() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            int opened = world.slack.sockets().opened();
            world.slack.sockets().sendToAll("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
            world.core.await("new sockets", () -> world.slack.sockets().opened() >= opened + 2);
            String thread = world.planned();
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
        }
    }

    @Test
    void what_could_not_be_stored_is_not_acknowledged() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            world.core.power.cut();
            String thread = world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
            world.core.await(
                    "an arrival",
                    () -> world.core.watch.lastHeard(world.adapter.team()).isPresent());
            assertEquals(1, world.slack.unacknowledged());
            world.core.power.restore();
            world.slack.redeliver();
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.core.await("acknowledgements", () -> world.slack.unacknowledged() == 0);
        }
    }
}
