package dev.saywhen.engineer;

import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.run.Phase;
import java.util.Optional;

/** Where a tool works: what it may read, and the hands where a permit exists. Used by one thread. */
public interface Desk {
    Phase phase();

    /** The files to read. What {@link #shorten} laid aside is among them, as {@code output/1} and so on. */
    WorkTree files();

    /** The hands; absent in ASK, PLAN and REVIEW. */
    Optional<Actuator> actuator();

    /** The authorized plan; absent before there is one. */
    Optional<PlanRevision> plan();

    /** The step that is worked on; absent outside EXECUTE. */
    Optional<Step> step();

    /** The text, or its beginning and end if it is over 10,000 characters and where all of it can be read. */
    String shorten(String whole);

    /** What the engineer wrote, fit to be shown to people in a line: shortened, calling nobody, without secrets. */
    String quotable(String text);

    /**
     * Records that something was refused.
     *
     * @param what what was tried, in a few words, such as {@code write .git/config}
     * @param why a sentence
     * @return the same for the model
     */
    String refused(String what, String why);

    /** The engineer says that what it was asked to do is done; nothing more is asked of it then. */
    void finished(String summary);
}
