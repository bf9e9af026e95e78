package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.SlowInbox;
import dev.saywhen.flow.WiredCore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** No ears, no hands (gate.md, section 9), over sockets that really break. */
final class HearingDiscordTest {
    private static final Duration GAP = WiredCore.HEARING_LIMIT.plusSeconds(5);

    @Test
    void a_stop_that_was_said_in_another_channel_during_a_gap_is_found_and_nothing_acts_before() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                world.discord.gateway().withhold(true);
                world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "STOP everything please");
                world.core.pass(GAP);
            });
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(DiscordWorld.TEAM));
            int deeds = world.core.effects.deeds().size();
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            assertEquals(deeds, world.core.effects.deeds().size());
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
        }
    }

    @Test
    void without_one_the_step_starts_again_and_the_thread_is_told() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                world.discord.gateway().withhold(true);
                world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "what a day");
                world.core.pass(GAP);
            });
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(DiscordWorld.TEAM));
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.BO, "!aside are you there");

            world.core.awaitState(thread, "completed DOCUMENT");
            String told = world.awaitShown(thread, "I could not hear discord for ");
            assertTrue(told.contains("nobody told me to hold. Going on with step 1."), told);
        }
    }

    @Test
    void a_yes_that_comes_before_what_was_missed_is_read_waits_for_the_stop_in_it() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.discord.gateway().withhold(true);
            world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "stop everything");
            world.core.pass(GAP);
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.ANA, "proceed");

            world.core.awaitState(thread, "held PLAN");
            world.awaitShown(thread, "Nothing waits for a yes here now.");
            assertEquals(0, world.core.effects.deeds().size());
        }
    }

    @Test
    void a_stop_is_found_in_another_thread_in_an_edit_and_in_a_direct_message_of_the_gap() throws Exception {
        for (String where : List.of("thread", "edit", "direct")) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                String aside = world.say(thread, FakeDiscord.BO, "!aside fine");
                String other = world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "how is it");
                world.discord.postBelow(FakeDiscord.OTHER_CHANNEL, other, FakeDiscord.MEI, "fine");
                world.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "hello");
                world.core.effects.whileCommandRuns(() -> {
                    world.discord.gateway().withhold(true);
                    switch (where) {
                        case "thread" ->
                            world.discord.postBelow(
                                    FakeDiscord.OTHER_CHANNEL, other, FakeDiscord.MEI, "stop everything");
                        case "edit" -> world.discord.edit(thread, aside, "stop");
                        default -> world.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "stop everything");
                    }
                    world.core.pass(GAP);
                });
                world.say(thread, FakeDiscord.ANA, "proceed");
                world.core.await("the gap", () -> !world.core.hearing.hears(DiscordWorld.TEAM));
                world.discord.gateway().withhold(false);
                world.say(thread, FakeDiscord.BO, "!aside are you there");

                world.core.awaitState(thread, "held EXECUTE");
                world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            }
        }
    }

    @Test
    void a_yes_that_was_deleted_in_the_gap_holds_the_run() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            CompletableFuture<String> yes = new CompletableFuture<>();
            world.core.effects.whileCommandRuns(() -> {
                world.discord.gateway().withhold(true);
                world.discord.delete(thread, yes.join());
                world.core.pass(GAP);
            });
            yes.complete(world.say(thread, FakeDiscord.ANA, "proceed"));
            world.core.await("the gap", () -> !world.core.hearing.hears(DiscordWorld.TEAM));
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "Held in EXECUTE: the message that said yes was deleted");
        }
    }

    @Test
    void a_yes_of_the_gap_that_was_edited_is_none() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.discord.gateway().withhold(true);
            String said = world.say(thread, FakeDiscord.ANA, "hm");
            world.discord.edit(thread, said, "proceed");
            world.core.pass(GAP);
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.BO, "!aside are you there");
            world.say(thread, FakeDiscord.BO, "@saywhen status");
            world.awaitShown(thread, "Run 1");
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
        }
    }

    @Test
    void what_cannot_be_read_after_a_gap_holds_the_run() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> {
                world.discord.gateway().withhold(true);
                world.core.pass(GAP);
            });
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.await("the gap", () -> !world.core.hearing.hears(DiscordWorld.TEAM));
            world.discord.refuse("GET channels/" + FakeDiscord.OTHER_CHANNEL + "/messages", 500, 0);
            world.discord.gateway().withhold(false);
            world.say(thread, FakeDiscord.BO, "!aside are you there");

            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(
                    thread, "Held in EXECUTE: what was said on discord while I could not hear it cannot be read");
        }
    }

    @Test
    void a_stop_behind_a_thousand_others_waits_for_none_of_them_to_be_stored() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            CountDownLatch stored = new CountDownLatch(1);
            SlowInbox inbox = new SlowInbox(stored);
            world.open(inbox, task -> Thread.ofVirtual().start(task));
            world.awaitConnected();
            for (int at = 0; at < 1_000; at++) {
                world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.BO, "number " + at);
            }
            world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "stop");
            world.core.await("the stop", () -> inbox.stops() == 1);
            assertEquals(0, inbox.accepted());
            stored.countDown();
            world.core.await("all of it", () -> inbox.accepted() == 1_001);
        }
    }

    @Test
    void an_open_socket_that_brings_nothing_is_no_proof() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, "morning");
            world.core.await("an arrival", () -> world.core.hearing.hears(DiscordWorld.TEAM));
            world.discord.gateway().withhold(true);
            world.core.pass(GAP);
            assertTrue(world.adapter.isOpen());
            assertFalse(world.core.hearing.hears(DiscordWorld.TEAM));
        }
    }

    @Test
    void a_run_that_works_long_is_heard_by_its_own_echo() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            CountDownLatch done = new CountDownLatch(1);
            world.core.effects.inCommand(() -> waitFor(done));
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.awaitState(thread, "acting EXECUTE");
            String edits = "PATCH channels/" + thread + "/messages";
            for (int echo = 0; echo < 8; echo++) {
                long before = world.discord.calls(edits);
                world.core.pass(Duration.ofSeconds(5));
                world.core.awaitSoon("an echo", () -> world.discord.calls(edits) > before);
                assertTrue(world.core.hearing.hears(DiscordWorld.TEAM));
            }
            done.countDown();
            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void what_happens_while_a_dropped_socket_is_resumed_comes_in_once() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.gateway().drop();
            String thread = world.discord.post(
                    FakeDiscord.CHANNEL, FakeDiscord.ANA, DiscordWorld.mention("a library of books"));
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            assertEquals(1, world.discord.gateway().asked("RESUME"));
            assertEquals(1, world.discord.gateway().asked("IDENTIFY"));
            assertEquals(1, world.core.store.all().size());
        }
    }

    @Test
    void a_reconnect_that_discord_asks_for_loses_nothing() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.gateway().askToReconnect();
            world.core.await("a resumed session", () -> world.discord.gateway().asked("RESUME") == 1);
            world.planned();
        }
    }

    @Test
    void a_session_that_is_begun_anew_reads_what_it_may_have_missed_however_short_the_gap() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            CountDownLatch done = new CountDownLatch(1);
            world.core.effects.inCommand(() -> waitFor(done));
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.awaitState(thread, "acting EXECUTE");
            world.discord.gateway().invalidate();
            world.core.await("the end of the session", () -> !world.adapter.isOpen());
            world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "STOP please");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(14);
            while (world.discord.shown(FakeDiscord.OTHER_CHANNEL).isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000); // by the test's clock no time goes by: the gap is far below the limit
            }
            assertEquals(
                    List.of("Stopping 1 run. Nothing new starts."), world.discord.shown(FakeDiscord.OTHER_CHANNEL));
            assertEquals(2, world.discord.gateway().asked("IDENTIFY"));
            done.countDown();
            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
        }
    }

    @Test
    void a_resume_that_nobody_answers_is_given_up_for_a_new_session() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.discord.gateway().answerNothing(true);
            world.discord.gateway().askToReconnect();
            world.core.await(
                    "an unanswered RESUME", () -> world.discord.gateway().asked("RESUME") == 1);
            world.discord.gateway().answerNothing(false);
            world.core.await("a new session", () -> world.discord.gateway().asked("IDENTIFY") == 2);
            world.core.await("a connection", world.adapter::isOpen);
            world.planned();
        }
    }

    @Test
    void a_connection_whose_heartbeats_nobody_acknowledges_is_replaced() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            world.discord.gateway().beatEvery(300);
            world.listening();
            world.discord.gateway().acknowledgeNothing(true);
            world.core.await("a new connection", () -> world.discord.gateway().asked("RESUME") >= 1);
            world.discord.gateway().acknowledgeNothing(false);
            world.core.await("a connection", world.adapter::isOpen);
            world.planned();
        }
    }

    @Test
    void what_could_not_be_stored_is_stored_when_the_database_is_back() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            world.core.power.cut();
            String thread = world.discord.post(
                    FakeDiscord.CHANNEL, FakeDiscord.ANA, DiscordWorld.mention("a library of books"));
            world.core.await("the message", () -> world.core.hearing.hears(DiscordWorld.TEAM));
            world.core.power.restore();
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            assertEquals(1, world.core.store.all().size());
        }
    }

    @Test
    void a_stop_in_a_direct_message_is_heard_after_a_restart_and_one_of_the_gap_is_found() throws Exception {
        for (boolean isOfTheGap : List.of(true, false)) {
            DiscordWorld before = new DiscordWorld().listening();
            String thread = before.planned();
            before.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "hello");
            before.core.await("the conversation", () -> before.core.kept.conversations()
                    .on(Discord.PLATFORM)
                    .contains(FakeDiscord.DIRECT));
            try (DiscordWorld world = before.restarted(() -> {
                before.clock.tick(Duration.ofMinutes(1));
                if (isOfTheGap) {
                    before.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "stop everything");
                }
            })) {
                world.listening();
                if (!isOfTheGap) {
                    world.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "stop everything");
                }
                world.core.awaitState(thread, "held PLAN");
                world.awaitShown(FakeDiscord.DIRECT, "STOPPED, CONFIRMED. 1 run held");
            }
        }
    }

    @Test
    void a_run_in_a_direct_conversation_goes_on_after_a_restart_whether_it_is_held_or_not() throws Exception {
        DiscordWorld before = new DiscordWorld().listening();
        String root = before.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "@saywhen a library of books");
        before.core.awaitState(root, "awaiting-authorization PLAN");
        before.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "stop");
        before.core.awaitState(root, "held PLAN");
        DiscordWorld held = before.restarted(() -> before.clock.tick(Duration.ofMinutes(1)));
        held.listening().discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "resume");
        held.core.awaitState(root, "awaiting-authorization PLAN");
        try (DiscordWorld world = held.restarted(() -> before.clock.tick(Duration.ofMinutes(1)))) {
            world.listening().discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "proceed r2");
            world.core.awaitState(root, "completed DOCUMENT");
        }
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
