package dev.saywhen.engineer;

import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thinking (port).
 *
 * <p>It is given an {@link Actuator} only where a permit exists; everywhere else it can but read. Methods block and may
 * be interrupted at any time; they then end soon, with any exception. What takes long registers a cut-off under the epoch
 * that it is given, or that its actuator has, and ends with {@link ThoughtCut} if that was used. {@link CannotThink} holds
 * the run with its sentence.
 */
public interface Engineer {
    /** One line about what it can do, for the first message of a run. */
    String introduction();

    /** What thinking for a run came to so far, such as {@code 12,340 tokens, $0.84}; blank where it costs nothing. */
    String spent(RunId run);

    /**
     * ASK: what it understood and what it still has to know.
     *
     * @param began the run, and where its thinking began
     */
    Asked ask(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository);

    /**
     * PLAN: what it proposes.
     *
     * @param kept steps that are done and stand; the proposal must begin with exactly these
     */
    Drafted plan(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository, List<Step> kept);

    /**
     * PLAN: limits of the project's that a yes to the next plan raises: those that the plan before asked for, and those that
     * kept it from going on; empty where none did.
     */
    default List<Raise> raises(PlanRevision before) {
        return List.of();
    }

    /** EXECUTE: writes the tests of a step. They are locked afterwards. */
    void writeTests(PlanRevision plan, Step step, Actuator actuator);

    /** EXECUTE: writes what makes the tests of a step pass. */
    void writeCode(PlanRevision plan, Step step, Actuator actuator);

    /** Reads what a run of the tests left in the work tree, or what it printed. */
    TestReport readTests(WorkTree tree, CommandResult result);

    /**
     * EXECUTE and DEBUG: one attempt to mend a failure; false if it knows of nothing to do, and nothing was changed then.
     */
    boolean mend(PlanRevision plan, Failure failure, Actuator actuator);

    /**
     * REVIEW: what was measured and found.
     *
     * @param diff everything that the run changed, in git's form, cut where it is very long
     */
    Reviewed review(PlanRevision plan, TestReport tests, String diff, Actuator actuator);

    /** DOCUMENT: writes the documents that the plan names. */
    void document(PlanRevision plan, String report, Actuator actuator);

    /**
     * A check that failed.
     *
     * @param step the step that it belongs to; absent for the check of the whole
     */
    record Failure(@Nullable Step step, CommandScope check, CommandResult result, TestReport tests) {}

    /**
     * What came of reviewing.
     *
     * @param report Markdown
     * @param blocking what has to be mended before the work is done, one line each; it goes through a plan and a yes
     */
    record Reviewed(String report, List<String> blocking) {
        public Reviewed {
            blocking = List.copyOf(blocking);
        }
    }

    /** What came of asking. */
    sealed interface Asked {
        /** Questions remain. {@code understood} echoes what is clear, {@code questions} are numbered when shown. */
        record Questions(List<String> understood, List<String> questions) implements Asked {}

        /** Enough is known. */
        record Complete(List<String> understood) implements Asked {}

        /** It cannot be done; why, and what could be asked for instead. */
        record Declined(String why) implements Asked {}
    }

    /**
     * Change logs of a program that keeps a database of its own, as its files will hold them.
     *
     * @param before those that its database has had already
     * @param added those that come with the plan
     */
    record OwnMigrations(List<Rehearsal.ChangeLogText> before, List<Rehearsal.ChangeLogText> added) {
        public static final OwnMigrations NONE = new OwnMigrations(List.of(), List.of());

        public OwnMigrations {
            before = List.copyOf(before);
            added = List.copyOf(added);
        }
    }

    /** What came of planning. */
    sealed interface Drafted {
        /** @param own what the program that is built does to the database that it keeps for itself */
        record Proposed(Outline outline, OwnMigrations own) implements Drafted {
            public Proposed(Outline outline) {
                this(outline, OwnMigrations.NONE);
            }
        }

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
