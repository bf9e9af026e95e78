package dev.saywhen.adapter.store;

import dev.saywhen.flow.RunStore.PlanUnreadable;
import dev.saywhen.plan.PlanRevision;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A plan revision as a row, with the digest that people saw. */
@Entity
@Immutable
@Table(name = "plan_revision")
class PlanRow {
    @EmbeddedId
    private Place place;

    @Column
    private String digest;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String plan;

    /** The run and the number of the revision within it. */
    @Embeddable
    record Place(long run, int number) {}

    /** For Hibernate. */
    protected PlanRow() {}

    static PlanRow of(PlanRevision plan) {
        PlanRow row = new PlanRow();
        row.place = new Place(plan.run().number(), plan.number().value());
        row.digest = plan.digest().hex();
        row.plan = StoredJson.write(PlanRevision.class, plan);
        return row;
    }

    /** @throws PlanUnreadable if it is not, to the letter, the plan that was stored */
    PlanRevision revision() {
        String name = "plan r" + place.number() + " of run " + place.run();
        PlanRevision revision = read(name);
        if (revision.run().number() != place.run() || revision.number().value() != place.number()) {
            throw new PlanUnreadable("the stored " + name + " is the plan of another place", null);
        }
        if (!revision.digest().hex().equals(digest)) {
            throw new PlanUnreadable(
                    "the stored " + name + " was changed: its digest is "
                            + revision.digest().code() + ", not " + digest,
                    null);
        }
        return revision;
    }

    private PlanRevision read(String name) {
        try {
            return StoredJson.read(PlanRevision.class, plan, name);
        } catch (IllegalStateException notUnderstood) {
            throw new PlanUnreadable(String.valueOf(notUnderstood.getMessage()), notUnderstood);
        }
    }
}
