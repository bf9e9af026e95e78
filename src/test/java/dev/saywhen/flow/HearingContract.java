package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.id.TeamId;
import dev.saywhen.plan.PlanSample;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No ears, no hands (gate.md, section 9): what every platform has to prove, over sockets that really fall silent. */
public abstract class HearingContract {
    private static final Duration GAP = WiredCore.HEARING_LIMIT.plusSeconds(5);

    /** Who talks: two who may say yes, and somebody else. */
    public enum Person {
        ANA,
        BO,
        MEI
    }

    /** Where somebody writes outside any thread. */
    public enum Place {
        PROJECT,
        ANOTHER_CHANNEL,
        DIRECT
    }

    /** A platform of a test's own, its adapter and the core. Messages and threads are named by the platform's own ids. */
    public interface World extends AutoCloseable {
        WiredCore core();

        TeamId team();

        /** Begins to listen, and waits until it does. */
        void listen();

        /** The process ends; another one, that does not listen yet. Of this world nothing is used from then on. */
        World restarted();

        /** Ana asks for something; the thread, when its plan waits for a yes. */
        String planned();

        String write(Place place, Person who, String text);

        /** The bot is mentioned in the project's channel. */
        String ask(Person who, String task);

        /** A second later somebody writes in a thread of the project's channel. */
        String say(String thread, Person who, String text);

        /** Somebody writes below a message of another channel. */
        String sayElsewhere(String root, Person who, String text);

        void edit(String thread, String message, String text);

        void delete(String thread, String message);

        /** Somebody puts a stop sign on the bot's newest message in a thread. */
        void stopSign(String thread, Person who);

        /** From now on connections look sound and bring nothing. What happens meanwhile never comes. */
        void deafen();

        /** What happens from now on comes again. */
        void hear();

        boolean looksOpen();

        /** From now on reading the past fails, or not any more. */
        void refuseHistory(boolean refuse);

        /** How often the other channel's past was read, or was tried to be. */
        long readings();

        /** How often a message of the bot's in a thread was changed. */
        long edits(String thread);

        /** The newest message of the bot's in a thread that begins so; waits for it. */
        String awaitShown(String thread, String beginning);

        @Override
        void close() throws Exception;
    }

    private World world;

    protected abstract World open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        world = open();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void a_stop_that_was_said_in_another_channel_during_a_gap_is_found_and_nothing_acts_before() {
        world.listen();
        String thread = world.planned();
        actThroughGap(thread, () -> world.write(Place.ANOTHER_CHANNEL, Person.MEI, "STOP everything please"));
        int deeds = world.core().effects.deeds().size();
        hearAgain(thread);

        world.core().awaitState(thread, "held EXECUTE");
        assertEquals(deeds, world.core().effects.deeds().size());
        world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
    }

    @Test
    void without_one_the_step_starts_again_and_the_thread_is_told() {
        world.listen();
        String thread = world.planned();
        actThroughGap(thread, () -> world.write(Place.ANOTHER_CHANNEL, Person.MEI, "what a day"));
        hearAgain(thread);

        world.core().awaitState(thread, "completed DOCUMENT");
        String told = world.awaitShown(
                thread, "I could not hear " + world.team().platform().name() + " for ");
        assertTrue(told.contains("nobody told me to hold. Going on with step 1."), told);
    }

    @Test
    void a_step_that_may_have_changed_something_outside_is_held_instead() {
        world.core().engineer.calls(PlanSample.CHANGES_OUTSIDE);
        world.listen();
        String thread = world.planned();
        actThroughGap(thread, () -> world.write(Place.ANOTHER_CHANNEL, Person.MEI, "what a day"));
        hearAgain(thread);

        world.core().awaitState(thread, "held EXECUTE");
        String held = world.awaitShown(
                thread,
                "Held in EXECUTE: I could not hear " + world.team().platform().name() + " for ");
        assertTrue(held.contains("at a server outside, so I don't begin it again by myself."), held);
    }

    @Test
    void a_step_that_breaks_because_it_was_cut_in_a_gap_starts_again_too() {
        world.listen();
        String thread = world.planned();
        world.core().effects.whileCommandRuns(() -> {
            world.deafen();
            world.core().pass(GAP);
            throw new EffectBroke("git was stopped");
        });
        world.say(thread, Person.ANA, "proceed");
        awaitGap();
        hearAgain(thread);

        world.core().awaitState(thread, "completed DOCUMENT");
    }

    @Test
    void a_yes_that_comes_before_what_was_missed_is_read_waits_for_the_stop_in_it() {
        world.listen();
        String thread = world.planned();
        world.deafen();
        world.write(Place.ANOTHER_CHANNEL, Person.MEI, "stop everything");
        world.core().pass(GAP);
        world.hear();
        world.say(thread, Person.ANA, "proceed");

        world.core().awaitState(thread, "held PLAN");
        world.awaitShown(thread, "Nothing waits for a yes here now.");
        assertEquals(0, world.core().effects.deeds().size());
    }

    @Test
    void a_stop_of_the_gap_is_found_in_another_thread() {
        world.listen();
        String thread = world.planned();
        String other = world.write(Place.ANOTHER_CHANNEL, Person.MEI, "how is it");
        world.sayElsewhere(other, Person.MEI, "fine");
        holds(thread, () -> world.sayElsewhere(other, Person.MEI, "stop everything"));
    }

    @Test
    void a_stop_of_the_gap_is_found_where_an_edit_made_one() {
        world.listen();
        String thread = world.planned();
        String aside = world.say(thread, Person.BO, "!aside fine");
        holds(thread, () -> world.edit(thread, aside, "stop"));
    }

    @Test
    void a_stop_of_the_gap_is_found_in_a_direct_message() {
        world.listen();
        String thread = world.planned();
        world.write(Place.DIRECT, Person.MEI, "hello");
        holds(thread, () -> world.write(Place.DIRECT, Person.MEI, "stop everything"));
    }

    @Test
    void a_stop_sign_of_the_gap_is_found() {
        world.listen();
        String thread = world.planned();
        holds(thread, () -> world.stopSign(thread, Person.BO));
    }

    @Test
    void a_stop_sign_of_before_is_not_found_again() {
        world.listen();
        String thread = world.planned();
        world.stopSign(thread, Person.MEI);
        world.core().awaitState(thread, "held PLAN");
        world.say(thread, Person.ANA, "resume");
        world.core().awaitState(thread, "awaiting-authorization PLAN");
        world.core().pass(Duration.ofSeconds(11));
        world.core().effects.whileCommandRuns(() -> {
            world.deafen();
            world.core().pass(GAP);
        });
        world.say(thread, Person.ANA, "proceed r2");
        awaitGap();
        hearAgain(thread);

        world.core().awaitState(thread, "completed DOCUMENT");
    }

    @Test
    void a_yes_that_was_deleted_in_the_gap_holds_the_run() {
        world.listen();
        String thread = world.planned();
        CompletableFuture<String> yes = new CompletableFuture<>();
        world.core().effects.whileCommandRuns(() -> {
            world.deafen();
            world.delete(thread, yes.join());
            world.core().pass(GAP);
        });
        yes.complete(world.say(thread, Person.ANA, "proceed"));
        awaitGap();
        hearAgain(thread);

        world.core().awaitState(thread, "held EXECUTE");
        world.awaitShown(thread, "Held in EXECUTE: the message that said yes was deleted");
    }

    @Test
    void what_cannot_be_read_after_a_gap_holds_the_run() {
        world.listen();
        String thread = world.planned();
        actThroughGap(thread, () -> world.refuseHistory(true));
        hearAgain(thread);

        world.core().awaitState(thread, "held EXECUTE");
        world.awaitShown(
                thread,
                "Held in EXECUTE: what was said on " + world.team().platform().name()
                        + " while I could not hear it cannot be read");
    }

    @Test
    void a_reading_that_fails_in_passing_is_tried_again_and_nothing_acts_before() {
        world.listen();
        String thread = world.planned();
        world.core().pass(GAP);
        world.refuseHistory(true);
        long readings = world.readings();
        world.say(thread, Person.ANA, "proceed");
        world.core().await("a reading", () -> world.readings() > readings);
        assertEquals("awaiting-authorization PLAN", world.core().state(thread));
        assertEquals(0, world.core().effects.deeds().size());
        world.refuseHistory(false);

        world.core().awaitState(thread, "completed DOCUMENT");
    }

    @Test
    void an_open_socket_that_brings_nothing_is_no_proof() {
        world.listen();
        world.write(Place.PROJECT, Person.ANA, "morning");
        world.core().await("an arrival", () -> world.core().hearing.hears(world.team()));
        world.deafen();
        world.core().pass(GAP);
        assertTrue(world.looksOpen());
        assertFalse(world.core().hearing.hears(world.team()));
    }

    @Test
    void a_run_that_works_long_is_heard_by_its_own_echo() {
        world.listen();
        String thread = world.planned();
        CountDownLatch done = new CountDownLatch(1);
        world.core().effects.inCommand(() -> WiredCore.waitFor(done));
        world.say(thread, Person.ANA, "proceed");
        world.core().awaitState(thread, "acting EXECUTE");
        for (int echo = 0; echo < 8; echo++) {
            long before = world.edits(thread);
            world.core().pass(Duration.ofSeconds(5));
            world.core().awaitSoon("an echo", () -> world.edits(thread) > before);
            world.core().awaitSoon("its arrival", () -> world.core().hearing.hears(world.team()));
        }
        done.countDown();
        world.core().awaitState(thread, "completed DOCUMENT");
    }

    @Test
    void a_task_that_was_mentioned_before_anybody_listened_is_taken_up() {
        world.core().heard.record(world.team(), world.core().clock.instant());
        world.core().clock.tick(Duration.ofMinutes(10));
        world.write(Place.PROJECT, Person.BO, "morning");
        String thread = world.ask(Person.ANA, "a library");
        world.listen();

        world.core().awaitState(thread, "awaiting-authorization PLAN");
        assertEquals(1, world.core().store.all().size());
        assertEquals(2, world.core().watch.figures(world.team()).caughtUp());
    }

    @Test
    void a_task_of_long_ago_is_nobodys_wish_any_more() {
        world.core().heard.record(world.team(), world.core().clock.instant());
        world.core().clock.tick(Duration.ofMinutes(1));
        String old = world.ask(Person.ANA, "a library");
        world.core().clock.tick(Duration.ofDays(3));
        world.listen();
        world.planned();
        assertEquals("none", world.core().state(old));
    }

    @Test
    void the_last_hearing_is_recorded_while_it_goes_on_and_what_came_later_is_read_after_a_restart() {
        world.listen();
        String thread = world.planned();
        Instant first = world.core().await("a record", () -> world.core().heard.heardUntil(world.team()));
        world.core().pass(Duration.ofSeconds(6));
        world.say(thread, Person.BO, "!aside what a day");
        world.core()
                .await(
                        "a later one",
                        () -> world.core().heard.heardUntil(world.team()).filter(later -> later.isAfter(first)));

        world = world.restarted();
        world.core().clock.tick(Duration.ofMinutes(1));
        world.write(Place.ANOTHER_CHANNEL, Person.MEI, "stop everything");
        world.say(thread, Person.ANA, "proceed");
        world.listen();
        world.core().awaitState(thread, "held PLAN");
        world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
        assertEquals(0, world.core().effects.deeds().size());
    }

    @Test
    void while_nothing_acts_silence_is_read_before_a_word_is_looked_at_and_not_at_every_sound() {
        world.listen();
        String thread = world.planned();
        world.core().pass(GAP);
        long before = world.readings();
        for (int at = 0; at < 5; at++) {
            world.write(Place.ANOTHER_CHANNEL, Person.MEI, "number " + at);
            world.core().pass(GAP);
        }
        assertEquals(before, world.readings());
        world.say(thread, Person.ANA, "proceed");
        world.core().awaitState(thread, "completed DOCUMENT");
        assertTrue(world.readings() > before);
        assertEquals(0, world.core().watch.figures(world.team()).gaps());
    }

    /** A command is under way when the connections fall silent, and that happens. */
    private void actThroughGap(String thread, Runnable meanwhile) {
        world.core().effects.whileCommandRuns(() -> {
            world.deafen();
            meanwhile.run();
            world.core().pass(GAP);
        });
        world.say(thread, Person.ANA, "proceed");
        awaitGap();
    }

    private void awaitGap() {
        world.core()
                .await("the gap", () -> world.core().watch.figures(world.team()).gaps() == 1);
    }

    private void hearAgain(String thread) {
        world.hear();
        world.say(thread, Person.BO, "!aside are you there");
    }

    private void holds(String thread, Runnable stop) {
        actThroughGap(thread, stop);
        hearAgain(thread);
        world.core().awaitState(thread, "held EXECUTE");
        world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
    }
}
