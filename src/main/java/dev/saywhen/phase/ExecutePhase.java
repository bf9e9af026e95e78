package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.Engineer.Failure;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.CommitId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Permit;
import java.util.ArrayList;
import java.util.List;

/** EXECUTE: step by step, test first: red, green, one commit. */
public final class ExecutePhase {
    private static final int ROUNDS = 3;

    private final Workshop workshop;

    public ExecutePhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Does the next step from the run's last commit, or says that none remains. */
    public PhaseResult handle(Run run, Permit permit) {
        PlanRevision plan = permit.plan();
        if (run.stepsDone() == plan.outline().steps().size()) {
            return PhaseResult.of(new RunEvent.PhaseDone(Phase.EXECUTE));
        }
        Step step = plan.outline().steps().get(run.stepsDone());
        Hands hands = workshop.hands(run, permit);
        return switch (step.work()) {
            case Step.Build build -> built(run, permit, step, build, hands);
            case Step.Revert revert -> reverted(run, permit, step, revert.commit(), hands, List.of());
            case Step.Migrate migrate -> migrated(run, permit, step, migrate, hands);
            case Step.RollBack back -> {
                boolean now = hands.rollBack(back.changeSets(), back.proof());
                yield reverted(
                        run, permit, step, back.commit(), hands, observed(step, now ? "rolled back" : "gone before"));
            }
        };
    }

    private PhaseResult built(Run run, Permit permit, Step step, Step.Build build, Hands hands) {
        PlanRevision plan = permit.plan();
        hands.openWorkTree(run.head() == null ? plan.tip() : run.head());
        List<AuditEvent> seen = new ArrayList<>();
        if (!build.tests().isEmpty()) {
            seen.add(red(plan, step, build, hands));
        }
        seen.add(green(plan, step, build, hands));
        hands.checkLocks();
        List<String> paths = new ArrayList<>(build.tests());
        paths.addAll(build.files());
        CommitId commit = workshop.commit(hands, run, permit, paths, message(step));
        return PhaseResult.staying(fresh -> fresh.committed(commit).stepDone(), seen, List.of());
    }

    /** The database first and the commit last: a commit that is there means that the step is done. */
    private PhaseResult migrated(Run run, Permit permit, Step step, Step.Migrate migrate, Hands hands) {
        hands.openWorkTree(run.head() == null ? permit.plan().tip() : run.head());
        boolean now = hands.apply(migrate.changeSets(), migrate.proof());
        hands.write(migrate.file(), migrate.text());
        CommitId commit = workshop.commit(hands, run, permit, migrate.files(), message(step));
        return PhaseResult.staying(
                fresh -> fresh.committed(commit).stepDone(),
                observed(step, now ? "committed" : "committed before"),
                List.of());
    }

    private static List<AuditEvent> observed(Step step, String what) {
        return List.of(new AuditEvent.Observed("step " + step.number() + " change sets", what));
    }

    /** The first one goes where the plan says, which may be on top of what others committed; each other on the last. */
    private PhaseResult reverted(
            Run run, Permit permit, Step step, CommitId reverted, Hands hands, List<AuditEvent> seen) {
        CommitId last = run.head();
        CommitId parent = last == null || run.stepsDone() == permit.plan().stepsDone()
                ? permit.plan().tip()
                : last;
        CommitId commit = hands.revert(
                parent,
                reverted,
                step.title() + "\n\nThis reverts commit " + reverted + ".",
                workshop.trailers(run, permit));
        hands.publish(commit);
        return PhaseResult.staying(fresh -> fresh.committed(commit).stepDone(), seen, List.of());
    }

    private AuditEvent red(PlanRevision plan, Step step, Step.Build build, Hands hands) {
        workshop.engineer().writeTests(plan, step, hands);
        hands.lock(build.tests());
        CommandResult result = Workshop.ended(hands.run(build.check()), "The check of step " + step.number());
        if (result.succeeded()) {
            throw new Workshop.Stuck(
                    "The tests of step %d passed before there was code for them, so they prove nothing."
                            .formatted(step.number()));
        }
        return new AuditEvent.Observed("step " + step.number() + " tests", "red, exit " + result.exitCode());
    }

    private AuditEvent green(PlanRevision plan, Step step, Step.Build build, Hands hands) {
        workshop.engineer().writeCode(plan, step, hands);
        CommandResult result = Workshop.ended(hands.run(build.check()), "The check of step " + step.number());
        for (int round = 1; !result.succeeded(); round++) {
            TestReport report = workshop.engineer().readTests(hands, result);
            Failure failure = new Failure(step, build.check(), result, report);
            if (round > ROUNDS || !workshop.engineer().mend(plan, failure, hands)) {
                throw new Workshop.Stuck("Step %d, %s: its check fails and I know of nothing more to try.\n%s"
                        .formatted(step.number(), step.title(), excerpt(report, result)));
            }
            result = Workshop.ended(hands.run(build.check()), "The check of step " + step.number());
        }
        return new AuditEvent.Observed("step " + step.number() + " check", "green");
    }

    static String excerpt(TestReport report, CommandResult result) {
        String text = report.excerpt().isBlank() ? result.excerpt() : report.excerpt();
        String cut = text.length() > 1_500 ? "..." + text.substring(text.length() - 1_500) : text;
        return "```\n" + cut.replace("```", "'''") + "\n```\nAll of it: " + result.output();
    }

    private static String message(Step step) {
        return step.title() + "\n\nStep " + step.number() + ". Way back: " + step.wayBack();
    }
}
