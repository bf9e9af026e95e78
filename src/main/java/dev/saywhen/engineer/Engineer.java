package dev.saywhen.engineer;

import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import java.util.List;
import java.util.function.Function;

/**
 * The thinking (port).
 *
 * <p>It is given an {@link Actuator} only where a permit exists; everywhere else it can but read. Methods block and may
 * be interrupted at any time; they then end soon, with any exception.
 */
public interface Engineer {
    /** One line about what it can do, for the first message of a run. */
    String introduction();

    /** ASK: what it understood and what it still has to know. */
    Asked ask(Brief brief, Repository repository);

    /**
     * PLAN: what it proposes.
     *
     * @param kept steps that are done and stand; the proposal must begin with exactly these
     */
    Drafted plan(Brief brief, Repository repository, List<Step> kept);

    /** EXECUTE: writes the tests of a step. They are locked afterwards. */
    void writeTests(PlanRevision plan, Step step, Actuator actuator);

    /** EXECUTE: writes what makes the tests of a step pass. */
    void writeCode(PlanRevision plan, Step step, Actuator actuator);

    /** Reads what the last run of the tests left in the work tree. */
    TestReport readTests(WorkTree tree);

    /** DEBUG: one attempt to mend a failure; false if there is no rule for it, and nothing was changed then. */
    boolean mend(PlanRevision plan, TestReport failure, Actuator actuator);

    /** REVIEW: what was measured and found, as Markdown. It may run commands of the plan. */
    String review(PlanRevision plan, TestReport tests, Actuator actuator);

    /** DOCUMENT: writes the documents that the plan names. */
    void document(PlanRevision plan, String report, Actuator actuator);

    /** What came of asking. */
    sealed interface Asked {
        /** Questions remain. {@code understood} echoes what is clear, {@code questions} are numbered when shown. */
        record Questions(List<String> understood, List<String> questions) implements Asked {}

        /** Enough is known. */
        record Complete(List<String> understood) implements Asked {}

        /** It cannot be done; why, and what could be asked for instead. */
        record Declined(String why) implements Asked {}
    }

    /** What came of planning. */
    sealed interface Drafted {
        record Proposed(Outline outline) implements Drafted {}

        /**
         * Changes of the project's database. They are rehearsed first, and only what is proven becomes a plan.
         *
         * @param logs what remains to be applied, one step each
         * @param outline the whole plan, made of what was proven of each
         */
        record Migrating(List<Rehearsal.ChangeLogText> logs, Function<List<Rehearsal.Part>, Outline> outline)
                implements Drafted {
            public Migrating {
                logs = List.copyOf(logs);
            }
        }

        record Unclear(Asked.Questions questions) implements Drafted {}

        record Declined(String why) implements Drafted {}
    }
}
