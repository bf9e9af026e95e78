package dev.saywhen.safety;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.time.Instant;
import java.util.List;

/**
 * Who said which phrase, in which message, at which platform time, for which revision.
 *
 * @param approvers everybody whose yes it took, the last one last
 */
public record Authorization(
        RunId run,
        RevisionNumber revision,
        Digest digest,
        ActorId by,
        MessageId message,
        String phrase,
        Instant said,
        List<ActorId> approvers) {
    public Authorization {
        approvers = List.copyOf(approvers);
    }

    Moment moment() {
        return new Moment(by.team().platform(), said);
    }
}
