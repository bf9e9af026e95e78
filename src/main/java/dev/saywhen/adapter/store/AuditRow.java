package dev.saywhen.adapter.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.id.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An audit record as a row. It is read as it stands: whether it is whole is the verifier's to say. */
@Entity
@Immutable
@Table(name = "audit_record")
class AuditRow {
    private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};

    @EmbeddedId
    private Place place;

    @Column
    private Instant time;

    @Column
    private String type;

    @Column
    private @Nullable String actor;

    @Column
    private @Nullable String message;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String facts;

    @Column
    private String previousHash;

    @Column
    private String hash;

    /** The chain and the place in it. */
    @Embeddable
    record Place(String chain, long sequence) {}

    /** For Hibernate. */
    protected AuditRow() {}

    static AuditRow of(AuditRecord entry) {
        AuditRow row = new AuditRow();
        row.place = new Place(entry.chain(), entry.sequence());
        row.time = entry.time();
        row.type = entry.type();
        row.actor = kept(entry.actor());
        row.message = kept(entry.message());
        row.facts = StoredJson.write(FACTS, new TreeMap<>(entry.facts()));
        row.previousHash = entry.previousHash().hex();
        row.hash = entry.hash().hex();
        return row;
    }

    AuditRecord entry() {
        return entry(place.chain(), place.sequence(), time, type, actor, message, facts, previousHash, hash);
    }

    /** The record that these columns hold. */
    static AuditRecord entry(
            String chain,
            long sequence,
            Instant time,
            String type,
            @Nullable String actor,
            @Nullable String message,
            String facts,
            String previousHash,
            String hash) {
        return new AuditRecord(
                chain,
                sequence,
                time,
                type,
                original(actor),
                original(message),
                facts(facts),
                new Digest(previousHash),
                new Digest(hash));
    }

    /** Facts that cannot be read were changed; as one fact of their own they give another hash, and the record shows. */
    private static SortedMap<String, String> facts(String stored) {
        SortedMap<String, String> changed = new TreeMap<>(Map.of("unreadable", stored));
        try {
            SortedMap<String, String> read = StoredJson.read(FACTS, stored, "facts");
            return read.containsValue(null) ? changed : read;
        } catch (IllegalStateException unreadable) {
            return changed;
        }
    }

    private static @Nullable String kept(@Nullable String text) {
        return text == null ? null : StoredText.kept(text);
    }

    private static @Nullable String original(@Nullable String text) {
        return text == null ? null : StoredText.original(text);
    }
}
