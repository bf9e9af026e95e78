package dev.saywhen.adapter.discord;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.TeamId;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core and Discord's adapter against {@link FakeDiscord}, over real sockets. */
final class DiscordWorld implements AutoCloseable {
    static final TeamId TEAM = new TeamId(Discord.PLATFORM, FakeDiscord.GUILD);
    static final Duration ANSWERED_WITHIN = Duration.ofMillis(700);

    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final FakeDiscord discord;
    final Discord adapter;
    final WiredCore core;

    DiscordWorld() throws IOException {
        discord = new FakeDiscord(clock);
        adapter = new Discord(setting(), clock, ANSWERED_WITHIN);
        adapter.look();
        core = new WiredCore(
                clock,
                "orders-dev",
                List.of(actor(FakeDiscord.ANA), actor(FakeDiscord.BO)),
                List.of(adapter.gateway()),
                Map.of(Discord.PLATFORM, adapter.directory()));
    }

    DiscordSetting setting() {
        return new DiscordSetting("a-token", discord.apiUrl(), Optional.of(discord.gatewayUrl()), "saywhen");
    }

    /** Begins to listen, and waits until the server was told of. */
    DiscordWorld listening() {
        return listening(core.inbox);
    }

    /** The same; what arrives comes in there. */
    DiscordWorld listening(Inbox in) {
        adapter.open(in, core.watch, core.threads());
        awaitConnected();
        return this;
    }

    void awaitConnected() {
        core.await("a connection", adapter::isOpen);
        core.await("an arrival", () -> core.watch.lastHeard(TEAM).isPresent());
    }

    static ActorId actor(String user) {
        return new ActorId(TEAM, user);
    }

    /** Ana asks for something; the thread, when its plan waits for a yes. */
    String planned() {
        String thread = discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, mention("a library of books"));
        core.awaitState(thread, "awaiting-authorization PLAN");
        return thread;
    }

    static String mention(String text) {
        return "<@" + FakeDiscord.BOT + "> " + text;
    }

    String say(String thread, String user, String text) {
        clock.tick(Duration.ofSeconds(1));
        return discord.postBelow(FakeDiscord.CHANNEL, thread, user, text);
    }

    String awaitShown(String place, String beginning) {
        return core.await(
                "\"" + beginning + "\"",
                () -> discord.shown(place).stream()
                        .filter(text -> text.startsWith(beginning))
                        .reduce((_, newer) -> newer));
    }

    @Override
    public void close() throws IOException {
        adapter.close();
        core.close();
        discord.close();
    }
}
