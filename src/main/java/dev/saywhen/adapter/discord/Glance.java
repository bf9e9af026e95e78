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
    private static final String CONTENT = "\"content\":\"";
    private static final String OBJECTS = ":[{"; // embeds, components, polls and forwards, which show text as well
    private static final char ESCAPE = '\\';
    private static final String ESCAPED = "\\u";

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
        return frame.contains(MESSAGE) && each(frame, CHANNEL, isChannel) && !mayShowStopWord(frame);
    }

    /**
     * Most messages show nothing but what somebody typed. Then that alone is looked through, and not what is told about it,
     * which is longer.
     */
    private boolean mayShowStopWord(String frame) {
        if (frame.indexOf(ESCAPE) < 0 && !frame.contains(OBJECTS)) {
            return !each(frame, CONTENT, text -> !mayHoldStopWord.test(text));
        }
        return frame.contains(ESCAPED) || mayHoldStopWord.test(frame);
    }

    /** Whether every such text in a frame is so, and there is one. What a message answers or forwards has them too. */
    private static boolean each(String frame, String key, Predicate<String> isSo) {
        int at = frame.indexOf(key);
        if (at < 0) {
            return false;
        }
        for (; at >= 0; at = frame.indexOf(key, at)) {
            at += key.length();
            int end = frame.indexOf('"', at);
            if (end < 0 || !isSo.test(frame.substring(at, end))) {
                return false;
            }
        }
        return true;
    }
}
