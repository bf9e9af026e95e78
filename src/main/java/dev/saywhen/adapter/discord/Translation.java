package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Discord's events as the inbox knows them. From what is in the event and in memory alone: nobody is asked. */
final class Translation {
    private static final int WRITTEN = 0;
    private static final int REPLY = 19;
    private static final int FORWARD = 1;

    private final String bot;
    private final Servers servers;
    private final Decoding decoding;
    private final OwnMessages own;
    private final HeardTexts texts;
    private final InstantSource clock;

    Translation(
            String bot, Servers servers, Decoding decoding, OwnMessages own, HeardTexts texts, InstantSource clock) {
        this.bot = bot;
        this.servers = servers;
        this.decoding = decoding;
        this.own = own;
        this.texts = texts;
        this.clock = clock;
    }

    /** In which server something happened; for a direct message the one that the bot speaks for there. */
    Server server(JsonNode event) {
        return event.hasNonNull("guild_id") ? servers.at(event.path("guild_id").asText()) : servers.ofDirectMessages();
    }

    /** What an event means; nothing for one that is our own or tells nothing. */
    List<InboundEvent> events(String type, JsonNode event) {
        return switch (type) {
            case "MESSAGE_CREATE" -> said(event) ? List.of() : List.of(posted(event));
            case "MESSAGE_UPDATE" ->
                edited(event).<List<InboundEvent>>map(List::of).orElse(List.of());
            case "MESSAGE_DELETE" -> deleted(event, event.path("id").asText());
            case "MESSAGE_DELETE_BULK" -> {
                List<InboundEvent> all = new ArrayList<>();
                event.path("ids").forEach(id -> all.addAll(deleted(event, id.asText())));
                yield all;
            }
            case "MESSAGE_REACTION_ADD" -> reaction(event);
            default -> List.of();
        };
    }

    /** Whether the bot itself said this message. */
    boolean said(JsonNode message) {
        return message.path("author").path("id").asText().equals(bot);
    }

    /** A message as it stands in an event or in a channel's history. */
    InboundEvent.Posted posted(JsonNode message) {
        InboundMessage posted =
                inbound(message, Snowflake.time(message.path("id").asText()));
        texts.isNew(posted.id(), posted.text());
        return new InboundEvent.Posted(posted);
    }

    /**
     * What a message became; empty if its text is what it was. Discord tells previews of links, pins and the like by the
     * same event.
     */
    Optional<InboundEvent> edited(JsonNode message) {
        Optional<Instant> at = time(message.path("edited_timestamp"));
        if (at.isEmpty() || said(message) || !message.has("author")) {
            return Optional.empty();
        }
        InboundMessage now = inbound(message, at.get());
        return texts.isNew(now.id(), now.text()) ? Optional.of(new InboundEvent.Edited(now)) : Optional.empty();
    }

    static Optional<Instant> time(JsonNode timestamp) {
        if (!timestamp.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(timestamp.asText()).toInstant());
        } catch (DateTimeParseException strange) {
            return Optional.empty();
        }
    }

    /** Where nobody remembers whose message it was, it may have been the bot's own. */
    private List<InboundEvent> deleted(JsonNode event, String id) {
        String channel = event.path("channel_id").asText();
        Server server = server(event);
        MessageId message = server.message(channel, id);
        Optional<ThreadId> ownThread = own.threadOf(message);
        ThreadId thread = ownThread.orElseGet(() -> thread(server, channel, id, event));
        Instant now = clock.instant();
        InboundEvent lost = new InboundEvent.OwnMessageLost(own.wholeOf(message), thread, now);
        if (ownThread.isPresent()) {
            return List.of(lost);
        }
        InboundEvent deleted = new InboundEvent.Deleted(message, thread, now);
        return texts.of(message).isPresent() ? List.of(deleted) : List.of(deleted, lost);
    }

    private List<InboundEvent> reaction(JsonNode event) {
        String user = event.path("user_id").asText();
        if (user.equals(bot)) {
            return List.of();
        }
        Server server = server(event);
        String channel = event.path("channel_id").asText();
        MessageId to = server.message(channel, event.path("message_id").asText());
        Optional<ThreadId> ownThread = own.threadOf(to);
        return List.of(new InboundEvent.Reacted(
                own.wholeOf(to),
                ownThread.orElseGet(() -> thread(server, channel, to.value(), event)),
                ownThread.isPresent()
                        || event.path("message_author_id").asText().equals(bot),
                new Author(new ActorId(server.team(), user), Author.Kind.PERSON),
                event.path("emoji").path("name").asText(),
                clock.instant()));
    }

    /** A reaction to a message of the bot's as history has it, which tells no time. */
    InboundEvent.Reacted reacted(JsonNode message, String user, String emoji) {
        Server server = server(message);
        MessageId to = own(message);
        return new InboundEvent.Reacted(
                wholeOf(message),
                threadOf(message, to),
                true,
                new Author(new ActorId(server.team(), user), Author.Kind.PERSON),
                emoji,
                clock.instant());
    }

    /** A message of the bot's, whose text may have taken several. */
    MessageId wholeOf(JsonNode message) {
        return own.wholeOf(own(message));
    }

    /** A message of the bot's by its own id, though it may be a part of a longer one. */
    MessageId own(JsonNode message) {
        return server(message)
                .message(message.path("channel_id").asText(), message.path("id").asText());
    }

    private InboundMessage inbound(JsonNode message, Instant said) {
        Server server = server(message);
        String channel = message.path("channel_id").asText();
        String id = message.path("id").asText();
        boolean isForward = message.path("message_snapshots").size() > 0;
        boolean machine = isMachine(message);
        String shown = machine || isForward
                ? Decoding.allText(message)
                : message.path("content").asText();
        String text = decoding.plain(shown, server.managedRoles());
        return new InboundMessage(
                server.message(channel, id),
                thread(server, channel, id, message),
                new Author(
                        new ActorId(
                                server.team(), message.path("author").path("id").asText("unknown")),
                        machine ? Author.Kind.MACHINE : Author.Kind.PERSON),
                text,
                said,
                replyTo(server, message),
                traits(message, isForward, text));
    }

    private static @Nullable MessageId replyTo(Server server, JsonNode message) {
        JsonNode to = message.path("message_reference");
        boolean isReply = to.hasNonNull("message_id") && to.path("type").asInt() != FORWARD;
        return isReply
                ? server.message(
                        to.path("channel_id").asText(message.path("channel_id").asText()),
                        to.path("message_id").asText())
                : null;
    }

    /** In which thread a message of the bot's stands. */
    ThreadId threadOf(JsonNode event, MessageId message) {
        return own.threadOf(message)
                .orElseGet(() -> thread(server(event), message.channel().value(), message.value(), event));
    }

    private ThreadId thread(Server server, String channel, String id, JsonNode event) {
        boolean isDirect = !event.hasNonNull("guild_id");
        return isDirect ? talk(server, channel, id, event) : server.threadOf(channel, id);
    }

    /**
     * Direct conversations have no threads. A reply belongs to the talk of what it answers, anything else to the one that
     * goes on there.
     */
    private ThreadId talk(Server server, String channel, String id, JsonNode message) {
        String answered = message.path("message_reference").path("message_id").asText();
        if (!answered.isEmpty()) {
            Optional<ThreadId> known = own.threadOf(server.message(channel, answered));
            if (known.isPresent()) {
                return known.get();
            }
            JsonNode whole = message.path("referenced_message");
            String root = whole.path("message_reference").path("message_id").asText();
            if (said(whole) && !root.isEmpty()) {
                return new ThreadId(server.message(channel, root));
            }
        }
        return own.talkIn(channel).orElseGet(() -> new ThreadId(server.message(channel, id)));
    }

    private static Set<Trait> traits(JsonNode message, boolean isForward, String text) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (!message.hasNonNull("guild_id")) {
            traits.add(Trait.DIRECT);
        }
        if (message.path("attachments").size() > 0
                || message.path("sticker_items").size() > 0
                || message.hasNonNull("poll")) {
            traits.add(Trait.FILE);
        }
        if (isForward || message.path("message_reference").path("type").asInt() == FORWARD) {
            traits.add(Trait.FORWARD);
        }
        if (text.startsWith(">")) {
            traits.add(Trait.QUOTE);
        }
        return traits;
    }

    /**
     * What carries an app, bot or webhook id is a machine's, and so is what Discord itself writes in somebody's name: only
     * two types of message are written by people.
     */
    private static boolean isMachine(JsonNode message) {
        JsonNode author = message.path("author");
        int type = message.path("type").asInt();
        return (type != WRITTEN && type != REPLY)
                || message.hasNonNull("webhook_id")
                || message.hasNonNull("application_id")
                || message.hasNonNull("interaction_metadata")
                || author.path("bot").asBoolean()
                || author.path("system").asBoolean()
                || !author.hasNonNull("id");
    }
}
