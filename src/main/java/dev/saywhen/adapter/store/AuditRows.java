package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The table of audit records. The database refuses to change or remove one. */
@ApplicationScoped
class AuditRows implements PanacheRepositoryBase<AuditRow, AuditRow.Place> {
    List<AuditRow> after(AuditChain chain, long sequence, int limit) {
        return find("place.chain = ?1 and place.sequence > ?2 order by place.sequence", chain.toString(), sequence)
                .page(Page.ofSize(limit))
                .list();
    }

    /** Chains with a record, and chains that must have had one. */
    @SuppressWarnings("unchecked")
    List<String> chains() {
        return getEntityManager().createNativeQuery("""
                        select chain from audit_head where sequence > 0
                        union
                        select chain from audit_record
                        """, String.class).getResultList();
    }
}
