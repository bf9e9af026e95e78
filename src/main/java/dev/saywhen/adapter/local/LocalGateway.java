package dev.saywhen.adapter.local;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.MessageArchive.Stored;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** The bot's side of the local chat. What it says here never comes back in by the inbox. */
@Singleton
public final class LocalGateway implements ChatGateway {
    private final Room room;

    LocalGateway(Room room) {
        this.room = room;
    }

    @Override
    public Platform platform() {
        return Room.PLATFORM;
    }

    @Override
    public Sent send(Outgoing.Message message) {
        Numbering.Number number = room.numbering().next();
        Stored stored;
        try {
            stored = room.archive().add(said(message, number), message.key());
            room.known().add(stored);
        } finally {
            room.numbering().settle(number);
        }
        if (stored.id() == number.id()) {
            room.tell("message", MessageView.of(stored));
        }
        return new Sent(Room.message(stored.channel(), stored.id()), stored.time());
    }

    @Override
    public void edit(MessageId message, String text) {
        Stored stored = room.archive()
                .edit(number(message), text, room.numbering().moment())
                .orElseThrow(() -> new MessageGone(message));
        room.known().add(stored);
        room.tell("edited", MessageView.of(stored));
    }

    @Override
    public void react(MessageId message, String emoji) {
        long id = number(message);
        String name = room.chat().botName();
        if (!room.archive().react(id, name, emoji)) {
            throw new MessageGone(message);
        }
        KnownMessages.Known to = room.known()
                .find(id)
                .or(() -> room.archive().find(id).map(KnownMessages.Known::of))
                .orElseThrow(() -> new MessageGone(message));
        room.tell(
                "reaction", ReactionNotice.of(to, name, emoji, room.numbering().moment()));
    }

    private Stored said(Outgoing.Message message, Numbering.Number number) {
        return new Stored(
                number.id(),
                message.thread().channel().value(),
                number(message.thread().root()),
                room.chat().botName(),
                message.text(),
                number.at(),
                null,
                true,
                Set.of(Room.OWN),
                message.card(),
                Map.of());
    }

    private static long number(MessageId message) {
        return Long.parseLong(message.value());
    }
}
