package dev.saywhen.safety;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import java.util.Optional;

/** What waits for a yes now (port). Every method may throw; the gate then refuses. */
public interface CurrentRevisions {
    /** The newest revision of the run, if the run awaits its authorization. */
    Optional<PendingRevision> pending(RunId run);

    /** Whether this message authorized something before. */
    boolean isUsed(MessageId message);

    /** Stores one yes of several, in one step with the version check; false if the run moved meanwhile. */
    boolean count(PendingRevision seen, Authorization yes, int missing);

    /**
     * Stores the authorization, its audit record and the run's new state in one transaction.
     *
     * @return false if the run's version, revision or state moved since {@code seen}: nothing was stored then
     */
    boolean settle(PendingRevision seen, Authorization authorization, long epoch, java.time.Instant deadline);
}
