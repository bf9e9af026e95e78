package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.slack.FakeSlack;
import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.adapter.slack.SlackSetting;
import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.PassingInbox;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.id.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ways of a STOP are gone at a start, and nobody and nothing notices. */
final class WarmUpTest {
    @Test
    void every_stop_of_a_warm_up_is_heard_and_nothing_real_hangs_on_it() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening();
                FakeSlack atSlack = new FakeSlack(world.clock);
                Slack slack = slack(atSlack, world)) {
            String thread = world.planned();
            world.core.effects.commandsLast();
            world.say(thread, FakeDiscord.ANA, "proceed");
            world.core.awaitState(thread, "acting EXECUTE");
            long epoch = world.core.kept.stopLog().newestEpoch();

            List<RuntimeException> broken = new ArrayList<>();
            Counted onDiscord = new Counted(world.core.inbox.forWarmUp());
            Counted onSlack = new Counted(world.core.inbox.forWarmUp());
            new StopWarmUp(onDiscord, List.of(world.adapter::warmUp), broken::add).run();
            new StopWarmUp(onSlack, List.of(slack::warmUp), broken::add).run();
            assertEquals(List.of(), broken);

            assertEquals(20_000, onDiscord.stops.get());
            assertEquals(20_000, onSlack.stops.get());
            assertEquals("acting EXECUTE", world.core.state(thread));
            assertTrue(world.core.broken.isEmpty(), world.core.broken::toString);
            assertEquals(epoch, world.core.kept.stopLog().newestEpoch());
            assertTrue(world.discord.shown(thread).stream().noneMatch(text -> text.startsWith("STOPPED")));
        }
    }

    @Test
    void digits_of_another_language_are_no_hindrance() throws Exception {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.of("fa", "IR"));
        try {
            every_stop_of_a_warm_up_is_heard_and_nothing_real_hangs_on_it();
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void a_way_that_cannot_be_gone_is_told_of_once_and_the_others_are_gone() {
        List<RuntimeException> broken = new ArrayList<>();
        AtomicInteger gone = new AtomicInteger();
        StopWarmUp.Way closed = _ -> {
            throw new IllegalStateException("closed");
        };
        new StopWarmUp(new HeardEvents(), List.of(_ -> closed, _ -> _ -> gone.incrementAndGet()), broken::add).run();
        assertEquals(1, broken.size());
        assertEquals(20_000, gone.get());
    }

    @Test
    void what_is_said_to_warm_up_is_never_taken_in() throws Exception {
        try (DiscordWorld world = new DiscordWorld()) {
            InboundEvent event = new InboundEvent.PlaceLost(
                    new ChannelId(DiscordWorld.TEAM, FakeDiscord.CHANNEL), null, "a test", world.clock.instant());
            Inbox inbox = world.core.inbox.forWarmUp();
            assertThrows(IllegalStateException.class, () -> inbox.accept(event));
            assertThrows(IllegalStateException.class, () -> inbox.stop("somebody", null, "here"));
        }
    }

    private static Slack slack(FakeSlack atSlack, DiscordWorld world) {
        SlackSetting setting = new SlackSetting(
                "xoxb-1", Optional.of("xapp-1"), Optional.empty(), atSlack.apiUrl(), List.of(), "saywhen");
        return new Slack(setting, world.clock);
    }

    private static final class Counted extends PassingInbox {
        private final AtomicInteger stops = new AtomicInteger();

        Counted(Inbox inbox) {
            super(inbox);
        }

        @Override
        public boolean hear(InboundEvent event) {
            boolean isStop = super.hear(event);
            if (isStop) {
                stops.incrementAndGet();
            }
            return isStop;
        }
    }
}
