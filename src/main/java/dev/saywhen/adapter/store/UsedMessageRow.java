package dev.saywhen.adapter.store;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A message that authorized something. */
@Entity
@Immutable
@Table(name = "used_message")
class UsedMessageRow {
    @Id
    private String message;

    @Column
    private long run;

    /** For Hibernate. */
    protected UsedMessageRow() {}

    static UsedMessageRow of(MessageId message, RunId run) {
        UsedMessageRow row = new UsedMessageRow();
        row.message = message.toString();
        row.run = run.number();
        return row;
    }

    long run() {
        return run;
    }
}
