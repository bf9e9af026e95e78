package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditMark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** The table of the newest place of each chain. */
@ApplicationScoped
class AuditHeadRows implements PanacheRepositoryBase<AuditHeadRow, String> {
    /** The head of the chain, made if there is none, and kept from everybody else until the transaction ends. */
    AuditHeadRow locked(AuditChain chain) {
        return lock(chain).orElseGet(() -> {
            begin(chain);
            return lock(chain).orElseThrow();
        });
    }

    AuditMark of(AuditChain chain) {
        return findByIdOptional(chain.toString()).map(AuditHeadRow::mark).orElse(AuditMark.START);
    }

    private Optional<AuditHeadRow> lock(AuditChain chain) {
        return findByIdOptional(chain.toString(), LockModeType.PESSIMISTIC_WRITE);
    }

    private void begin(AuditChain chain) {
        getEntityManager()
                .createNativeQuery("""
                        insert into audit_head (chain, sequence, hash) values (:chain, :sequence, :hash)
                        on conflict (chain) do nothing
                        """)
                .setParameter("chain", chain.toString())
                .setParameter("sequence", AuditMark.START.sequence())
                .setParameter("hash", AuditMark.START.hash().hex())
                .executeUpdate();
    }
}
