package dev.saywhen.adapter.langchain4j;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.fakes.FakeChat;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.fakes.TickingClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** A chat within the test. */
final class LocalPlace implements Place {
    private static final TeamId TEAM = new TeamId(new Platform("local"), "local");

    private final TickingClock clock;
    private final FakeChat chat;
    private final ChannelId channel = new ChannelId(TEAM, CHANNEL);
    private Inbox inbox;
    private int messages;

    LocalPlace(TickingClock clock) {
        this.clock = clock;
        this.chat = new FakeChat(TEAM.platform(), clock);
    }

    @Override
    public TeamId team() {
        return TEAM;
    }

    @Override
    public ActorId ana() {
        return new ActorId(TEAM, "ana");
    }

    @Override
    public ChatGateway gateway() {
        return chat;
    }

    @Override
    public Map<Platform, Directory> directories() {
        return Map.of();
    }

    @Override
    public void open(Inbox in, HearingWatch watch, Executor threads) {
        inbox = in;
    }

    @Override
    public InboundMessage known(InboundMessage message) {
        return message;
    }

    @Override
    public ThreadId ask(String text) {
        MessageId id = new MessageId(channel, "p" + ++messages);
        post(id, new ThreadId(id), "@saywhen " + text);
        return new ThreadId(id);
    }

    @Override
    public void say(ThreadId thread, String text) {
        post(new MessageId(channel, "p" + ++messages), thread, text);
    }

    private void post(MessageId id, ThreadId thread, String text) {
        Author author = new Author(ana(), Author.Kind.PERSON);
        InboundEvent event =
                new InboundEvent.Posted(new InboundMessage(id, thread, author, text, clock.instant(), null, Set.of()));
        inbox.hear(event);
        inbox.accept(event);
    }

    @Override
    public List<String> shown(ThreadId thread) {
        return chat.in(thread).stream().map(FakeChat.Shown::text).toList();
    }

    @Override
    public void waits() {}

    @Override
    public void close() {}
}
