package dev.saywhen.phase;

import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.engineer.Sandbox;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayList;
import java.util.List;

/** What a program that is built will do to the database it keeps for itself, tried before anyone is asked. */
final class OwnMigrationsTried {
    private final Rehearsal rehearsal;
    private final Sandbox sandbox;
    private final Engineer.OwnMigrations own;

    OwnMigrationsTried(Rehearsal rehearsal, Sandbox sandbox, Engineer.OwnMigrations own) {
        this.rehearsal = rehearsal;
        this.sandbox = sandbox;
        this.own = own;
    }

    /** Where nothing can be tried, nothing is proven, and the plan says so: it is the program's own build that tries then. */
    Rehearsed rehearsed(StopSwitch.Epoch began) {
        return own.added().isEmpty() || !sandbox.isComplete()
                ? new Rehearsed.Proven(List.of())
                : rehearsal.rehearseAlone(began, own.before(), own.added());
    }

    Outline told(Outline outline, List<Part> parts) {
        if (own.added().isEmpty()) {
            return outline;
        }
        List<String> lines = new ArrayList<>();
        if (parts.isEmpty()) {
            lines.add("The service's own change sets were not rehearsed: commands are " + sandbox.isolation() + ".");
        } else {
            lines.add(
                    "The service's own change sets were rehearsed before you read this, in a database of their own: applied,"
                            + " rolled back and applied again, schema and rows came back equal. "
                            + String.join(
                                    ", ",
                                    parts.stream()
                                            .flatMap(part -> part.changeSets().stream())
                                            .map(ChangeSet::name)
                                            .toList())
                            + ".");
            parts.stream()
                    .flatMap(part -> part.proof().notes().stream())
                    .filter(note -> !note.startsWith("applied in ")) // no two rehearsals take the same time
                    .distinct()
                    .forEach(lines::add);
        }
        return outline.saying(PlanPart.Kind.TESTING, lines);
    }
}
