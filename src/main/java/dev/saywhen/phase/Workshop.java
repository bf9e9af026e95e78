package dev.saywhen.phase;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.run.Run;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Permit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the four acting phases share.
 *
 * @param suites what the whole suite of a run came to, from DEBUG for REVIEW; in memory, as the permit is
 */
public record Workshop(
        Engineer engineer,
        Workspace workspace,
        Rehearsal rehearsal,
        Gate gate,
        AuditTrail trail,
        Map<RunId, TestReport> suites) {

    public Workshop(Engineer engineer, Workspace workspace, Rehearsal rehearsal, Gate gate, AuditTrail trail) {
        this(engineer, workspace, rehearsal, gate, trail, new ConcurrentHashMap<>());
    }

    Hands hands(Run run, Permit permit) {
        return new Hands(gate, permit, workspace.tree(run.id()));
    }

    /** Commits the named files on the run's tip and brings the branch into the project's repository. */
    CommitId commit(Hands hands, Run run, Permit permit, List<String> paths, String message) {
        CommitId tip = run.head() == null ? permit.plan().tip() : run.head();
        CommitId commit = hands.commit(tip, paths, message, trailers(run, permit));
        hands.publish(commit);
        return commit;
    }

    SortedMap<String, String> trailers(Run run, Permit permit) {
        return Trailers.of(run, permit, trail.head(AuditChain.of(run.id())));
    }

    /** Refuses a result that says nothing about the code: the command did not come to its own end. */
    static CommandResult ended(CommandResult result, String what) {
        return switch (result.ending()) {
            case EXITED -> result;
            case TIMED_OUT ->
                throw new Stuck("%s did not end within its time limit (%d s). All of its output: %s."
                        .formatted(what, result.took().toSeconds(), result.output()));
            case TOO_MUCH_OUTPUT ->
                throw new Stuck(
                        "%s printed more than a command may. The first part: %s.".formatted(what, result.output()));
            case KILLED -> throw new Interrupted(false);
            case LEASE_LOST -> throw new Interrupted(true);
        };
    }

    /** The work cannot go on by itself; the run is held with this sentence. */
    public static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stuck(String sentence) {
            super(sentence);
        }
    }

    /** A command was cut off. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean frozen;

        Interrupted(boolean frozen) {
            super(frozen ? "the service was frozen while a command ran" : "a command was cut off");
            this.frozen = frozen;
        }

        /** Whether nobody said to: the service could not hear for a while, and the step may begin again. */
        public boolean wasFrozen() {
            return frozen;
        }
    }
}
