package dev.saywhen.adapter.store;

import dev.saywhen.chat.MessageArchive.Stored;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A message of the local chat as a row. */
@Entity
@Table(name = "local_message")
class LocalMessageRow {
    private static final int NANOS_DIGITS = 9;

    @Id
    private long id;

    @Column(updatable = false)
    private String channel;

    @Column(updatable = false)
    private long thread;

    @Column(insertable = false, updatable = false)
    private @Nullable String key;

    @Column
    private boolean deleted;

    @Column(precision = 21, scale = NANOS_DIGITS)
    private BigDecimal newest;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String body;

    /** For Hibernate. */
    protected LocalMessageRow() {}

    /** Takes over everything of the message that can change. */
    void become(Stored message) {
        newest = newest.max(newest(message));
        body = StoredJson.write(Stored.class, message);
    }

    /** Leaves nothing of what was said. */
    void clear() {
        Stored message = message();
        deleted = true;
        become(new Stored(
                message.id(),
                message.channel(),
                message.thread(),
                message.author(),
                "",
                message.time(),
                message.edited(),
                message.bot(),
                Set.of(),
                null,
                Map.of()));
    }

    Stored message() {
        return StoredJson.read(Stored.class, body, "message " + id + " of the local chat");
    }

    boolean isDeleted() {
        return deleted;
    }

    /** When the message was written or edited, in seconds since 1970. */
    static BigDecimal newest(Stored message) {
        Instant edited = message.edited();
        return edited == null ? exact(message.time()) : exact(message.time()).max(exact(edited));
    }

    static Instant instant(BigDecimal exact) {
        long seconds = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
        BigDecimal nanos = exact.subtract(BigDecimal.valueOf(seconds)).movePointRight(NANOS_DIGITS);
        return Instant.ofEpochSecond(seconds, nanos.longValueExact());
    }

    private static BigDecimal exact(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), NANOS_DIGITS));
    }
}
