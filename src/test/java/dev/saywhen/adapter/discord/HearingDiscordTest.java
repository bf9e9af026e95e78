package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.PassingInbox;
import dev.saywhen.chat.SlowInbox;
import dev.saywhen.flow.WiredCore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What Discord's sessions do that others don't, beside what {@link DiscordHearingContractTest} proves of hearing. */
final class HearingDiscordTest {
    private static final Duration GAP = WiredCore.HEARING_LIMIT.plusSeconds(5);

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
    void a_thread_that_was_archived_or_locked_in_a_gap_is_lost() throws Exception {
        for (String how : List.of("archived", "locked")) {
            try (DiscordWorld world = new DiscordWorld().listening()) {
                String thread = world.planned();
                CountDownLatch done = new CountDownLatch(1);
                world.core.effects.inCommand(() -> WiredCore.waitFor(done));
                world.say(thread, FakeDiscord.ANA, "proceed");
                world.core.awaitState(thread, "acting EXECUTE");
                world.discord.gateway().withhold(true);
                world.discord.changeThread(
                        thread,
                        changed -> changed.withObjectProperty("thread_metadata").put(how, true));
                world.core.pass(GAP);
                world.discord.gateway().withhold(false);
                done.countDown();
                world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.BO, "are you there");
                world.core.awaitState(thread, "held EXECUTE");
                world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            }
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
    void in_a_burst_of_more_than_may_wait_nothing_is_lost_and_the_stop_is_heard() throws Exception {
        String story = "a long story ".repeat(1 << 16);
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String thread = world.planned();
            world.discord.gateway().atOnce(() -> {
                for (int at = 0; at < 40; at++) {
                    world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.BO, story);
                }
                world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, DiscordWorld.mention("a library"));
                world.discord.post(thread, FakeDiscord.MEI, "stop");
            });
            world.core.awaitState(thread, "held PLAN");
            world.core.await("the other run", () -> world.core.store.all().size() == 2);
        }
    }

    @Test
    void a_session_is_taken_up_behind_the_last_message_that_was_heard() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            SlowInbox inbox = new SlowInbox(new CountDownLatch(0));
            world.open(inbox, task -> Thread.ofVirtual().start(task));
            world.awaitConnected();
            String said = world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.BO, "one");
            world.discord.edit(FakeDiscord.CHANNEL, said, "another");
            world.discord.delete(FakeDiscord.CHANNEL, said);
            world.discord.gateway().atOnce(() -> {
                for (int i = 0; i < 300; i++) {
                    world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.BO, "one more " + i);
                }
            });
            world.core.await("all of it", () -> inbox.accepted() >= 303);
            int last = world.discord.gateway().sequence();
            world.discord.gateway().drop();
            world.core.await("a RESUME", () -> world.discord.gateway().resumedBehind() >= 0);
            assertEquals(last, world.discord.gateway().resumedBehind());
        }
    }

    @Test
    void who_hears_keeps_its_priority_over_connections() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            List<Integer> priorities = new CopyOnWriteArrayList<>();
            world.listening(new PrioritiesHeard(priorities));
            for (int connection = 1; connection <= 3; connection++) {
                world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.BO, "on connection " + connection);
                int heard = connection;
                world.core.await("it", () -> priorities.size() >= heard);
                world.discord.gateway().drop();
                world.core.await("a RESUME", () -> world.discord.gateway().asked("RESUME") >= heard);
                world.core.await("a connection", world.adapter::isOpen);
            }
            assertEquals(
                    List.of(Thread.NORM_PRIORITY),
                    priorities.stream().distinct().toList());
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
            world.core.effects.inCommand(() -> WiredCore.waitFor(done));
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
            awaitConversations(before, Set.of(FakeDiscord.DIRECT));
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
    void a_direct_conversation_that_is_gone_is_not_asked_for_after_a_restart() throws Exception {
        String reading = "GET channels/" + FakeDiscord.DIRECT + "/messages";
        String writing = "POST channels/" + FakeDiscord.DIRECT + "/messages";
        for (boolean isRead : List.of(true, false)) {
            DiscordWorld before = new DiscordWorld().listening();
            before.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "hello");
            awaitConversations(before, Set.of(FakeDiscord.DIRECT));
            if (isRead) {
                before.discord.refuse(reading, 404, 10_003); // unknown channel
            } else {
                before.discord.refuse(writing, 403, 50_007); // cannot send messages to this user
                before.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "@saywhen status");
                awaitConversations(before, Set.of());
            }
            DiscordWorld between = before.restarted(() -> before.clock.tick(Duration.ofMinutes(1)));
            awaitConversations(between.listening(), Set.of());
            long asked = before.discord.calls(reading);
            try (DiscordWorld world = between.restarted(() -> before.clock.tick(Duration.ofMinutes(1)))) {
                long channels = world.discord.calls("GET channels/" + FakeDiscord.OTHER_CHANNEL);
                world.listening();
                world.core.await(
                        "a reading", () -> world.discord.calls("GET channels/" + FakeDiscord.OTHER_CHANNEL) > channels);
                assertEquals(asked, world.discord.calls(reading));

                world.discord.refuse(reading, 0, 0);
                world.discord.post(FakeDiscord.DIRECT, FakeDiscord.MEI, "here again");
                awaitConversations(world, Set.of(FakeDiscord.DIRECT));
            }
        }
    }

    private static void awaitConversations(DiscordWorld world, Set<String> those) {
        world.core.await(
                "the conversations " + those,
                () -> world.core.kept.conversations().on(Discord.PLATFORM).equals(those));
    }

    @Test
    void a_run_in_a_direct_conversation_whose_person_takes_nothing_is_held_and_goes_on_when_he_does() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            String root = world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "@saywhen a library of books");
            world.core.awaitState(root, "awaiting-authorization PLAN");
            world.discord.refuse("POST channels/" + FakeDiscord.DIRECT + "/messages", 403, 50_007);
            world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "status");
            world.core.awaitState(root, "held PLAN");
            awaitConversations(world, Set.of());
            world.discord.refuse("POST channels/" + FakeDiscord.DIRECT + "/messages", 0, 0);
            world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, "resume");
            world.core.awaitState(root, "awaiting-authorization PLAN");
            assertEquals(List.of(), world.core.broken);
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

    private static final class PrioritiesHeard extends PassingInbox {
        private final List<Integer> priorities;

        PrioritiesHeard(List<Integer> priorities) {
            super(new HeardEvents());
            this.priorities = priorities;
        }

        @Override
        public boolean hear(InboundEvent event) {
            priorities.add(Thread.currentThread().getPriority());
            return super.hear(event);
        }
    }
}
