package dev.saywhen.safety;

import dev.saywhen.id.RunId;
import java.util.List;

/** Where STOPs are recorded, after they were carried out (port). */
public interface StopLog {
    /** The highest epoch that was ever recorded; 0 if there was no STOP. */
    long newestEpoch();

    /** Throws if it could not be stored; the caller tries again until it is. */
    void record(StopOrder order, long epoch, List<RunId> covered);
}
