package dev.saywhen.adapter.slack;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Project;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.ActorId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The core and Slack's adapter against {@link FakeSlack}, over real sockets. */
final class SlackWorld implements AutoCloseable {
    final TickingClock clock;
    final FakeSlack slack;
    final Slack adapter;
    final WiredCore core;

    SlackWorld() throws IOException {
        this(Optional.of("xapp-1"), Optional.empty());
    }

    SlackWorld(Optional<String> appToken, Optional<String> signingSecret) throws IOException {
        this(appToken, signingSecret, List.of(), Set.of());
    }

    /** One that joins channels whose names fit, and has a project that is talked about in these shared channels too. */
    SlackWorld(List<String> join, Set<String> sharedChannels) throws IOException {
        this(Optional.of("xapp-1"), Optional.empty(), join, sharedChannels);
    }

    private SlackWorld(
            Optional<String> appToken, Optional<String> signingSecret, List<String> join, Set<String> sharedChannels)
            throws IOException {
        this(new TickingClock(Instant.parse("2026-11-24T09:00:00Z")), appToken, signingSecret, join, sharedChannels);
    }

    private SlackWorld(
            TickingClock clock,
            Optional<String> appToken,
            Optional<String> signingSecret,
            List<String> join,
            Set<String> sharedChannels)
            throws IOException {
        this(clock, new FakeSlack(clock), appToken, signingSecret, join, sharedChannels, WiredCore.Kept.nothing(clock));
    }

    private SlackWorld(
            TickingClock clock,
            FakeSlack slack,
            Optional<String> appToken,
            Optional<String> signingSecret,
            List<String> join,
            Set<String> sharedChannels,
            WiredCore.Kept kept) {
        this.clock = clock;
        this.slack = slack;
        adapter =
                new Slack(new SlackSetting("xoxb-1", appToken, signingSecret, slack.apiUrl(), join, "saywhen"), clock);
        adapter.look();
        core = new WiredCore(
                clock,
                new Project(PlanSample.PROJECT, Set.of("orders-dev"), sharedChannels),
                List.of(actor(FakeSlack.ANA), actor(FakeSlack.BO)),
                List.of(adapter.gateway()),
                Map.of(Identity.PLATFORM, adapter.directory()),
                kept);
    }

    /** The process ends and another one begins, in Socket Mode, which does not listen yet. */
    SlackWorld restarted() {
        adapter.close();
        core.close();
        slack.sockets().drop();
        return new SlackWorld(clock, slack, Optional.of("xapp-1"), Optional.empty(), List.of(), Set.of(), core.kept);
    }

    /** Begins to listen, and waits until both sockets are there. */
    SlackWorld listening() {
        return listening(core.inbox);
    }

    /** The same; what arrives comes in there. */
    SlackWorld listening(Inbox in) {
        adapter.open(in, core.watch, core.threads());
        core.await("two sockets", () -> slack.sockets().connected() == 2);
        return this;
    }

    SlackWorld listeningByHttp() {
        adapter.open(core.inbox, core.watch, core.threads());
        return this;
    }

    static ActorId actor(String user) {
        return new ActorId(Identity.team(FakeSlack.TEAM), user);
    }

    /** Ana asks for something; the thread, when its plan waits for a yes. */
    String planned() {
        String thread = slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library of books", null);
        core.awaitState(thread, "awaiting-authorization PLAN");
        return thread;
    }

    String say(String thread, String user, String text) {
        clock.tick(Duration.ofSeconds(1));
        return slack.post(FakeSlack.CHANNEL, user, text, thread);
    }

    String awaitShown(String thread, String beginning) {
        return core.await(
                "\"" + beginning + "\"",
                () -> slack.shown(FakeSlack.CHANNEL, thread).stream()
                        .filter(text -> text.startsWith(beginning))
                        .reduce((_, newer) -> newer));
    }

    @Override
    public void close() throws IOException {
        adapter.close();
        core.close();
        slack.close();
    }
}
