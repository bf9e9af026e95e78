package dev.saywhen.adapter.discord;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Project;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.TeamId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The core and Discord's adapter against {@link FakeDiscord}, over real sockets. */
final class DiscordWorld implements AutoCloseable {
    static final TeamId TEAM = new TeamId(Discord.PLATFORM, FakeDiscord.GUILD);
    static final Duration ANSWERED_WITHIN = Duration.ofMillis(700);

    final TickingClock clock;
    final FakeDiscord discord;
    final Discord adapter;
    final WiredCore core;

    DiscordWorld() throws IOException {
        this(new TickingClock(Instant.parse("2026-11-24T09:00:00Z")));
    }

    private DiscordWorld(TickingClock clock) throws IOException {
        this(clock, new FakeDiscord(clock), WiredCore.Kept.nothing(clock));
    }

    private DiscordWorld(TickingClock clock, FakeDiscord discord, WiredCore.Kept kept) {
        this.clock = clock;
        this.discord = discord;
        adapter = new Discord(setting(), clock, ANSWERED_WITHIN);
        adapter.look();
        core = new WiredCore(
                clock,
                new Project(PlanSample.PROJECT, Set.of("orders-dev")),
                List.of(actor(FakeDiscord.ANA), actor(FakeDiscord.BO)),
                List.of(adapter.gateway()),
                Map.of(Discord.PLATFORM, adapter.directory()),
                kept);
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
        open(in, core.threads());
        awaitConnected();
        return this;
    }

    /** Begins to listen. */
    void open(Inbox in, Executor executor) {
        adapter.open(in, core.watch, core.live, core.kept.conversations(), executor);
    }

    void awaitConnected() {
        core.await("a connection", adapter::isOpen);
        core.await("an arrival", () -> core.watch.lastHeard(TEAM).isPresent());
    }

    /** The process ends and another one begins, which does not listen yet; meanwhile that happens. */
    DiscordWorld restarted(Runnable meanwhile) {
        adapter.close();
        core.close();
        discord.gateway().drop();
        meanwhile.run();
        return new DiscordWorld(clock, discord, core.kept);
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
