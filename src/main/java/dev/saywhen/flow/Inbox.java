package dev.saywhen.flow;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.RunId;
import org.jspecify.annotations.Nullable;

/** Where everything that a platform tells comes in. STOP is heard first, on the thread that brought it. */
public interface Inbox {
    /**
     * Listens for a STOP; everything else passes by. When it returns, every permit that the STOP covers is dead and what
     * they let begin is being cut off. Waits for nothing but the latch, not for what is cut off either, for the next STOP
     * may be right behind: no database, no queue, no look-up. Never throws.
     *
     * @return whether it was a STOP
     */
    boolean hear(InboundEvent event);

    /**
     * Whether a stop word can be read out of a text that a platform sent, in its own encoding. Quick; errs towards yes. Of a
     * no only that can be made that the text is heard a moment later.
     */
    default boolean mayHoldStopWord(String raw) {
        return true;
    }

    /**
     * Whether this is talk that concerns nobody here: no STOP, and nothing that {@link #accept} would keep. Waits for
     * nothing; in doubt it is false.
     */
    default boolean passes(InboundEvent event) {
        return false;
    }

    /**
     * Takes in what was heard: stores and deduplicates what matters and hands it on. Ordinary talk outside live threads
     * passes by without being stored. Throws if it could not be stored; the platform must then deliver it again.
     */
    void accept(InboundEvent event);

    /**
     * Takes in a message that was found in the platform's history. A STOP that did its work before does nothing again.
     *
     * @return whether it was a STOP that nobody had heard
     */
    boolean catchUp(InboundMessage message);

    /** The operator's STOP, by HTTP or from the host: one run, or every run of the installation. */
    Receipt stop(String by, @Nullable RunId run, String place);
}
