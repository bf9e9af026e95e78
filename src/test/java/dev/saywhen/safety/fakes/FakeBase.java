package dev.saywhen.safety.fakes;

import dev.saywhen.plan.PlanRevision;
import dev.saywhen.safety.BaseCheck;

/** A repository in which nothing moved, unless told otherwise. */
public final class FakeBase implements BaseCheck {
    private volatile Finding finding = new Finding.Holds("");
    private volatile Runnable meanwhile = () -> {};

    public void finds(Finding next) {
        finding = next;
    }

    /** What else happens while it is looked at. */
    public void whileLooking(Runnable other) {
        meanwhile = other;
    }

    @Override
    public Finding look(PlanRevision plan) {
        meanwhile.run();
        return finding;
    }
}
