package dev.saywhen.adapter.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table of STOPs. */
@ApplicationScoped
class StopRows implements PanacheRepositoryBase<StopRow, StopRow.Place> {
    /** Adds it; the very same one again changes nothing. */
    void add(StopRow stop) {
        getEntityManager()
                .createNativeQuery("""
                        insert into stop_order (epoch, digest, body) values (:epoch, :digest, cast(:body as jsonb))
                        on conflict (epoch, digest) do nothing
                        """)
                .setParameter("epoch", stop.place().epoch())
                .setParameter("digest", stop.place().digest())
                .setParameter("body", stop.body())
                .executeUpdate();
    }

    long newestEpoch() {
        return getEntityManager()
                .createQuery("select coalesce(max(place.epoch), 0) from StopRow", Long.class)
                .getSingleResult();
    }
}
