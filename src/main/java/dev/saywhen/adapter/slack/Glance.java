package dev.saywhen.adapter.slack;

import java.util.function.Predicate;

/**
 * Tells a frame that can wait from one that has to be read at once, without reading it: a STOP behind a burst must not wait
 * until all of the burst is understood.
 *
 * <p>Only a new message that stands in no thread and in which no stop word or stop sign can stand can wait. A frame that is
 * told amiss is heard a moment later, as each one is heard in the end.
 */
final class Glance {
    private static final String MESSAGE = "\"type\":\"message\"";

    private final Predicate<String> mayHoldStopWord;

    /** @param mayHoldStopWord errs towards yes */
    Glance(Predicate<String> mayHoldStopWord) {
        this.mayHoldStopWord = mayHoldStopWord;
    }

    boolean canWait(String frame) {
        return frame.contains(MESSAGE)
                && !frame.contains("\"thread_ts\"")
                && !frame.contains("\"subtype\"")
                && !frame.contains("\\u")
                && !EmojiNames.mayHoldStop(frame)
                && !mayHoldStopWord.test(frame);
    }
}
