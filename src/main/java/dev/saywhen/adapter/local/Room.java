package dev.saywhen.adapter.local;

import dev.saywhen.chat.MessageArchive;
import dev.saywhen.chat.MessageArchive.Stored;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What the bot's side of the local chat and the people's side share: the messages, their numbers, and who follows. */
@Singleton
final class Room {
    static final Platform PLATFORM = new Platform("local");
    static final TeamId TEAM = new TeamId(PLATFORM, "local");

    /** The trait of the bot's own messages. */
    static final String OWN = "own";
    /** The trait of what a guest wrote. */
    static final String GUEST = "guest";

    private static final int EVENTS_KEPT = 5_000;
    private static final int PAGE = 1_000;

    private final MessageArchive archive;
    private final LocalChat chat;
    private final Numbering numbering;
    private final KnownMessages known = new KnownMessages();
    private final LiveEvents events;

    Room(MessageArchive archive, RunFeed runs, LocalChat chat, Clock clock) {
        this.archive = archive;
        this.chat = chat;
        MessageArchive.Position end = archive.position();
        this.numbering = new Numbering(end, clock);
        this.events = new LiveEvents(Long.toString(clock.millis(), 36), EVENTS_KEPT, end.id());
        remember(end.id());
        runs.onChange(run -> events.tell("run", RunNotice.of(run), numbering.settled()));
    }

    MessageArchive archive() {
        return archive;
    }

    LocalChat chat() {
        return chat;
    }

    Numbering numbering() {
        return numbering;
    }

    KnownMessages known() {
        return known;
    }

    /** Tells everybody who follows. */
    void tell(String name, Object data) {
        events.tell(name, data, numbering.settled());
    }

    LiveEvents events() {
        return events;
    }

    /** Messages after this one, as far as everything is settled. */
    List<MessageView> after(long message) {
        long settled = numbering.settledAfter(Duration.ofSeconds(1));
        return archive.list(null, 0, message, PAGE).stream()
                .filter(stored -> stored.id() <= settled)
                .map(MessageView::of)
                .toList();
    }

    static MessageId message(String channel, long id) {
        return new MessageId(new ChannelId(TEAM, channel), Long.toString(id));
    }

    static ActorId actor(String author) {
        return new ActorId(TEAM, author);
    }

    private void remember(long end) {
        long from = Math.max(0, end - KnownMessages.KEPT);
        List<Stored> some = archive.list(null, 0, from, PAGE);
        while (!some.isEmpty()) {
            some.forEach(known::add);
            some = archive.list(null, 0, some.getLast().id(), PAGE);
        }
    }
}
