package dev.saywhen.safety.fakes;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trail in memory, chained as the real one is. */
public final class FakeTrail implements AuditTrail {
    private final List<AuditEvent> events = new ArrayList<>();
    private final Map<String, AuditMark> heads = new LinkedHashMap<>();

    /** Everything that was recorded, in order, over all chains. */
    public synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** The newest event; there must be one. */
    public synchronized AuditEvent newest() {
        return events.getLast();
    }

    @Override
    public synchronized AuditMark append(AuditChain chain, AuditEvent event) {
        AuditMark mark =
                AuditRecord.after(head(chain), chain, event, Instant.EPOCH).mark();
        events.add(event);
        heads.put(chain.toString(), mark);
        return mark;
    }

    @Override
    public synchronized AuditMark head(AuditChain chain) {
        return heads.getOrDefault(chain.toString(), AuditMark.START);
    }
}
