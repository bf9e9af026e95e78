package dev.saywhen.phase;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.Engineer.Failure;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Permit;
import java.util.List;

/** DEBUG: the whole suite; a failure is mended or reported, never hidden. */
public final class DebugPhase {
    private static final int ROUNDS = 6;

    private final Workshop workshop;

    public DebugPhase(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Runs everything from the last commit until it is green. What had to be mended is a commit of its own. */
    public PhaseResult handle(Run run, Permit permit) {
        return switch (permit.plan().outline().verify()) {
            case Verification.Suite(CommandScope command) -> suite(run, permit, command);
            case Verification.SameFiles(String tree) -> compared(run, permit, tree);
            case Verification.SameSchema(Digest schema) -> lookedAt(run, permit, schema);
        };
    }

    /** What a way back came to must be what was worked out before anybody was asked. */
    private PhaseResult compared(Run run, Permit permit, String tree) {
        CommitId head = run.head() == null ? permit.plan().tip() : run.head();
        if (!workshop.workspace().treeOf(run.project(), head).equals(tree)) {
            throw new Workshop.Stuck("The files at " + head.brief() + " are not what was worked out for this plan.");
        }
        workshop.hands(run, permit).publish(head);
        return PhaseResult.of(
                new RunEvent.PhaseDone(Phase.DEBUG),
                List.of(new AuditEvent.Observed("files", "as worked out, tree " + tree)),
                List.of());
    }

    private PhaseResult lookedAt(Run run, Permit permit, Digest schema) {
        if (!workshop.rehearsal().schema(permit.epoch(), run.project()).equals(schema)) {
            throw new Workshop.Stuck("The schema of the database is not the rehearsed one any more: somebody else"
                    + " changed it. What I applied stands; `undo` plans its way back.");
        }
        publishLast(run, permit, workshop.hands(run, permit));
        return PhaseResult.of(
                new RunEvent.PhaseDone(Phase.DEBUG),
                List.of(new AuditEvent.Observed("schema", "as rehearsed, " + schema)),
                List.of());
    }

    /** Of a commit that was made under an earlier plan the push may have been cut off. */
    private static void publishLast(Run run, Permit permit, Hands hands) {
        CommitId head = run.head();
        if (head != null && head.equals(permit.plan().tip())) {
            hands.publish(head);
        }
    }

    private PhaseResult suite(Run run, Permit permit, CommandScope command) {
        PlanRevision plan = permit.plan();
        Hands hands = workshop.hands(run, permit);
        hands.openWorkTree(run.head() == null ? plan.tip() : run.head());
        publishLast(run, permit, hands);
        hands.lock(plan.outline().steps().stream()
                .flatMap(step -> step.tests().stream())
                .toList());
        int mended = 0;
        CommandResult result = verify(command, hands);
        TestReport report = workshop.engineer().readTests(hands, result);
        while (!result.succeeded() || !report.isGreen()) {
            Failure failure = new Failure(null, command, result, report);
            if (mended == ROUNDS || !workshop.engineer().mend(plan, failure, hands)) {
                throw new Workshop.Stuck("The whole suite is not green: %d tests, %d failed, %d skipped, exit %d.\n%s"
                        .formatted(
                                report.tests(),
                                report.failed(),
                                report.skipped(),
                                result.exitCode(),
                                ExecutePhase.excerpt(report, result)));
            }
            mended++;
            result = verify(command, hands);
            report = workshop.engineer().readTests(hands, result);
        }
        hands.checkLocks();
        workshop.suites().put(run.id(), report);
        List<AuditEvent> seen = List.of(new AuditEvent.Observed(
                "whole suite", report.tests() + " tests, 0 failed, 0 skipped, mended " + mended + " times"));
        if (mended == 0) {
            return PhaseResult.of(new RunEvent.PhaseDone(Phase.DEBUG), seen, List.of());
        }
        List<String> files = plan.outline().steps().stream()
                .flatMap(step -> step.files().stream())
                .distinct()
                .toList();
        var commit = workshop.commit(hands, run, permit, files, "Mend what the whole suite found");
        return new PhaseResult(
                new RunEvent.PhaseDone(Phase.DEBUG), fresh -> fresh.committed(commit), seen, List.of(), null);
    }

    private static CommandResult verify(CommandScope command, Hands hands) {
        return Workshop.ended(hands.run(command), "The check of the whole");
    }
}
