package dev.saywhen.adapter.langchain4j;

import dev.saywhen.adapter.slack.FakeSlack;
import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.adapter.slack.SlackSetting;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** Slack's stand-in, by Socket Mode. It counts as heard: what makes it so is tested with the adapter. */
final class SlackPlace implements Place {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TickingClock clock;
    private final FakeSlack slack;
    private final Slack adapter;

    SlackPlace(TickingClock clock) throws IOException {
        this.clock = clock;
        this.slack = new FakeSlack(clock);
        this.adapter = new Slack(
                new SlackSetting(
                        "xoxb-1", Optional.of("xapp-1"), Optional.empty(), slack.apiUrl(), List.of(), "saywhen"),
                clock);
        adapter.look();
    }

    @Override
    public TeamId team() {
        return adapter.team();
    }

    @Override
    public ActorId ana() {
        return new ActorId(team(), FakeSlack.ANA);
    }

    @Override
    public ChatGateway gateway() {
        return adapter.gateway();
    }

    @Override
    public Map<Platform, Directory> directories() {
        return Map.of(team().platform(), adapter.directory());
    }

    @Override
    public void open(Inbox inbox, HearingWatch watch, Executor threads) {
        adapter.open(inbox, watch, threads);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!slack.isConnected()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no connection within " + PATIENCE);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public InboundMessage known(InboundMessage message) {
        ActorId author = message.author().id();
        return message.from(
                new Author(author, adapter.directory().kindOf(author).orElse(Author.Kind.GUEST)));
    }

    @Override
    public ThreadId ask(String text) {
        String ts = slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@" + FakeSlack.BOT_USER + "> " + text, null);
        return new ThreadId(new MessageId(new ChannelId(team(), FakeSlack.CHANNEL), ts));
    }

    @Override
    public void say(ThreadId thread, String text) {
        slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, text, thread.root().value());
    }

    @Override
    public List<String> shown(ThreadId thread) {
        return slack.shown(FakeSlack.CHANNEL, thread.root().value());
    }

    /** What is sent too often is sent later, by the clock. */
    @Override
    public void waits() {
        clock.tick(STEP);
    }

    @Override
    public void close() throws IOException {
        adapter.close();
        slack.close();
    }
}
