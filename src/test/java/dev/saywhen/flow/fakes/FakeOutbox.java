package dev.saywhen.flow.fakes;

import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.Outbox;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages on their way out, in memory: receipts first, order kept in each thread, one edit for several. */
public final class FakeOutbox implements Outbox {
    private static final class Row {
        private final Outgoing outgoing;
        private Instant next = Instant.MIN;
        private @Nullable Sent sent;

        Row(Outgoing outgoing) {
            this.outgoing = outgoing;
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Row> waiting = new LinkedHashMap<>();
    private final Power power;

    public FakeOutbox(Power power) {
        this.power = power;
    }

    @Override
    public void put(List<Outgoing> outgoing) {
        power.use();
        add(outgoing);
        power.count();
    }

    synchronized void add(List<Outgoing> outgoing) {
        for (Outgoing one : outgoing) {
            if (rows.containsKey(one.key())) {
                continue;
            }
            if (one instanceof Outgoing.Edit edit) {
                dropOlderEdits(edit);
            }
            Row row = new Row(one);
            rows.put(one.key(), row);
            waiting.put(one.key(), row);
        }
        notifyAll();
    }

    /** Waits until there is something to carry, or for a moment. */
    public synchronized void awaitWork() {
        try {
            wait(waiting.isEmpty() ? 500 : 1); // what waits may be due at any moment of a test's clock
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void dropOlderEdits(Outgoing.Edit newest) {
        waiting.values()
                .removeIf(row -> row.outgoing instanceof Outgoing.Edit older
                        && older.messageKey().equals(newest.messageKey()));
    }

    @Override
    public synchronized List<Outgoing> due(Platform platform, Instant now, int limit) {
        power.use();
        Set<ThreadId> blocked = new HashSet<>();
        List<Outgoing> due = new ArrayList<>();
        List<Row> ordered = new ArrayList<>();
        waitingRows().filter(FakeOutbox::isReceipt).forEach(ordered::add);
        waitingRows().filter(row -> !isReceipt(row)).forEach(ordered::add);
        for (Row row : ordered) {
            boolean first = !(row.outgoing instanceof Outgoing.Message message) || blocked.add(message.thread());
            if (first && isReady(row, platform, now)) {
                due.add(row.outgoing);
            }
        }
        return due.stream().limit(limit).toList();
    }

    private java.util.stream.Stream<Row> waitingRows() {
        return waiting.values().stream();
    }

    private static boolean isReceipt(Row row) {
        return row.outgoing instanceof Outgoing.Message message && message.purpose() == Outgoing.Purpose.RECEIPT;
    }

    private boolean isReady(Row row, Platform platform, Instant now) {
        return !row.next.isAfter(now)
                && switch (row.outgoing) {
                    case Outgoing.Message message -> message.thread().platform().equals(platform);
                    case Outgoing.Edit edit -> edit.thread().platform().equals(platform) && isSent(edit.messageKey());
                    case Outgoing.Reaction reaction ->
                        reaction.to().channel().platform().equals(platform);
                };
    }

    private boolean isSent(String key) {
        Row row = rows.get(key);
        return row != null && row.sent != null;
    }

    @Override
    public synchronized void delivered(String key, Sent sent) {
        power.use();
        Row row = known(key);
        if (row.sent == null) {
            row.sent = sent;
            waiting.remove(key);
        }
        power.count();
    }

    @Override
    public synchronized void failed(String key, String why, Instant next) {
        power.use();
        known(key).next = next;
    }

    @Override
    public synchronized Optional<Sent> sent(String key) {
        power.use();
        return Optional.ofNullable(rows.get(key)).map(row -> row.sent);
    }

    @Override
    public synchronized long waiting() {
        return waitingRows().count();
    }

    /** Every key that was ever put. */
    public synchronized Set<String> keys() {
        return Set.copyOf(rows.keySet());
    }

    private Row known(String key) {
        Row row = rows.get(key);
        if (row == null) {
            throw new IllegalArgumentException("nothing was ever to be said under the key " + key);
        }
        return row;
    }
}
