package dev.saywhen.audit;

import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** What models used, summed over the trail as it stands now, whichever node wrote it (port). */
public interface ModelUse {
    /** By account, as {@link AuditEvent.ModelCalled} names it; empty where no model was asked. */
    Map<String, Sum> ofRun(RunId run);

    /** Of all runs of a project, calls recorded after {@code since}. */
    Sum ofProject(ProjectName project, Instant since);

    /**
     * Calls, their tokens and their price.
     *
     * @param unpriced how many of the calls had no known price; {@code dollars} is of the others
     */
    record Sum(long calls, long read, long written, BigDecimal dollars, long unpriced) {
        public static final Sum NONE = new Sum(0, 0, 0, BigDecimal.ZERO, 0);

        public Sum plus(Sum more) {
            return new Sum(
                    calls + more.calls,
                    read + more.read,
                    written + more.written,
                    dollars.add(more.dollars),
                    unpriced + more.unpriced);
        }
    }
}
