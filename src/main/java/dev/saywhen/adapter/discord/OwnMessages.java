package dev.saywhen.adapter.discord;

import dev.saywhen.chat.Newest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bot's messages as far as they are remembered: in which thread each stands. In a direct conversation, which has no
 * threads, also which talk goes on there.
 */
final class OwnMessages {
    private static final int REMEMBERED = 20_000;

    /** Of a text that took several messages, {@code whole} is the last one. */
    private record Said(ThreadId thread, MessageId whole) {}

    private final Map<MessageId, Said> said = Newest.map(REMEMBERED); // guarded by this
    private final Map<String, ThreadId> talks = new LinkedHashMap<>(); // by direct conversation; guarded by this

    synchronized void said(MessageId message, ThreadId thread, MessageId whole) {
        said.put(message, new Said(thread, whole));
    }

    synchronized Optional<ThreadId> threadOf(MessageId message) {
        return Optional.ofNullable(said.get(message)).map(Said::thread);
    }

    synchronized MessageId wholeOf(MessageId message) {
        Said known = said.get(message);
        return known == null ? message : known.whole();
    }

    /** From now on what is written in a direct conversation belongs to this talk. */
    synchronized void talk(ThreadId thread) {
        talks.put(thread.channel().value(), thread);
    }

    synchronized void talkEnded(ThreadId thread) {
        talks.remove(thread.channel().value(), thread);
    }

    synchronized Optional<ThreadId> talkIn(String conversation) {
        return Optional.ofNullable(talks.get(conversation));
    }
}
