package dev.saywhen.safety;

import dev.saywhen.plan.PlanRevision;

/** Whether what a plan was made against still stands (port). */
public interface BaseCheck {
    /** Looks at the repository now. Throws where it cannot be read; the gate then refuses. */
    Finding look(PlanRevision plan);

    /** What was found. */
    sealed interface Finding {
        /** The plan still fits; {@code movement} is one line about what else moved, or blank. */
        record Holds(String movement) implements Finding {}

        /** Something that the plan reads or writes changed. */
        record Stale(String what) implements Finding {}
    }
}
