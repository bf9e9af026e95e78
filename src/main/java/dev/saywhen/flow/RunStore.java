package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of runs (port). Every method is one transaction; what it stored is durable when it returns. */
public interface RunStore {
    /** Opens a run in state asking; if the thread has one already, nothing is stored and that one is given. */
    Run open(Opening opening);

    Optional<Run> find(RunId run);

    Optional<Run> inThread(ThreadId thread);

    /** Runs that have not ended, the oldest first. */
    List<Run> live();

    /** The newest first. */
    List<Run> newest(int limit);

    /**
     * Stores the run's next form with everything that belongs to it.
     *
     * @param before its version is compared; {@code after} gets the next one
     * @return the run as stored; empty if the version moved: nothing was stored then
     */
    Optional<Run> advance(Run before, Run after, Change change);

    /** @throws PlanUnreadable if it is stored, and reading it again would be of no use */
    Optional<PlanRevision> plan(RunId run, RevisionNumber revision);

    /** Keeps a message that matters until {@link #handled}; false if it was kept or handled before. */
    boolean remember(InboundMessage message);

    void handled(MessageId message);

    /** Messages that were kept and not handled, the oldest first. */
    List<InboundMessage> unhandled();

    /** Whether this message authorized something. */
    boolean isUsed(MessageId message);

    /** A stored plan is not understood, or is not the plan that was stored; asking again does not help. */
    final class PlanUnreadable extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public PlanUnreadable(String what, @Nullable Throwable cause) {
            super(what, cause);
        }
    }

    /** What a new run is made of. */
    record Opening(
            ProjectName project,
            ThreadId thread,
            ActorId requester,
            Brief brief,
            MessageId message,
            Instant at,
            List<AuditEvent> audit) {}

    /**
     * What is stored together with a run's next form.
     *
     * @param used the message that authorized, so that it never does again
     */
    record Change(
            List<AuditEvent> audit,
            List<Outgoing> outgoing,
            @Nullable PlanRevision revision,
            @Nullable MessageId used) {
        public static final Change NOTHING = new Change(List.of(), List.of(), null, null);

        public Change {
            audit = List.copyOf(audit);
            outgoing = List.copyOf(outgoing);
        }
    }
}
