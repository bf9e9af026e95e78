package dev.saywhen.adapter.slack;

import dev.saywhen.chat.Newest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.util.Map;
import java.util.Optional;

/** The bot's messages as far as they are remembered: in which thread each stands, and which ones it edits itself. */
final class OwnMessages {
    private static final int REMEMBERED = 20_000;

    /** Of a text that took several messages, {@code whole} is the last one. */
    private record Said(ThreadId thread, MessageId whole) {}

    private final Map<MessageId, Said> said = Newest.map(REMEMBERED); // guarded by this
    private final Map<MessageId, Boolean> edited = Newest.map(REMEMBERED); // guarded by this

    synchronized void said(MessageId message, ThreadId thread, MessageId whole) {
        said.put(message, new Said(thread, whole));
    }

    /** Before it is edited, so that the edit is not taken for somebody else's. */
    synchronized void edits(MessageId message) {
        edited.put(message, true);
    }

    synchronized boolean isEditedByUs(MessageId message) {
        return edited.containsKey(message);
    }

    synchronized Optional<ThreadId> threadOf(MessageId message) {
        return Optional.ofNullable(said.get(message)).map(Said::thread);
    }

    synchronized MessageId wholeOf(MessageId message) {
        Said known = said.get(message);
        return known == null ? message : known.whole();
    }
}
