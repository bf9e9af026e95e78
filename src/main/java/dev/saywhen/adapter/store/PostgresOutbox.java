package dev.saywhen.adapter.store;

import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.Outbox;
import dev.saywhen.id.Platform;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Messages on their way out, in PostgreSQL. */
@ApplicationScoped
public class PostgresOutbox implements Outbox {
    private final OutgoingRows rows;
    private final Transactions transactions;
    private final InstantSource clock;

    PostgresOutbox(OutgoingRows rows, Transactions transactions, InstantSource clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void put(List<Outgoing> outgoing) {
        transactions.run(() -> rows.put(outgoing));
    }

    @Override
    public List<Outgoing> due(Platform platform, Instant now, int limit) {
        return transactions.in(() -> rows.due(platform, now, limit).stream()
                .map(OutgoingRow::outgoing)
                .toList());
    }

    /** What was delivered before keeps its first delivery. */
    @Override
    public void delivered(String key, Sent sent) {
        known(key, transactions.in(() -> rows.delivered(key, sent, clock.instant())));
    }

    @Override
    public void failed(String key, String why, Instant next) {
        known(key, transactions.in(() -> rows.failed(key, why, next)));
    }

    @Override
    public Optional<Sent> sent(String key) {
        return transactions.in(() -> rows.byKey(key).flatMap(OutgoingRow::sent));
    }

    @Override
    public long waiting() {
        return transactions.in(rows::waiting);
    }

    private static void known(String key, boolean known) {
        if (!known) {
            throw new IllegalArgumentException("nothing was ever to be said under the key " + key);
        }
    }
}
