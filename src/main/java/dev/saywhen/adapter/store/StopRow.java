package dev.saywhen.adapter.store;

import dev.saywhen.id.Digest;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopOrder;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A STOP that was carried out, as a row. */
@Entity
@Immutable
@Table(name = "stop_order")
class StopRow {
    @EmbeddedId
    private Place place;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String body;

    /** The epoch, and the digest of what was heard and held. */
    @Embeddable
    record Place(long epoch, String digest) {}

    /** What was heard and which runs it held. */
    record Carried(StopOrder order, List<RunId> covered) {}

    /** For Hibernate. */
    protected StopRow() {}

    static StopRow of(StopOrder order, long epoch, List<RunId> covered) {
        StopRow row = new StopRow();
        row.body = StoredJson.write(Carried.class, new Carried(order, List.copyOf(covered)));
        row.place = new Place(epoch, Digest.of(row.body).hex());
        return row;
    }

    Place place() {
        return place;
    }

    Carried carried() {
        return StoredJson.read(Carried.class, body, "STOP of epoch " + place.epoch());
    }

    String body() {
        return body;
    }
}
