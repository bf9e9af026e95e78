package dev.saywhen.flow;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.Newest;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import java.util.Set;

/**
 * Which reactions to the bot's messages are known. A platform's history tells who reacted and not when, so that a stop sign of
 * last week must not be taken for one of the gap.
 */
public final class SeenReactions {
    private static final int REMEMBERED = 20_000;

    private record Seen(MessageId message, ActorId by, String emoji) {}

    private final Set<Seen> seen = Newest.set(REMEMBERED);
    private final Set<MessageId> looked = Newest.set(REMEMBERED);

    /** An event told of it. */
    public void seen(InboundEvent.Reacted reaction) {
        seen.add(of(reaction));
    }

    /** The reactions of this message were looked at in history. */
    public void looked(MessageId message) {
        looked.add(message);
    }

    /**
     * Whether it was not known; it is from now on.
     *
     * @param isOfNow whether it counts as new also on a message that was never looked at
     */
    public boolean isNew(InboundEvent.Reacted reaction, boolean isOfNow) {
        return seen.add(of(reaction)) && (isOfNow || looked.contains(reaction.to()));
    }

    private static Seen of(InboundEvent.Reacted reaction) {
        return new Seen(reaction.to(), reaction.author().id(), reaction.emoji());
    }
}
