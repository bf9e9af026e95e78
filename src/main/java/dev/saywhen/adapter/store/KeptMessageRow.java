package dev.saywhen.adapter.store;

import dev.saywhen.chat.InboundMessage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A message that was taken in; without a body if it was handled before it was kept. */
@Entity
@Table(name = "kept_message")
class KeptMessageRow {
    @Id
    private String message;

    @Column(insertable = false, updatable = false)
    private long place;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private @Nullable String body;

    @Column
    private @Nullable Instant handledAt;

    /** For Hibernate. */
    protected KeptMessageRow() {}

    InboundMessage inbound() {
        if (body == null) {
            throw new IllegalStateException("the message " + message + " was kept without its text");
        }
        return StoredJson.read(InboundMessage.class, body, "message " + message);
    }
}
