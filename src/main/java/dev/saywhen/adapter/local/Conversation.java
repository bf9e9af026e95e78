package dev.saywhen.adapter.local;

import dev.saywhen.adapter.local.KnownMessages.Known;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.chat.MessageArchive.Stored;
import dev.saywhen.flow.Inbox;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The people's side of the local chat: what they write, change, delete and react to.
 *
 * <p>Everything is heard by the inbox before it is stored, so that a STOP is carried out even while the database is
 * away; the answer then says that it was. Called by many threads at once; no message waits for another one.
 */
@Singleton
final class Conversation {
    private static final String STANDS = " The stop in it was heard and carried out; it stands.";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Room room;
    private final Inbox inbox;

    /**
     * A message that somebody wants to post. Its names and text are spelled right.
     *
     * @param thread the id of the thread's first message; absent for a message outside any thread
     */
    record Post(
            String channel, @Nullable Long thread, String author, String text, Author.Kind kind, Set<Trait> traits) {
        Post {
            traits = Set.copyOf(traits);
        }
    }

    Conversation(Room room, Inbox inbox) {
        this.room = room;
        this.inbox = inbox;
    }

    /** Whether a stop word can stand in what was sent, as it came. Errs towards yes. */
    boolean mayHoldStopWord(byte[] sent) {
        return inbox.mayHoldStopWord(new String(sent, StandardCharsets.UTF_8));
    }

    MessageView post(Post post) {
        Long thread = post.thread();
        if (thread != null) {
            checkThread(post, thread);
        }
        Numbering.Number number = room.numbering().next();
        Stored stored = stored(post, number);
        InboundEvent event = posted(stored);
        boolean stopped;
        try {
            stopped = inbox.hear(event);
            keep(stored, stopped);
        } finally {
            room.numbering().settle(number);
        }
        MessageView view = MessageView.of(stored);
        room.tell("message", view);
        try {
            inbox.accept(event);
        } catch (RuntimeException notTaken) {
            takeBack(stored, notTaken);
            throw unavailable("The message was not taken. Send it again.", stopped, notTaken);
        }
        return view;
    }

    /** Gives a message a new text, as its author would; the bot's own message is lost to it by that. */
    MessageView edit(long id, String text) {
        Known before = knownOrHeard(id, text);
        if (before.says(text)) {
            return MessageView.of(stored(id));
        }
        Instant at = room.numbering().moment();
        InboundEvent event = before.own()
                ? new InboundEvent.OwnMessageLost(before.messageId(), before.threadId(), at)
                : new InboundEvent.Edited(before.saying(text, at));
        boolean stopped = inbox.hear(event);
        Stored stored = asked(
                        "The edit was not stored. Send it again.",
                        stopped,
                        () -> room.archive().edit(id, text, at))
                .orElseThrow(() -> noMessage(id));
        MessageView view = MessageView.of(stored);
        room.tell("edited", view);
        accept(event, "The edit was not taken in. Send it again.", stopped);
        room.known().add(stored); // last: the same edit sent again after a failure is still a change
        return view;
    }

    void delete(long id) {
        Known before = known(id);
        Instant at = room.numbering().moment();
        InboundEvent event = before.own()
                ? new InboundEvent.OwnMessageLost(before.messageId(), before.threadId(), at)
                : new InboundEvent.Deleted(before.messageId(), before.threadId(), at);
        boolean stopped = inbox.hear(event);
        String sorry = "The message was not deleted. Try again.";
        accept(event, sorry, stopped); // first: the message sent again after a failure is still there
        boolean wasThere = asked(sorry, stopped, () -> room.archive().delete(id));
        room.known().remove(id);
        if (!wasThere) {
            throw noMessage(id);
        }
        tellDeleted(before);
    }

    void react(long id, String author, String emoji) {
        Known to = known(id);
        Instant at = room.numbering().moment();
        Author by = new Author(Room.actor(author), Author.Kind.PERSON);
        InboundEvent event = new InboundEvent.Reacted(to.messageId(), to.threadId(), to.own(), by, emoji, at);
        boolean stopped = inbox.hear(event);
        String sorry = "The reaction was not taken in. Send it again.";
        if (!asked(sorry, stopped, () -> room.archive().react(id, author, emoji))) {
            throw noMessage(id);
        }
        room.tell("reaction", ReactionNotice.of(to, author, emoji, at));
        accept(event, sorry, stopped);
    }

    /**
     * Messages, the oldest first: with {@code after} the next ones after that id, else the newest ones.
     *
     * <p>Waits a moment for messages that are being posted, so that who pages by id misses none.
     */
    List<MessageView> list(@Nullable String channel, @Nullable Long thread, @Nullable Long after, int limit) {
        if (thread != null) {
            String stands = channelOfThread(thread);
            if (channel != null && !channel.equals(stands)) {
                throw wrongChannel(thread, stands, channel);
            }
        }
        long settled = room.numbering().settledAfter(PATIENCE);
        long root = thread == null ? 0 : thread;
        List<Stored> some =
                after == null ? newest(channel, root, settled, limit) : read(channel, root, after, limit, settled);
        return some.stream().map(MessageView::of).toList();
    }

    List<String> channels() {
        return asked(
                "The channels cannot be read now. Try again.",
                false,
                () -> room.archive().channels());
    }

    /** Looks back further and further: the archive reads forward only, and most channels are busy near the end. */
    private List<Stored> newest(@Nullable String channel, long thread, long settled, int limit) {
        for (long span = 2L * limit; ; span *= 8) {
            long from = Math.max(0, settled - span);
            List<Stored> found = read(channel, thread, from, (int) Math.min(span, 1_000_000), settled);
            if (found.size() >= limit || from == 0) {
                return found.subList(Math.max(0, found.size() - limit), found.size());
            }
        }
    }

    private List<Stored> read(@Nullable String channel, long thread, long after, int limit, long settled) {
        return asked(
                "The messages cannot be read now. Try again.",
                false,
                () -> room.archive().list(channel, thread, after, limit).stream()
                        .filter(stored -> stored.id() <= settled)
                        .toList());
    }

    private void checkThread(Post post, long thread) {
        String channel;
        try {
            channel = channelOfThread(thread);
        } catch (ChatRefusal refused) {
            throw refused.kind() == ChatRefusal.Kind.UNAVAILABLE ? heardAnyway(post, refused) : refused;
        }
        if (!channel.equals(post.channel())) {
            throw wrongChannel(thread, channel, post.channel());
        }
    }

    /** The thread cannot be looked up, so the message cannot be taken; a STOP in it counts all the same. */
    private ChatRefusal heardAnyway(Post post, ChatRefusal cause) {
        Numbering.Number number = room.numbering().next();
        room.numbering().settle(number);
        boolean stopped = inbox.hear(posted(stored(post, number)));
        return unavailable(
                "The thread cannot be looked up now; the message was not taken. Send it again.", stopped, cause);
    }

    private String channelOfThread(long thread) {
        Optional<String> known = room.known().channelOfThread(thread);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Known> message = find(thread);
        if (message.isPresent() && message.get().thread() != thread) {
            throw ChatRefusal.unknown("There is no thread " + thread + ": that message is a reply in thread "
                    + message.get().thread() + ".");
        }
        return message.map(Known::channel)
                .or(() -> channelOfReplies(thread))
                .orElseThrow(() -> ChatRefusal.unknown(
                        "There is no thread " + thread + ". A thread is named by the id of its first message."));
    }

    private Optional<String> channelOfReplies(long thread) {
        if (isOutOfRange(thread)) {
            return Optional.empty();
        }
        return read(null, thread, 0, 1, Long.MAX_VALUE).stream()
                .map(Stored::channel)
                .findFirst();
    }

    /** A message by id. Where the archive cannot tell, its new text is heard as said by somebody, somewhere. */
    private Known knownOrHeard(long id, String newText) {
        try {
            return known(id);
        } catch (ChatRefusal refused) {
            if (refused.kind() != ChatRefusal.Kind.UNAVAILABLE) {
                throw refused;
            }
            Instant at = room.numbering().moment();
            boolean stopped =
                    inbox.hear(new InboundEvent.Edited(Known.nothingOf(id).saying(newText, at)));
            throw unavailable(refused.detail(), stopped, refused);
        }
    }

    private Known known(long id) {
        return find(id).orElseThrow(() -> noMessage(id));
    }

    private Optional<Known> find(long id) {
        return room.known()
                .find(id)
                .or(() -> isOutOfRange(id) ? Optional.empty() : lookUp(id).map(Known::of));
    }

    private Stored stored(long id) {
        return lookUp(id).orElseThrow(() -> noMessage(id));
    }

    private Optional<Stored> lookUp(long id) {
        return asked(
                "Message " + id + " cannot be looked up now. Try again.",
                false,
                () -> room.archive().find(id));
    }

    private boolean isOutOfRange(long id) {
        return id < 1 || id > room.numbering().last();
    }

    private void keep(Stored stored, boolean stopped) {
        asked(
                "The message was not stored. Send it again.",
                stopped,
                () -> room.archive().add(stored, null));
        room.known().add(stored);
    }

    private void takeBack(Stored stored, RuntimeException why) {
        try {
            room.archive().delete(stored.id());
        } catch (RuntimeException alsoBroken) {
            why.addSuppressed(alsoBroken);
            return;
        }
        room.known().remove(stored.id());
        tellDeleted(Known.of(stored));
    }

    private void tellDeleted(Known known) {
        room.tell(
                "deleted",
                new DeletedNotice(
                        Long.toString(known.id()), known.channel(), MessageView.thread(known.id(), known.thread())));
    }

    private void accept(InboundEvent event, String sorry, boolean stopped) {
        try {
            inbox.accept(event);
        } catch (RuntimeException notTaken) {
            throw unavailable(sorry, stopped, notTaken);
        }
    }

    private static <T> T asked(String sorry, boolean stopped, Supplier<T> archive) {
        try {
            return archive.get();
        } catch (RuntimeException broken) {
            throw unavailable(sorry, stopped, broken);
        }
    }

    private static InboundEvent posted(Stored stored) {
        return new InboundEvent.Posted(Known.of(stored).saying(stored.text(), stored.time()));
    }

    private static Stored stored(Post post, Numbering.Number number) {
        Set<String> traits = new HashSet<>();
        post.traits().forEach(trait -> traits.add(KnownMessages.nameOf(trait)));
        if (post.kind() == Author.Kind.GUEST) {
            traits.add(Room.GUEST);
        }
        return new Stored(
                number.id(),
                post.channel(),
                post.thread() == null ? number.id() : post.thread(),
                post.author(),
                post.text(),
                number.at(),
                null,
                post.kind() == Author.Kind.MACHINE,
                traits,
                null,
                Map.of());
    }

    private static ChatRefusal noMessage(long id) {
        return ChatRefusal.unknown("There is no message " + id + ".");
    }

    private static ChatRefusal wrongChannel(long thread, String stands, String named) {
        return ChatRefusal.bad("Thread " + thread + " stands in " + stands + ", not in " + named + ".");
    }

    private static ChatRefusal unavailable(String detail, boolean stopped, Throwable cause) {
        return ChatRefusal.unavailable(stopped ? detail + STANDS : detail, cause);
    }
}
