package dev.saywhen.adapter.store;

import dev.saywhen.id.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The table of runs. */
@ApplicationScoped
class RunRows implements PanacheRepositoryBase<RunRow, Long> {
    /** The row, kept from everybody else until the transaction ends. */
    Optional<RunRow> locked(RunId run) {
        return findByIdOptional(run.number(), LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<RunRow> inThread(String thread) {
        return find("thread", thread).firstResultOptional();
    }

    List<RunRow> live() {
        return list("not ended", Sort.ascending("id"));
    }

    List<RunRow> newest(int limit) {
        return findAll(Sort.descending("id")).page(Page.ofSize(limit)).list();
    }

    /** The newest number that was given; nobody else gives one until the transaction ends. */
    long lockNumbers() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select newest from run_number for update")
                        .getSingleResult())
                .longValue();
    }

    void numberGiven(RunId newest) {
        getEntityManager()
                .createNativeQuery("update run_number set newest = :newest")
                .setParameter("newest", newest.number())
                .executeUpdate();
    }
}
