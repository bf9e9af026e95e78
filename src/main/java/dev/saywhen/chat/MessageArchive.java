package dev.saywhen.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of a chat that Saywhen serves itself (port). For such a chat this is the platform's own store. */
public interface MessageArchive {
    /** The highest id that was ever given, and the newest time; 0 and the epoch in an empty archive. */
    Position position();

    /** Adds a message; with a key that is known already it changes nothing and gives the one that is there. */
    Stored add(Stored message, @Nullable String key);

    Optional<Stored> find(long id);

    /** Oldest first. {@code thread} and {@code after} are ids of messages; 0 means any. Without a channel: all of them. */
    List<Stored> list(@Nullable String channel, long thread, long after, int limit);

    /** Channels that have a message, by name. */
    List<String> channels();

    /** A new text; empty if the message is not there. */
    Optional<Stored> edit(long id, String text, Instant at);

    boolean delete(long id);

    /** Adds a reaction; false if the message is not there. */
    boolean react(long id, String author, String emoji);

    /** Where the archive ends. */
    record Position(long id, Instant time) {}

    /**
     * A message.
     *
     * @param thread the id of the thread's first message; its own id for one outside any thread
     * @param reactions authors by emoji
     */
    record Stored(
            long id,
            String channel,
            long thread,
            String author,
            String text,
            Instant time,
            @Nullable Instant edited,
            boolean bot,
            Set<String> traits,
            @Nullable Card card,
            Map<String, List<String>> reactions) {}
}
