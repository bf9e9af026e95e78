package dev.saywhen.adapter.local;

import dev.saywhen.chat.MessageArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The local chat's messages, for as long as a test lasts. */
final class ArchiveInMemory implements MessageArchive {
    private final TreeMap<Long, Stored> messages = new TreeMap<>(); // guarded by this
    private final Map<String, Long> keys = new HashMap<>(); // guarded by this

    @Override
    public synchronized Position position() {
        return messages.isEmpty()
                ? new Position(0, Instant.EPOCH)
                : new Position(
                        messages.lastKey(), messages.lastEntry().getValue().time());
    }

    @Override
    public synchronized Stored add(Stored message, @Nullable String key) {
        Long known = key == null ? null : keys.putIfAbsent(key, message.id());
        if (known != null) {
            return messages.get(known);
        }
        messages.put(message.id(), message);
        return message;
    }

    @Override
    public synchronized Optional<Stored> find(long id) {
        return Optional.ofNullable(messages.get(id));
    }

    @Override
    public synchronized List<Stored> list(@Nullable String channel, long thread, long after, int limit) {
        Stream<Stored> found = messages.tailMap(after, false).values().stream()
                .filter(one -> channel == null || one.channel().equals(channel))
                .filter(one -> thread == 0 || one.thread() == thread);
        return found.limit(limit).toList();
    }

    @Override
    public synchronized List<String> channels() {
        return messages.values().stream()
                .map(Stored::channel)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public synchronized Optional<Stored> edit(long id, String text, Instant at) {
        return Optional.ofNullable(messages.computeIfPresent(id, (_, old) -> changed(old, text, at, old.reactions())));
    }

    @Override
    public synchronized boolean delete(long id) {
        return messages.remove(id) != null;
    }

    @Override
    public synchronized boolean react(long id, String author, String emoji) {
        return messages.computeIfPresent(id, (_, old) -> {
                    Map<String, List<String>> reactions = new HashMap<>(old.reactions());
                    List<String> by = new ArrayList<>(reactions.getOrDefault(emoji, List.of()));
                    by.add(author);
                    reactions.put(emoji, by);
                    return changed(old, old.text(), old.edited(), reactions);
                })
                != null;
    }

    private static Stored changed(
            Stored old, String text, @Nullable Instant edited, Map<String, List<String>> reactions) {
        return new Stored(
                old.id(),
                old.channel(),
                old.thread(),
                old.author(),
                text,
                old.time(),
                edited,
                old.bot(),
                old.traits(),
                old.card(),
                reactions);
    }
}
