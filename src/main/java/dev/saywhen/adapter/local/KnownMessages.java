package dev.saywhen.adapter.local;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.chat.MessageArchive.Stored;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must be known of a message to hear a STOP in its thread, in its edit or as a reaction to it, without asking the
 * archive.
 *
 * <p>Holds the newest messages only; for the others the archive is asked. A thread is known even when its messages are
 * deleted: people may go on in it, and are heard.
 */
final class KnownMessages {
    static final int KEPT = 20_000;

    private final Map<Long, Known> byId = new LinkedHashMap<>(); // guarded by this
    private final Map<Long, String> channelByThread = new HashMap<>(); // guarded by this

    /**
     * A message without its text.
     *
     * @param own whether it is the bot's
     */
    record Known(
            long id,
            String channel,
            long thread,
            String author,
            Author.Kind kind,
            boolean own,
            Set<Trait> traits,
            Digest text) {
        Known {
            traits = Set.copyOf(traits);
        }

        static Known of(Stored stored) {
            return new Known(
                    stored.id(),
                    stored.channel(),
                    stored.thread(),
                    stored.author(),
                    kindOf(stored),
                    stored.traits().contains(Room.OWN),
                    traitsOf(stored),
                    Digest.of(stored.text()));
        }

        /** A message of which nothing can be found out: by somebody, somewhere. */
        static Known nothingOf(long id) {
            return new Known(id, "unknown", id, "unknown", Author.Kind.PERSON, false, Set.of(), Digest.of(""));
        }

        boolean says(String other) {
            return text.equals(Digest.of(other));
        }

        MessageId messageId() {
            return Room.message(channel, id);
        }

        ThreadId threadId() {
            return new ThreadId(Room.message(channel, thread));
        }

        /** The message as the inbox takes it. */
        InboundMessage saying(String newText, Instant said) {
            Author by = new Author(Room.actor(author), kind);
            return new InboundMessage(messageId(), threadId(), by, newText, said, null, traits);
        }

        private static Author.Kind kindOf(Stored stored) {
            if (stored.bot()) {
                return Author.Kind.MACHINE;
            }
            return stored.traits().contains(Room.GUEST) ? Author.Kind.GUEST : Author.Kind.PERSON;
        }

        private static Set<Trait> traitsOf(Stored stored) {
            Set<Trait> traits = EnumSet.noneOf(Trait.class);
            for (Trait trait : Trait.values()) {
                if (stored.traits().contains(nameOf(trait))) {
                    traits.add(trait);
                }
            }
            if (stored.channel().startsWith("@")) {
                traits.add(Trait.DIRECT);
            }
            return traits;
        }
    }

    /** How a trait is written in the archive. */
    static String nameOf(Trait trait) {
        return trait.name().toLowerCase(Locale.ROOT);
    }

    synchronized void add(Stored stored) {
        byId.put(stored.id(), Known.of(stored));
        channelByThread.put(stored.thread(), stored.channel());
        if (byId.size() > KEPT) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    synchronized void remove(long id) {
        byId.remove(id);
    }

    synchronized Optional<Known> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<String> channelOfThread(long thread) {
        return Optional.ofNullable(channelByThread.get(thread));
    }
}
