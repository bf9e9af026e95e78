package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.ModelUse;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of audit records. The database refuses to change or remove one. */
@ApplicationScoped
class AuditRows implements PanacheRepositoryBase<AuditRow, AuditRow.Place> {
    private static final String SUMS = """
            count(*), coalesce(sum((call.facts->>'read')::bigint), 0), coalesce(sum((call.facts->>'written')::bigint), 0),
            coalesce(sum((call.facts->>'dollars')::numeric), 0), count(*) - count(call.facts->>'dollars')
            """;

    List<AuditRow> after(AuditChain chain, long sequence, int limit) {
        return find("place.chain = ?1 and place.sequence > ?2 order by place.sequence", chain.toString(), sequence)
                .page(Page.ofSize(limit))
                .list();
    }

    /** What models used, from their calls in a chain, by account. */
    Map<String, ModelUse.Sum> useByAccount(AuditChain chain) {
        List<Object[]> found = getEntityManager()
                .createNativeQuery("select call.facts->>'account', " + SUMS + """
                        from audit_record call
                        where call.type = 'model-called' and call.chain = :chain
                        group by call.facts->>'account'
                        """, Object[].class)
                .setParameter("chain", chain.toString())
                .getResultList();
        Map<String, ModelUse.Sum> use = new TreeMap<>();
        found.forEach(row -> use.put(String.valueOf(row[0]), sum(row, 1)));
        return use;
    }

    /** The project stands in the first record of each run's chain. */
    ModelUse.Sum useOf(String project, Instant since) {
        Object[] found = (Object[]) getEntityManager()
                .createNativeQuery("select " + SUMS + """
                        from audit_record call
                        join audit_record opened on opened.chain = call.chain and opened.sequence = 1
                        where call.type = 'model-called' and call.time > :since and opened.facts->>'project' = :project
                        """, Object[].class)
                .setParameter("since", since)
                .setParameter("project", project)
                .getSingleResult();
        return sum(found, 0);
    }

    private static ModelUse.Sum sum(Object[] row, int at) {
        return new ModelUse.Sum(
                ((Number) row[at]).longValue(),
                ((Number) row[at + 1]).longValue(),
                ((Number) row[at + 2]).longValue(),
                (BigDecimal) row[at + 3],
                ((Number) row[at + 4]).longValue());
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
