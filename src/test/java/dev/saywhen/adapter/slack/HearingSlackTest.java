package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.SlowInbox;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.flow.WiredCore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** No ears, no hands (gate.md, section 9), over sockets that really break. */
final class HearingSlackTest {
    private static final Duration GAP = WiredCore.HEARING_LIMIT.plusSeconds(5);

    @Test
    void a_stop_that_was_said_in_another_channel_during_a_gap_is_found_and_nothing_acts_before() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "STOP everything please", null);
                world.core.pass(GAP);
            });
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.await("the end of the command", () -> !world.core.hearing.hears(world.adapter.team()));
            int deeds = world.core.effects.deeds().size();
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            assertEquals(deeds, world.core.effects.deeds().size());
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
        }
    }

    @Test
    void without_one_the_step_starts_again_and_the_thread_is_told() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "what a day", null);
                world.core.pass(GAP);
            });
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(world.adapter.team()));
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "completed DOCUMENT");
            String told = world.awaitShown(thread, "I could not hear slack for ");
            assertTrue(told.contains("nobody told me to hold. Going on with step 1."), told);
        }
    }

    @Test
    void a_step_that_breaks_because_it_was_cut_in_a_gap_starts_again_too() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.core.pass(GAP);
                throw new EffectBroke("git was stopped");
            });
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(world.adapter.team()));
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void a_yes_that_comes_before_what_was_missed_is_read_waits_for_the_stop_in_it() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.slack.sockets().withhold(true);
            world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "stop everything", null);
            world.core.pass(GAP);
            world.slack.sockets().withhold(false);
            world.say(thread, FakeSlack.ANA, "proceed");

            world.core.awaitState(thread, "held PLAN");
            world.awaitShown(thread, "Nothing waits for a yes here now.");
            assertEquals(0, world.core.effects.deeds().size());
        }
    }

    @Test
    void a_stop_behind_a_thousand_others_waits_for_none_of_them_to_be_stored() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            CountDownLatch stored = new CountDownLatch(1);
            SlowInbox inbox = new SlowInbox(stored);
            world.adapter.open(inbox, world.core.watch, task -> Thread.ofVirtual().start(task));
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
    void what_cannot_be_read_after_a_gap_holds_the_run() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.core.pass(GAP);
            });
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(world.adapter.team()));
            world.slack.refuse("conversations.history", "missing_scope");
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(
                    thread, "Held in EXECUTE: what was said on slack while I could not hear it cannot be read");
        }
    }

    @Test
    void a_reading_that_fails_in_passing_is_tried_again_and_voids_nothing() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.pass(GAP);
            world.slack.refuse("conversations.history", "internal_error");
            world.say(thread, FakeSlack.BO, "!aside are you there");
            long readings = histories(world);
            world.core.await("a reading", () -> histories(world) > readings);
            world.slack.refuse("conversations.history", "");
            world.say(thread, FakeSlack.ANA, "proceed");

            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void a_stop_in_another_thread_of_the_gap_is_found_and_so_is_one_that_an_edit_made() throws Exception {
        for (boolean isEdit : List.of(true, false)) {
            try (SlackWorld world = new SlackWorld().listening()) {
                String thread = world.planned();
                String aside = world.say(thread, FakeSlack.BO, "!aside fine");
                String other = world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "how is it", null);
                world.core.await("all is stored", () -> world.slack.unacknowledged() == 0);
                world.core.effects.whileCommandRuns(() -> {
                    deaf(world);
                    if (isEdit) {
                        world.slack.edit(FakeSlack.CHANNEL, aside, "stop");
                    } else {
                        world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "stop everything", other);
                    }
                    world.core.pass(GAP);
                });
                world.say(thread, FakeSlack.ANA, "proceed");
                world.core.await("the gap", () -> !world.core.hearing.hears(world.adapter.team()));
                world.slack.sockets().silent(false);
                world.say(thread, FakeSlack.BO, "!aside are you there");

                world.core.awaitState(thread, "held EXECUTE");
                world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            }
        }
    }

    @Test
    void a_yes_that_was_deleted_in_the_gap_holds_the_run() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            CompletableFuture<String> yes = new CompletableFuture<>();
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.slack.delete(FakeSlack.CHANNEL, yes.join());
                world.core.pass(GAP);
            });
            yes.complete(world.say(thread, FakeSlack.ANA, "proceed"));
            world.core.await("the gap", () -> !world.core.hearing.hears(world.adapter.team()));
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "Held in EXECUTE: the message that said yes was deleted");
        }
    }

    @Test
    void an_open_socket_that_brings_nothing_is_no_proof() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "morning", null);
            world.core.await("an arrival", () -> world.core.hearing.hears(world.adapter.team()));
            world.slack.sockets().withhold(true);
            world.core.pass(GAP);
            assertTrue(world.adapter.isOpen());
            assertFalse(world.core.hearing.hears(world.adapter.team()));
        }
    }

    @Test
    void a_run_that_works_long_is_heard_by_its_own_echo() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            CountDownLatch done = new CountDownLatch(1);
            world.core.effects.inCommand(() -> waitFor(done));
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.awaitState(thread, "acting EXECUTE");
            for (int echo = 0; echo < 8; echo++) {
                long edits = updates(world);
                world.core.pass(Duration.ofSeconds(5));
                world.core.awaitSoon("an echo", () -> updates(world) > edits);
                assertTrue(world.core.hearing.hears(world.adapter.team()));
            }
            done.countDown();
            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void a_stop_sign_that_was_added_in_the_gap_is_found_and_one_of_before_is_not_new() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            String plan = last(world);
            world.slack.react(FakeSlack.CHANNEL, plan, FakeSlack.MEI, "octagonal_sign");
            world.core.awaitState(thread, "held PLAN");
            world.say(thread, FakeSlack.ANA, "resume");
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.core.pass(GAP);
            world.say(thread, FakeSlack.BO, "!aside what a day");
            world.core.effects.whileCommandRuns(() -> {
                deaf(world);
                world.slack.react(FakeSlack.CHANNEL, plan, FakeSlack.BO, "no_entry");
                world.core.pass(GAP);
            });
            world.core.pass(Duration.ofSeconds(10));
            world.say(thread, FakeSlack.ANA, "proceed r2");
            world.core.await(
                    "the gap", () -> world.core.watch.figures(world.adapter.team()).gaps() == 1);
            assertEquals("acting EXECUTE", world.core.state(thread));
            world.slack.sockets().silent(false);
            world.say(thread, FakeSlack.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
        }
    }

    @Test
    void a_task_that_was_mentioned_before_anybody_listened_is_taken_up() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.core.heard.record(world.adapter.team(), world.clock.instant());
            world.clock.tick(Duration.ofMinutes(10));
            world.slack.post(FakeSlack.CHANNEL, FakeSlack.BO, "morning", null);
            String thread = world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
            world.listening();

            world.core.awaitState(thread, "awaiting-authorization PLAN");
            assertEquals(1, world.core.store.all().size());
            assertEquals(2, world.core.watch.figures(world.adapter.team()).caughtUp());
        }
    }

    @Test
    void a_task_of_long_ago_is_nobodys_wish_any_more() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.core.heard.record(world.adapter.team(), world.clock.instant());
            world.clock.tick(Duration.ofMinutes(1));
            String old = world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
            world.clock.tick(Duration.ofDays(3));
            world.listening();
            world.planned();
            assertEquals("none", world.core.state(old));
        }
    }

    @Test
    void the_last_hearing_is_recorded_while_it_goes_on() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            var first = world.core.await("a record", () -> world.core.heard.heardUntil(world.adapter.team()));
            world.core.pass(Duration.ofSeconds(6));
            world.say(thread, FakeSlack.BO, "!aside what a day");
            world.core.await(
                    "a later one",
                    () -> world.core.heard.heardUntil(world.adapter.team()).filter(later -> later.isAfter(first)));
        }
    }

    @Test
    void while_nothing_acts_silence_is_read_before_a_word_is_looked_at_and_not_at_every_sound() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.core.pass(GAP);
            long before = histories(world);
            for (int at = 0; at < 5; at++) {
                world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "number " + at, null);
                world.core.pass(GAP);
            }
            assertEquals(before, histories(world));
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.awaitState(thread, "completed DOCUMENT");
            assertTrue(histories(world) > before);
            assertEquals(0, world.core.watch.figures(world.adapter.team()).gaps());
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

    private static String last(SlackWorld world) {
        return world.slack.ofBot(FakeSlack.CHANNEL).getLast().path("ts").asText();
    }

    private static long histories(SlackWorld world) {
        return world.slack.calls().stream()
                .filter("conversations.history"::equals)
                .count();
    }

    private static long updates(SlackWorld world) {
        return world.slack.calls().stream().filter("chat.update"::equals).count();
    }

    private static void deaf(SlackWorld world) {
        world.slack.sockets().silent(true);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the command end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
