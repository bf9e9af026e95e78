package dev.saywhen.adapter.store;

import dev.saywhen.chat.MessageArchive;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local chat's messages in PostgreSQL. A deleted message leaves only its id, its times and its key behind. */
@ApplicationScoped
public class PostgresMessageArchive implements MessageArchive {
    private final LocalMessageRows rows;
    private final Transactions transactions;

    PostgresMessageArchive(LocalMessageRows rows, Transactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public Position position() {
        return transactions.in(rows::position);
    }

    @Override
    public Stored add(Stored message, @Nullable String key) {
        return transactions.in(() -> {
            if (rows.add(message, key) || key == null) {
                return message;
            }
            return rows.byKey(key).orElseThrow().message();
        });
    }

    @Override
    public Optional<Stored> find(long id) {
        return transactions.in(() -> rows.there(id).map(LocalMessageRow::message));
    }

    @Override
    public List<Stored> list(@Nullable String channel, long thread, long after, int limit) {
        return transactions.in(() -> rows.list(channel, thread, after, limit).stream()
                .map(LocalMessageRow::message)
                .toList());
    }

    @Override
    public List<String> channels() {
        return transactions.in(() ->
                rows.channels().stream().map(StoredText::original).sorted().toList());
    }

    @Override
    public Optional<Stored> edit(long id, String text, Instant at) {
        return transactions.in(() -> rows.lockedThere(id).map(row -> {
            Stored before = row.message();
            Stored after = new Stored(
                    before.id(),
                    before.channel(),
                    before.thread(),
                    before.author(),
                    text,
                    before.time(),
                    at,
                    before.bot(),
                    before.traits(),
                    before.card(),
                    before.reactions());
            row.become(after);
            return after;
        }));
    }

    @Override
    public boolean delete(long id) {
        return transactions.in(() -> {
            Optional<LocalMessageRow> row = rows.lockedThere(id);
            row.ifPresent(LocalMessageRow::clear);
            return row.isPresent();
        });
    }

    @Override
    public boolean react(long id, String author, String emoji) {
        return transactions.in(() -> {
            Optional<LocalMessageRow> row = rows.lockedThere(id);
            row.ifPresent(there -> there.become(reacted(there.message(), author, emoji)));
            return row.isPresent();
        });
    }

    private static Stored reacted(Stored message, String author, String emoji) {
        Map<String, List<String>> reactions = new LinkedHashMap<>(message.reactions());
        List<String> authors = new ArrayList<>(reactions.getOrDefault(emoji, List.of()));
        if (!authors.contains(author)) {
            authors.add(author);
        }
        reactions.put(emoji, authors);
        return new Stored(
                message.id(),
                message.channel(),
                message.thread(),
                message.author(),
                message.text(),
                message.time(),
                message.edited(),
                message.bot(),
                message.traits(),
                message.card(),
                reactions);
    }
}
