package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.slack.api.model.Message;
import com.slack.api.util.json.GsonFactory;
import dev.saywhen.chat.ChatGateway.Busy;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What was said while nobody listened: the threads of live runs first, their channels, then everywhere the bot is. */
final class History implements HearingWatch.Ears {
    private static final int PAGE = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final WebApi api;
    private final Identity self;
    private final SlackDirectory directory;
    private final Ingress ingress;
    private final Runnable reopen;
    private final Gson gson = GsonFactory.createSnakeCase();
    private final ObjectMapper json = new ObjectMapper();

    History(WebApi api, Identity self, SlackDirectory directory, Ingress ingress, Runnable reopen) {
        this.api = api;
        this.self = self;
        this.directory = directory;
        this.ingress = ingress;
        this.reopen = reopen;
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
    public HearingWatch.Missed readSince(Instant since, List<ThreadId> liveThreads) {
        Instant from = since.minus(OVERLAP);
        String oldest = "%d.%06d".formatted(from.getEpochSecond(), from.getNano() / 1_000);
        Count count = new Count();
        directory.load();
        for (ThreadId thread : liveThreads) {
            replies(thread.channel().value(), thread.root().value(), oldest, count);
        }
        Set<ChannelId> channels = new LinkedHashSet<>();
        liveThreads.forEach(thread -> channels.add(thread.channel()));
        channels.addAll(directory.channels());
        channels.forEach(channel -> channel(channel.value(), oldest, count));
        return new HearingWatch.Missed(count.messages, count.stopped);
    }

    private static final class Count {
        private int messages;
        private boolean stopped;
    }

    private void channel(String channel, String oldest, Count count) {
        String cursor = "";
        do {
            String from = cursor;
            var page = patiently(() -> api.call(
                    SlackMethod.HISTORY,
                    methods -> methods.conversationsHistory(
                            r -> r.channel(channel).oldest(oldest).limit(PAGE).cursor(from))));
            bringIn(channel, page.getMessages(), oldest, count);
            cursor = page.isHasMore() && page.getResponseMetadata() != null
                    ? page.getResponseMetadata().getNextCursor()
                    : "";
        } while (!cursor.isEmpty());
    }

    /** Replies are not in a channel's history; those of a thread that is no run's are not read. */
    private void replies(String channel, String root, String oldest, Count count) {
        String cursor = "";
        do {
            String from = cursor;
            var page = patiently(() -> api.call(
                    SlackMethod.REPLIES,
                    methods -> methods.conversationsReplies(r -> r.channel(channel)
                            .ts(root)
                            .oldest(oldest)
                            .limit(PAGE)
                            .cursor(from))));
            bringIn(channel, page.getMessages(), oldest, count);
            cursor = page.isHasMore() && page.getResponseMetadata() != null
                    ? page.getResponseMetadata().getNextCursor()
                    : "";
        } while (!cursor.isEmpty());
    }

    /** The oldest first. */
    private void bringIn(String channel, List<Message> messages, String oldest, Count count) {
        messages.stream()
                .filter(message -> message.getTs().compareTo(oldest) >= 0)
                .sorted((one, other) -> one.getTs().compareTo(other.getTs()))
                .forEach(message -> {
                    JsonNode node = json(message);
                    ((com.fasterxml.jackson.databind.node.ObjectNode) node).put("channel", channel);
                    if (!self.said(node)) {
                        count.messages++;
                    }
                    count.stopped |= ingress.catchUp(node);
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
