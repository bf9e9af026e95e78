package dev.saywhen.safety.fakes;

import dev.saywhen.plan.PlanRevision;
import dev.saywhen.safety.BaseCheck;

/** A repository in which nothing moved, unless told otherwise. */
public final class FakeBase implements BaseCheck {
    private volatile Finding finding = new Finding.Holds("");

    public void finds(Finding next) {
        finding = next;
    }

    @Override
    public Finding look(PlanRevision plan) {
        return finding;
    }
}
