package dev.saywhen.safety;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * A STOP as it was heard.
 *
 * @param run the run it was said to; absent: every run of the installation
 * @param said when, on the platform's clock; absent when it came by HTTP or from the host
 * @param by who said it, as claimed
 * @param words what was heard, in lower case
 * @param place where, for people
 * @param message the message that said it
 */
public record StopOrder(
        @Nullable RunId run,
        @Nullable Moment said,
        String by,
        String words,
        String place,
        @Nullable MessageId message) {}
