package dev.saywhen.audit;

/** The append-only, hash-chained trail (port). */
public interface AuditTrail {
    /**
     * Stores the event as the newest record of the chain and returns its place.
     *
     * <p>When this returns, the record is durable. Safe for use by several threads.
     *
     * @throws RuntimeException if it could not be stored: the caller must then not do what the event speaks of
     */
    AuditMark append(AuditChain chain, AuditEvent event);

    /** The place of the newest record of the chain; {@link AuditMark#START} where there is none. */
    AuditMark head(AuditChain chain);
}
