package dev.saywhen.adapter.discord;

import dev.saywhen.chat.Newest;
import dev.saywhen.id.MessageId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the newest messages said, to tell an edit from an event that changes no text, such as a link's preview. */
final class HeardTexts {
    private static final int REMEMBERED = 4_000;

    private final Map<MessageId, String> texts = Newest.map(REMEMBERED); // guarded by this

    /** Whether that is something else than what was known of the message; an unknown one counts as changed. */
    synchronized boolean isNew(MessageId message, String text) {
        return !Objects.equals(texts.put(message, text), text);
    }

    synchronized Optional<String> of(MessageId message) {
        return Optional.ofNullable(texts.get(message));
    }
}
