package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditMark;
import dev.saywhen.id.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The newest place of a chain. Who holds its lock may add to the chain. */
@Entity
@Table(name = "audit_head")
class AuditHeadRow {
    @Id
    private String chain;

    @Column
    private long sequence;

    @Column
    private String hash;

    /** For Hibernate. */
    protected AuditHeadRow() {}

    AuditMark mark() {
        return new AuditMark(sequence, new Digest(hash));
    }

    void moveTo(AuditMark mark) {
        sequence = mark.sequence();
        hash = mark.hash().hex();
    }
}
