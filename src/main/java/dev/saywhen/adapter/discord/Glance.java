package dev.saywhen.adapter.discord;

import java.util.function.Predicate;

/**
 * Tells a frame that can wait from one that has to be read at once, without reading it: a STOP behind a burst must not wait
 * until all of the burst is understood.
 *
 * <p>Only a new message in a server's channel can wait, in which no stop word or stop sign can stand. In threads and direct
 * conversations runs go on, and there other words than these may stop. A frame that is told amiss is heard a moment later, as
 * each one is heard in the end.
 */
final class Glance {
    private static final String MESSAGE = "\"t\":\"MESSAGE_CREATE\"";
    private static final String CHANNEL = "\"channel_id\":\"";

    private final Predicate<String> isChannel;
    private final Predicate<String> mayHoldStopWord;

    /**
     * @param isChannel whether an id is known as that of a server's channel, no thread
     * @param mayHoldStopWord errs towards yes
     */
    Glance(Predicate<String> isChannel, Predicate<String> mayHoldStopWord) {
        this.isChannel = isChannel;
        this.mayHoldStopWord = mayHoldStopWord;
    }

    boolean canWait(String frame) {
        return frame.contains(MESSAGE)
                && standsInChannels(frame)
                && !frame.contains("\\u")
                && !mayHoldStopWord.test(frame);
    }

    /** The channel of what it answers or forwards is named in it too. */
    private boolean standsInChannels(String frame) {
        int at = frame.indexOf(CHANNEL);
        if (at < 0) {
            return false;
        }
        for (; at >= 0; at = frame.indexOf(CHANNEL, at)) {
            at += CHANNEL.length();
            int end = frame.indexOf('"', at);
            if (end < 0 || !isChannel.test(frame.substring(at, end))) {
                return false;
            }
        }
        return true;
    }
}
