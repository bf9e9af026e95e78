package dev.saywhen.adapter.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The table of teams that were heard. */
@ApplicationScoped
class HeardTeamRows implements PanacheRepositoryBase<HeardTeamRow, String> {
    void record(String team, Instant until) {
        getEntityManager()
                .createNativeQuery("""
                        insert into heard_team (team, heard_until) values (:team, :until)
                        on conflict (team) do update
                        set heard_until = greatest(heard_team.heard_until, excluded.heard_until)
                        """)
                .setParameter("team", team)
                .setParameter("until", until)
                .executeUpdate();
    }
}
