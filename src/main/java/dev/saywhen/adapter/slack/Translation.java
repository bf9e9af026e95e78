package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Slack's events as the inbox knows them. From what is in the event and in memory alone: nobody is asked. */
final class Translation {
    /** The events that mean something. The manifest subscribes to exactly these. */
    static final Set<String> EVENTS = Set.of(
            "agent_session_stopped",
            "app_mention",
            "app_uninstalled",
            "channel_archive",
            "channel_created",
            "channel_deleted",
            "channel_left",
            "channel_rename",
            "channel_shared",
            "channel_unshared",
            "group_archive",
            "group_deleted",
            "group_left",
            "group_rename",
            "member_joined_channel",
            "message.channels",
            "message.groups",
            "message.im",
            "message.mpim",
            "reaction_added",
            "tokens_revoked",
            "user_change");

    private final Identity self;
    private final Decoding decoding;
    private final OwnMessages own;
    private final Supplier<List<ChannelId>> places;

    /** @param places the channels the bot is in, for when all of them are lost */
    Translation(Identity self, Decoding decoding, OwnMessages own, Supplier<List<ChannelId>> places) {
        this.self = self;
        this.decoding = decoding;
        this.own = own;
        this.places = places;
    }

    /** What an event means; nothing for one that is our own or tells nothing. {@code at} is when it happened. */
    List<InboundEvent> events(JsonNode event, Instant at) {
        String type = event.path("type").asText();
        return switch (type) {
            case "message" -> message(event, at);
            case "app_mention" -> self.said(event) ? List.of() : List.of(posted(event));
            case "reaction_added" -> reaction(event);
            case "agent_session_stopped" -> sessionStopped(event, at);
            case "channel_archive", "group_archive" -> lost(event, "the channel was archived", at);
            case "channel_deleted", "group_deleted" -> lost(event, "the channel was deleted", at);
            case "channel_left", "group_left" -> lost(event, "the bot was removed from the channel", at);
            case "tokens_revoked" -> everywhere("the bot's token was revoked", at);
            case "app_uninstalled" -> everywhere("the app was uninstalled", at);
            default -> List.of();
        };
    }

    private List<InboundEvent> message(JsonNode event, Instant at) {
        return switch (event.path("subtype").asText()) {
            case "message_changed" -> changed(event, at);
            case "message_deleted" -> deleted(event, event.path("deleted_ts").asText(), at);
            case "message_replied" -> List.of();
            case "channel_archive", "group_archive" -> lost(event, "the channel was archived", at);
            default -> self.said(event) ? List.of() : List.of(posted(event));
        };
    }

    /** A message as it stands in an event or in a channel's history. */
    InboundEvent posted(JsonNode message) {
        return new InboundEvent.Posted(inbound(
                message,
                message.path("channel").asText(),
                Identity.time(message.path("ts").asText())));
    }

    /** What a message of a channel's history became by its newest edit; empty if it was never edited. */
    Optional<InboundEvent.Edited> edited(JsonNode message) {
        String edited = message.path("edited").path("ts").asText();
        return Identity.isTime(edited)
                ? Optional.of(new InboundEvent.Edited(
                        inbound(message, message.path("channel").asText(), Identity.time(edited))))
                : Optional.empty();
    }

    private List<InboundEvent> changed(JsonNode event, Instant at) {
        String channel = event.path("channel").asText();
        JsonNode now = event.path("message");
        JsonNode before = event.path("previous_message");
        if (now.path("subtype").asText().equals("tombstone")) {
            return deleted(event, now.path("ts").asText(), at);
        }
        if (isSameText(now, before)) {
            return List.of();
        }
        MessageId id = self.message(channel, now.path("ts").asText());
        if (self.said(now)) {
            return own.isEditedByUs(id)
                    ? List.of()
                    : List.of(new InboundEvent.OwnMessageLost(own.wholeOf(id), thread(channel, now), at));
        }
        String edited = now.path("edited").path("ts").asText();
        Instant when = Identity.isTime(edited) ? Identity.time(edited) : at;
        return List.of(new InboundEvent.Edited(inbound(now, channel, when)));
    }

    /** Link previews and the like change a message without changing its text. Unknown before: changed. */
    private boolean isSameText(JsonNode now, JsonNode before) {
        boolean machine = isMachine(now);
        return before.has("text") && text(now, machine).equals(text(before, machine));
    }

    private List<InboundEvent> deleted(JsonNode event, String ts, Instant at) {
        String channel = event.path("channel").asText();
        JsonNode before = event.path("previous_message");
        MessageId id = self.message(channel, ts);
        ThreadId thread = before.isMissingNode()
                ? own.threadOf(id).orElse(new ThreadId(id))
                : thread(channel, before.has("ts") ? before : event.path("message"));
        if (self.said(before) || own.threadOf(id).isPresent()) {
            return List.of(new InboundEvent.OwnMessageLost(own.wholeOf(id), thread, at));
        }
        InboundEvent deleted = new InboundEvent.Deleted(id, thread, at);
        return thread.root().equals(id)
                ? List.of(
                        deleted,
                        new InboundEvent.PlaceLost(
                                id.channel(), thread, "the first message of the thread was deleted", at))
                : List.of(deleted);
    }

    private List<InboundEvent> reaction(JsonNode event) {
        JsonNode item = event.path("item");
        if (event.path("user").asText().equals(self.user()) || !item.hasNonNull("ts")) {
            return List.of();
        }
        MessageId to =
                self.message(item.path("channel").asText(), item.path("ts").asText());
        String name = event.path("reaction").asText();
        boolean toOwn = event.path("item_user").asText().equals(self.user())
                || own.threadOf(to).isPresent();
        return List.of(new InboundEvent.Reacted(
                own.wholeOf(to),
                own.threadOf(to).orElse(new ThreadId(to)),
                toOwn,
                new Author(self.actor(event.path("user").asText("unknown"), ""), Author.Kind.PERSON),
                EmojiNames.unicode(name).orElse(":" + name + ":"),
                Identity.time(event.path("event_ts").asText(to.value()))));
    }

    /** The reactions that stand at a message of the bot's. When each was added is not told. */
    List<InboundEvent.Reacted> reactions(JsonNode message, ThreadId thread, Instant at) {
        List<InboundEvent.Reacted> found = new ArrayList<>();
        for (JsonNode reaction : message.path("reactions")) {
            String name = reaction.path("name").asText();
            for (JsonNode user : reaction.path("users")) {
                if (!user.asText().equals(self.user())) {
                    found.add(new InboundEvent.Reacted(
                            own(message),
                            thread,
                            true,
                            new Author(self.actor(user.asText(), ""), Author.Kind.PERSON),
                            EmojiNames.unicode(name).orElse(":" + name + ":"),
                            at));
                }
            }
        }
        return found;
    }

    /** The bot's message of which this one of a channel's history is a part. */
    MessageId own(JsonNode message) {
        return own.wholeOf(self.message(
                message.path("channel").asText(), message.path("ts").asText()));
    }

    /** Slack's own stop button for agents was pressed in a thread. */
    private List<InboundEvent> sessionStopped(JsonNode event, Instant at) {
        ThreadId thread = self.thread(
                event.path("channel").asText(),
                event.path("thread_ts").asText(event.path("event_ts").asText()));
        Author author = new Author(self.actor(event.path("user").asText("unknown"), ""), Author.Kind.PERSON);
        return List.of(new InboundEvent.Reacted(thread.root(), thread, true, author, "🛑", at));
    }

    private List<InboundEvent> lost(JsonNode event, String why, Instant at) {
        JsonNode channel = event.path("channel");
        String id = channel.isObject() ? channel.path("id").asText() : channel.asText();
        return List.of(new InboundEvent.PlaceLost(self.channel(id), null, why, at));
    }

    private List<InboundEvent> everywhere(String why, Instant at) {
        return places.get().stream()
                .<InboundEvent>map(channel -> new InboundEvent.PlaceLost(channel, null, why, at))
                .toList();
    }

    private InboundMessage inbound(JsonNode message, String channel, Instant said) {
        String ts = message.path("ts").asText();
        boolean machine = isMachine(message);
        String user = message.path("user").asText(message.path("bot_id").asText("unknown"));
        ActorId actor = self.actor(
                user, message.path("user_team").asText(message.path("team").asText()));
        String text = text(message, machine);
        return new InboundMessage(
                self.message(channel, ts),
                thread(channel, message),
                new Author(actor, machine ? Author.Kind.MACHINE : Author.Kind.PERSON),
                text,
                said,
                null,
                traits(message, channel, text));
    }

    private ThreadId thread(String channel, JsonNode message) {
        return self.thread(
                channel, message.path("thread_ts").asText(message.path("ts").asText()));
    }

    private static Set<Trait> traits(JsonNode message, String channel, String text) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        String subtype = message.path("subtype").asText();
        String kind = message.path("channel_type").asText(channel.startsWith("D") ? "im" : "");
        if (kind.equals("im") || kind.equals("mpim")) {
            traits.add(Trait.DIRECT);
        }
        if (subtype.equals("thread_broadcast") || subtype.equals("reply_broadcast")) {
            traits.add(Trait.BROADCAST);
        }
        if (message.path("files").size() > 0 || subtype.equals("file_share")) {
            traits.add(Trait.FILE);
        }
        for (JsonNode attachment : message.path("attachments")) {
            if (attachment.path("is_share").asBoolean()
                    || attachment.path("is_msg_unfurl").asBoolean()
                    || attachment.has("message_blocks")) {
                traits.add(Trait.FORWARD);
            }
        }
        if (text.startsWith(">")) {
            traits.add(Trait.QUOTE);
        }
        return traits;
    }

    /** What carries an app, bot or webhook id is a machine's; so is what Slack itself writes in somebody's name. */
    private static boolean isMachine(JsonNode message) {
        String subtype = message.path("subtype").asText();
        boolean persons = switch (subtype) {
            case "", "me_message", "thread_broadcast", "reply_broadcast", "file_share" -> true;
            default -> false;
        };
        return !persons
                || message.hasNonNull("bot_id")
                || message.hasNonNull("app_id")
                || message.hasNonNull("bot_profile")
                || message.path("user").asText("USLACKBOT").equals("USLACKBOT");
    }

    private String text(JsonNode message, boolean machine) {
        return decoding.plain(
                machine ? AllText.of(message) : message.path("text").asText());
    }
}
