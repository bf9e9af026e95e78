package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.adapter.slack.FakeSlack;
import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.adapter.slack.SlackSetting;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.safety.fakes.TickingClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slack and Discord in one service. */
final class TwoPlatformsTest {
    private static final Platform SLACK = new Platform("slack");

    @Test
    void a_stop_on_one_holds_the_runs_on_the_other_and_each_place_has_its_receipt() throws Exception {
        TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
        try (FakeSlack atSlack = new FakeSlack(clock);
                FakeDiscord atDiscord = new FakeDiscord(clock);
                Slack slack = new Slack(
                        new SlackSetting(
                                "xoxb-1",
                                Optional.of("xapp-1"),
                                Optional.empty(),
                                atSlack.apiUrl(),
                                List.of(),
                                "saywhen"),
                        clock);
                Discord discord = new Discord(
                        new DiscordSetting(
                                "a-token", atDiscord.apiUrl(), Optional.of(atDiscord.gatewayUrl()), "saywhen"),
                        clock);
                WiredCore core = core(clock, slack, discord)) {
            slack.open(core.inbox, core.watch, core.threads());
            discord.open(core.inbox, core.watch, core.live, core.kept.conversations(), core.threads());
            core.await("connections", () -> atSlack.isConnected() && discord.isOpen());
            for (boolean isSaidOnDiscord : List.of(true, false)) {
                String onDiscord =
                        atDiscord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, DiscordWorld.mention("a library"));
                String onSlack = atSlack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
                core.awaitState(onDiscord, "awaiting-authorization PLAN");
                core.awaitState(onSlack, "awaiting-authorization PLAN");
                if (isSaidOnDiscord) {
                    atDiscord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "stop everything");
                } else {
                    atSlack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "stop everything", null);
                }
                core.awaitState(onDiscord, "held PLAN");
                core.awaitState(onSlack, "held PLAN");
                core.await("receipt on Discord", () -> isStopped(atDiscord.shown(onDiscord)));
                core.await("receipt on Slack", () -> isStopped(atSlack.shown(FakeSlack.CHANNEL, onSlack)));
            }
            assertEquals(List.of(), core.broken);
        }
    }

    private static WiredCore core(TickingClock clock, Slack slack, Discord discord) {
        slack.look();
        discord.look();
        return new WiredCore(
                clock,
                "orders-dev",
                List.of(
                        DiscordWorld.actor(FakeDiscord.ANA),
                        new ActorId(new TeamId(SLACK, FakeSlack.TEAM), FakeSlack.ANA)),
                List.of(slack.gateway(), discord.gateway()),
                Map.of(SLACK, slack.directory(), Discord.PLATFORM, discord.directory()));
    }

    private static boolean isStopped(List<String> shown) {
        return shown.stream().anyMatch(text -> text.startsWith("STOPPED, CONFIRMED."));
    }
}
