package dev.saywhen.adapter.store;

import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Something to be said, or that was said, as a row. It is written by the statements of {@link OutgoingRows}. */
@Entity
@Immutable
@Table(name = "outgoing")
class OutgoingRow {
    @Id
    private long place;

    @Column
    private String key;

    @Column
    private String state;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String body;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private @Nullable String sent;

    /** For Hibernate. */
    protected OutgoingRow() {}

    Outgoing outgoing() {
        return StoredJson.read(Outgoing.class, body, "outgoing " + key);
    }

    Optional<Sent> sent() {
        return Optional.ofNullable(sent).map(json -> StoredJson.read(Sent.class, json, "delivery of " + key));
    }
}
