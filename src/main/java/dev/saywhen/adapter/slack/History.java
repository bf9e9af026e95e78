package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.util.json.GsonFactory;
import dev.saywhen.chat.ChatGateway.Busy;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was said while nobody listened: the threads of live runs first, whole, then their channels, then everywhere the bot
 * is, and the threads below the newest messages there. A reply below an older message, where no run stands, is not found.
 */
final class History implements HearingWatch.Ears {
    private static final int PAGE = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final Set<String> LOST = Set.of("not_in_channel", "channel_not_found", "is_archived");

    private final WebApi api;
    private final Identity self;
    private final SlackDirectory directory;
    private final Ingress ingress;
    private final Runnable reopen;
    private final InstantSource clock;
    private final Gson gson = GsonFactory.createSnakeCase();
    private final ObjectMapper json = new ObjectMapper();

    History(
            WebApi api,
            Identity self,
            SlackDirectory directory,
            Ingress ingress,
            Runnable reopen,
            InstantSource clock) {
        this.api = api;
        this.self = self;
        this.directory = directory;
        this.ingress = ingress;
        this.reopen = reopen;
        this.clock = clock;
    }

    @Override
    public TeamId team() {
        return self.team();
    }

    @Override
    public void reopen() {
        reopen.run();
    }

    @Override
    public HearingWatch.Missed readSince(Instant since, Map<ThreadId, Set<MessageId>> live) {
        Instant from = since.minus(OVERLAP);
        String oldest = String.format(Locale.ROOT, "%d.%06d", from.getEpochSecond(), from.getNano() / 1_000);
        Reading reading = new Reading(oldest, live);
        directory.load();
        live.forEach((thread, dependsOn) -> liveThread(thread, dependsOn, reading));
        Set<ChannelId> channels = new LinkedHashSet<>();
        live.keySet().forEach(thread -> channels.add(thread.channel()));
        channels.addAll(directory.channels());
        channels.forEach(channel -> channel(channel, reading));
        return new HearingWatch.Missed(reading.messages, reading.stopped);
    }

    private static final class Reading {
        private final String oldest;
        private final Map<ThreadId, Set<MessageId>> live;
        private final Set<ThreadId> read = new HashSet<>();
        private int messages;
        private boolean stopped;

        Reading(String oldest, Map<ThreadId, Set<MessageId>> live) {
            this.oldest = oldest;
            this.live = live;
        }

        /** Whether a message is not older than what the run of its thread depends on: its plan, or the yes to it. */
        boolean isOfNow(ThreadId thread, String ts) {
            return live.getOrDefault(thread, Set.of()).stream()
                    .map(MessageId::value)
                    .min(Comparator.naturalOrder())
                    .filter(oldest -> ts.compareTo(oldest) >= 0)
                    .isPresent();
        }

        boolean isMissed(@Nullable String ts) {
            return ts != null && ts.compareTo(oldest) >= 0;
        }
    }

    /** From its first message on, because older ones may have been changed or deleted meanwhile. */
    private void liveThread(ThreadId thread, Set<MessageId> dependsOn, Reading reading) {
        String root = thread.root().value();
        reading.read.add(thread);
        if (!Identity.isTime(root)) {
            return;
        }
        Optional<List<Message>> all = replies(thread, null);
        if (all.isEmpty()) {
            reading.stopped |= ingress.takeIn(new InboundEvent.PlaceLost(
                    thread.channel(), thread, "the thread is not there any more", clock.instant()));
            return;
        }
        bringIn(thread.channel(), all.get(), reading);
        Set<String> there = new HashSet<>();
        all.get().stream()
                .filter(message -> !"tombstone".equals(message.getSubtype()))
                .forEach(message -> there.add(message.getTs()));
        dependsOn.stream().filter(message -> !there.contains(message.value())).forEach(gone -> {
            ingress.takeIn(new InboundEvent.Deleted(gone, thread, clock.instant()));
            ingress.takeIn(new InboundEvent.OwnMessageLost(gone, thread, clock.instant()));
        });
    }

    /** What is new, and the threads below the newest messages that went on. */
    private void channel(ChannelId channel, Reading reading) {
        List<ThreadId> goOn = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            ConversationsHistoryResponse page;
            try {
                page = patiently(() -> api.call(
                        SlackMethod.HISTORY,
                        methods -> methods.conversationsHistory(
                                r -> r.channel(channel.value()).limit(PAGE).cursor(from))));
            } catch (SlackRefused refused) {
                if (!LOST.contains(refused.error())) {
                    throw refused;
                }
                reading.stopped |= ingress.takeIn(new InboundEvent.PlaceLost(
                        channel, null, String.valueOf(refused.getMessage()), clock.instant()));
                return;
            }
            bringIn(channel, page.getMessages(), reading);
            page.getMessages().stream()
                    .filter(message -> reading.isMissed(message.getLatestReply()))
                    .forEach(message -> goOn.add(self.thread(channel.value(), message.getTs())));
            boolean isAllNew = page.getMessages().stream().allMatch(message -> reading.isMissed(message.getTs()));
            cursor = isAllNew && page.isHasMore() ? WebApi.following(page.getResponseMetadata()) : "";
        } while (!cursor.isEmpty());
        goOn.stream()
                .filter(reading.read::add)
                .forEach(thread ->
                        replies(thread, reading.oldest).ifPresent(replies -> bringIn(channel, replies, reading)));
    }

    /** Replies are not in a channel's history. Empty if the thread is gone. */
    private Optional<List<Message>> replies(ThreadId thread, @Nullable String oldest) {
        List<Message> all = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            ConversationsRepliesResponse page;
            try {
                page = patiently(() -> api.call(
                        SlackMethod.REPLIES,
                        methods -> methods.conversationsReplies(
                                r -> r.channel(thread.channel().value())
                                        .ts(thread.root().value())
                                        .oldest(oldest)
                                        .limit(PAGE)
                                        .cursor(from))));
            } catch (SlackRefused refused) {
                if (refused.error().equals("thread_not_found") || LOST.contains(refused.error())) {
                    return Optional.empty();
                }
                throw refused;
            }
            all.addAll(page.getMessages());
            cursor = page.isHasMore() ? WebApi.following(page.getResponseMetadata()) : "";
        } while (!cursor.isEmpty());
        return Optional.of(all);
    }

    /** The oldest first. */
    private void bringIn(ChannelId channel, List<Message> messages, Reading reading) {
        messages.stream()
                .sorted((one, other) -> one.getTs().compareTo(other.getTs()))
                .forEach(message -> {
                    JsonNode node = json(message);
                    ((ObjectNode) node).put("channel", channel.value());
                    if (reading.isMissed(message.getTs())) {
                        if (!self.said(node)) {
                            reading.messages++;
                        }
                        reading.stopped |= ingress.catchUp(node);
                    }
                    if (reading.isMissed(node.path("edited").path("ts").asText())) {
                        reading.stopped |= ingress.catchUpEdit(node);
                    }
                    if (self.said(node)) {
                        ThreadId thread = self.thread(
                                channel.value(), node.path("thread_ts").asText(message.getTs()));
                        boolean isOfNow = reading.isMissed(message.getTs()) || reading.isOfNow(thread, message.getTs());
                        reading.stopped |= ingress.catchUpReactions(node, thread, isOfNow);
                    }
                });
    }

    private JsonNode json(Message message) {
        try {
            return json.readTree(gson.toJson(message));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a message of Slack's cannot be read", impossible);
        }
    }

    /** Waits as Slack asks; for longer than that it is not read. */
    private static <T> T patiently(Supplier<T> call) {
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return call.get();
            } catch (Busy busy) {
                waited = waited.plus(busy.pause());
                if (waited.compareTo(LONGEST_WAIT) > 0) {
                    throw busy;
                }
                LockSupport.parkNanos(busy.pause().toNanos());
            }
        }
    }
}
