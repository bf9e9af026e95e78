package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Adds to chains within the caller's transaction, so that a change and its records are stored together or not at all. */
@ApplicationScoped
class AuditChains {
    private final AuditHeadRows heads;
    private final AuditRows rows;
    private final InstantSource clock;
    private final Set<AuditChain> grown = ConcurrentHashMap.newKeySet();

    AuditChains(AuditHeadRows heads, AuditRows rows, InstantSource clock) {
        this.heads = heads;
        this.rows = rows;
        this.clock = clock;
    }

    /** Adds the events in their order; the chain stays locked until the transaction ends. */
    AuditMark append(AuditChain chain, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return heads.of(chain);
        }
        AuditHeadRow head = heads.locked(chain);
        AuditMark newest = head.mark();
        for (AuditEvent event : events) {
            AuditRecord entry = AuditRecord.after(newest, chain, event, clock.instant());
            rows.persist(AuditRow.of(entry));
            newest = entry.mark();
        }
        head.moveTo(newest);
        grown.add(chain);
        return newest;
    }

    /** The chains that grew since this was asked last, also where the transaction is still open or was rolled back. */
    Set<AuditChain> grown() {
        Set<AuditChain> taken = Set.copyOf(grown);
        grown.removeAll(taken);
        return taken;
    }
}
