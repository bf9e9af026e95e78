package dev.saywhen.audit;

import java.util.List;

/** Reading the trail (port). */
public interface AuditLog {
    /** Records of a chain with a sequence above {@code after}, the oldest first. */
    List<AuditRecord> records(AuditChain chain, long after, int limit);

    /** Every chain that has a record, the installation's first. */
    List<AuditChain> chains();
}
