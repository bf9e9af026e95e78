package dev.saywhen.adapter.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table of plan revisions. */
@ApplicationScoped
class PlanRows implements PanacheRepositoryBase<PlanRow, PlanRow.Place> {}
