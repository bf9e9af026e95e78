package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Proof;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.BaseCheck;
import dev.saywhen.safety.StopSwitch;
import java.util.Optional;

/** Whether the schema that a plan was rehearsed on is still the database's. What else moved is another one's to say. */
public final class DatabaseBaseCheck implements BaseCheck {
    private final BaseCheck repository;
    private final Rehearsal rehearsal;
    private final StopSwitch stops;

    public DatabaseBaseCheck(BaseCheck repository, Rehearsal rehearsal, StopSwitch stops) {
        this.repository = repository;
        this.rehearsal = rehearsal;
        this.stops = stops;
    }

    @Override
    public Finding look(PlanRevision plan) {
        StopSwitch.Epoch began = stops.epochOf(plan.run());
        Finding finding = repository.look(plan);
        Optional<Proof> next = plan.remaining().stream()
                .map(Step::proof)
                .flatMap(Optional::stream)
                .findFirst();
        boolean moved = finding instanceof Finding.Holds
                && next.isPresent()
                && !rehearsal.schema(began, plan.project()).equals(next.get().before());
        return moved
                ? new Finding.Stale("The schema of the database moved since " + plan.number()
                        + " was rehearsed. `plan` makes a fresh one.")
                : finding;
    }
}
