package dev.saywhen.chat;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import java.util.Optional;

/** Who and where, as a platform knows it (port). */
public interface Directory {
    /**
     * What somebody is in the team of the id now; empty for somebody who is not, or no longer, of it. May ask the
     * platform; throws if that cannot be read.
     */
    Optional<Author.Kind> kindOf(ActorId actor);

    /** What people call a channel, without {@code #}. From memory, never asked for: STOP does not wait for it. */
    Optional<String> nameOf(ChannelId channel);

    /** Whether people of another organisation are in it too. From memory; of a channel that is not known it is true. */
    default boolean isShared(ChannelId channel) {
        return false;
    }
}
