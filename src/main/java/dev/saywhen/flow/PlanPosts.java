package dev.saywhen.flow;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the messages of a plan stand, as far as the platform confirmed them. */
final class PlanPosts {
    private final Outbox outbox;

    PlanPosts(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * A plan that stands in its thread.
     *
     * @param messages all of them, the one with the request last
     * @param at the platform's time of that one
     */
    record Posted(List<MessageId> messages, Instant at) {}

    /** Empty until the platform took the last of them, which is sent when all others were. */
    Optional<Posted> of(RunId run, RevisionNumber revision) {
        String prefix = "run-" + run + "/plan/" + revision + "/";
        return outbox.sent(prefix + "head").map(head -> {
            List<MessageId> messages = new ArrayList<>();
            for (int at = 1; ; at++) {
                Optional<ChatGateway.Sent> part = outbox.sent(prefix + at);
                if (part.isEmpty()) {
                    break;
                }
                messages.add(part.get().id());
            }
            messages.add(head.id());
            return new Posted(List.copyOf(messages), head.at());
        });
    }
}
