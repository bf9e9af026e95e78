package dev.saywhen.adapter.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bot's side of Slack. Used by one thread at a time.
 *
 * <p>Every message carries its key as metadata. Before the first message to a thread in the life of the process, and
 * after an answer that did not come, the thread is read: what stands there under a key is not said again.
 */
final class SlackGateway implements ChatGateway {
    private static final String METADATA = "saywhen_message";
    private static final int PAGE = 200;
    private static final int PAGES = 20;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(1_050);
    private static final Duration BETWEEN_EDITS = Duration.ofSeconds(2);
    private static final Duration LOST_FOR = Duration.ofMinutes(1);
    private static final Duration UNASKED_FOR = Duration.ofHours(1);

    private final WebApi api;
    private final Identity self;
    private final Encoding encoding;
    private final OwnMessages own;
    private final InstantSource clock;
    private final BiConsumer<ChannelId, String> lost;
    private final PlanFiles planFiles;
    private final AgentSessions sessions;
    private final Map<ThreadId, Map<String, Sent>> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> nextPost = new HashMap<>();
    private final Map<MessageId, Instant> nextEdit = new HashMap<>();

    /** @param lost told of a channel in which nothing can be said any more, and why */
    SlackGateway(
            WebApi api,
            Identity self,
            Encoding encoding,
            OwnMessages own,
            InstantSource clock,
            BiConsumer<ChannelId, String> lost) {
        this.api = api;
        this.self = self;
        this.encoding = encoding;
        this.own = own;
        this.clock = clock;
        this.lost = lost;
        this.planFiles = new PlanFiles(api);
        this.sessions = new AgentSessions(api);
    }

    @Override
    public Platform platform() {
        return Identity.PLATFORM;
    }

    @Override
    public Sent send(Outgoing.Message message) {
        try {
            return sendParts(message);
        } catch (SlackRefused refused) {
            if (refused.isAboutThePlace()
                    && !Identity.isTime(message.thread().root().value())) {
                throw new Busy(UNASKED_FOR); // a slash command was typed where the bot is not
            }
            throw busyIfLost(refused, message.thread().channel());
        }
    }

    /** Where a place is lost nothing is tried again for a while: its run is held, and the log says so once. */
    private RuntimeException busyIfLost(SlackRefused refused, ChannelId channel) {
        if (!refused.isAboutThePlace()) {
            return refused;
        }
        lost.accept(channel, String.valueOf(refused.getMessage()));
        return new Busy(LOST_FOR);
    }

    private Sent sendParts(Outgoing.Message message) {
        ThreadId thread = message.thread();
        Map<String, Sent> standing = standing(thread);
        planFiles.before(message);
        boolean isPlan = PlanFiles.isOfPlan(message);
        String text = isPlan ? encoding.named(message.text()) : encoding.encoded(message.text());
        List<String> parts = Encoding.parts(text, Encoding.LONGEST_MESSAGE);
        List<Sent> sent = new java.util.ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            String key = parts.size() == 1 ? message.key() : message.key() + "#" + (at + 1);
            Sent found = standing.get(key);
            if (found == null) {
                found = post(message, key, shown(message, parts.get(at), at == 0));
                standing.put(key, found);
            }
            sent.add(found);
        }
        Sent last = sent.getLast();
        sent.forEach(part -> own.said(part.id(), thread, last.id()));
        sessions.after(message);
        return last;
    }

    /**
     * A part of a message as Slack takes it.
     *
     * @param text for notifications
     */
    private record Shown(String text, List<LayoutBlock> blocks) {}

    private static Shown shown(Outgoing.Message message, String part, boolean isFirst) {
        Card card = isFirst ? message.card() : null;
        return PlanFiles.isOfPlan(message)
                ? new Shown(Encoding.escaped(part), Blocks.literal(part, card))
                : new Shown(part, Blocks.of(part, card, message.purpose() == Outgoing.Purpose.PROGRESS));
    }

    private Sent post(Outgoing.Message message, String key, Shown shown) {
        String channel = message.thread().channel().value();
        if (message.purpose() != Outgoing.Purpose.RECEIPT) {
            pace(nextPost, channel, BETWEEN_MESSAGES);
        }
        String root = message.thread().root().value();
        @Nullable String thread = Identity.isTime(root) ? root : null;
        ChatPostMessageResponse posted;
        try {
            posted = api.call(
                    SlackMethod.POST_MESSAGE,
                    methods -> methods.chatPostMessage(r -> r.channel(channel)
                            .threadTs(thread)
                            .text(shown.text())
                            .blocks(shown.blocks())
                            .metadata(Message.Metadata.builder()
                                    .eventType(METADATA)
                                    .eventPayload(Map.of("key", key))
                                    .build())
                            .parse("none")
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
        } catch (java.io.UncheckedIOException unknown) {
            known.remove(message.thread()); // it may stand there: the thread is read before anything is said again
            throw unknown;
        }
        return new Sent(self.message(channel, posted.getTs()), Identity.time(posted.getTs()));
    }

    @Override
    public void edit(MessageId message, String text) {
        pace(nextEdit, message, BETWEEN_EDITS);
        String channel = message.channel().value();
        String encoded =
                Encoding.parts(encoding.encoded(text), Encoding.LONGEST_MESSAGE).getFirst();
        own.edits(message);
        try {
            api.call(
                    SlackMethod.UPDATE,
                    methods -> methods.chatUpdate(r -> r.channel(channel)
                            .ts(message.value())
                            .text(encoded)
                            .blocks(Blocks.of(encoded, null, text.contains("Say `stop`")))
                            .parse("none")
                            .linkNames(false)));
        } catch (SlackRefused refused) {
            throw goneOr(refused, message);
        }
    }

    @Override
    public void react(MessageId message, String emoji) {
        if (!Identity.isTime(message.value())) {
            return; // a slash command is no message and shows no reaction
        }
        String name = EmojiNames.name(emoji);
        try {
            api.call(
                    SlackMethod.ADD_REACTION,
                    methods -> methods.reactionsAdd(
                            r -> r.channel(message.channel().value())
                                    .timestamp(message.value())
                                    .name(name)));
        } catch (SlackRefused refused) {
            if (!refused.error().equals("already_reacted")) {
                throw goneOr(refused, message);
            }
        }
    }

    private RuntimeException goneOr(SlackRefused refused, MessageId message) {
        return switch (refused.error()) {
            case "message_not_found",
                    "cant_update_message",
                    "edit_window_closed",
                    "too_many_reactions",
                    "thread_locked" -> new MessageGone(message);
            default -> busyIfLost(refused, message.channel());
        };
    }

    /** Of one thing not more often than that; sooner it is {@link Busy} for the rest of the time. */
    private <K> void pace(Map<K, Instant> next, K of, Duration between) {
        Instant now = clock.instant();
        Instant at = next.getOrDefault(of, Instant.MIN);
        if (now.isBefore(at)) {
            throw new Busy(Duration.between(now, at));
        }
        next.values().removeIf(time -> !time.isAfter(now));
        next.put(of, now.plus(between));
    }

    /** What of ours stands in a thread, by key. */
    private Map<String, Sent> standing(ThreadId thread) {
        Map<String, Sent> standing = known.get(thread);
        if (standing == null) {
            standing = new ConcurrentHashMap<>();
            if (Identity.isTime(thread.root().value())) {
                read(thread, standing);
            }
            known.put(thread, standing);
        }
        return standing;
    }

    private void read(ThreadId thread, Map<String, Sent> standing) {
        String channel = thread.channel().value();
        String cursor = "";
        for (int page = 0; page < PAGES; page++) {
            String from = cursor;
            var replies = api.call(
                    SlackMethod.REPLIES,
                    methods -> methods.conversationsReplies(r -> r.channel(channel)
                            .ts(thread.root().value())
                            .includeAllMetadata(true)
                            .limit(PAGE)
                            .cursor(from)));
            replies.getMessages().stream()
                    .filter(one -> one.getMetadata() != null
                            && METADATA.equals(one.getMetadata().getEventType()))
                    .forEach(one -> {
                        MessageId id = self.message(channel, one.getTs());
                        Object key = one.getMetadata().getEventPayload().get("key");
                        standing.put(String.valueOf(key), new Sent(id, Identity.time(one.getTs())));
                        own.said(id, thread, id);
                    });
            cursor = WebApi.following(replies.getResponseMetadata());
            if (!replies.isHasMore() || cursor.isEmpty()) {
                return;
            }
        }
    }
}
