package dev.saywhen.chat;

import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a platform tells. The bot's own messages are dropped by the adapter, by id. */
public sealed interface InboundEvent {
    /** A new message. */
    record Posted(InboundMessage message) implements InboundEvent {}

    /** A message whose text changed; {@code message.text()} is the new one and {@code said} the time of the edit. */
    record Edited(InboundMessage message) implements InboundEvent {}

    /** A message is gone, whoever deleted it. */
    record Deleted(MessageId message, ThreadId thread, Instant at) implements InboundEvent {}

    /** A reaction was added. */
    record Reacted(MessageId to, ThreadId thread, boolean isToOwnMessage, Author author, String emoji, Instant at)
            implements InboundEvent {}

    /** A message of the bot's own was changed or deleted by somebody. */
    record OwnMessageLost(MessageId message, ThreadId thread, Instant at) implements InboundEvent {}

    /** The bot can no longer hear or speak here: removed, archived, locked, deleted, permission withdrawn. */
    record PlaceLost(ChannelId channel, @Nullable ThreadId thread, String why, Instant at) implements InboundEvent {}
}
