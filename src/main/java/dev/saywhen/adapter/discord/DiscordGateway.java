package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Newest;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * The bot's side of Discord. Used by one thread at a time.
 *
 * <p>Every message carries a nonce made of its key, by which Discord finds one of the last minutes again. What was said
 * longer ago is found by its text: the thread of a run is read before the first message to it in the life of the process.
 */
final class DiscordGateway implements ChatGateway {
    private static final Logger LOG = Logger.getLogger(DiscordGateway.class);
    static final int NONCE = 25;
    private static final int WITHOUT_PREVIEWS = 1 << 2;
    private static final int SILENT = 1 << 12;
    private static final int BUTTONS = 1;
    private static final int BUTTON = 2;
    private static final int RED = 4;
    private static final int LOOKED_BACK = 50;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(1_050);
    private static final Duration BETWEEN_EDITS = Duration.ofSeconds(2);
    private static final Duration LOST_FOR = Duration.ofMinutes(1);
    private static final Duration OVER_FOR = Duration.ofMinutes(15);
    private static final int MOST_LEFT_ALONE = 1_000;
    private static final Duration UNASKED_FOR = Duration.ofHours(1);

    private final Rest rest;
    private final String bot;
    private final Servers servers;
    private final Formatting formatting;
    private final OwnMessages own;
    private final InstantSource clock;
    private final BiConsumer<ThreadId, String> lost;
    private final PlanFiles planFiles;
    private final RunThreads threads;
    private final ToldAbove above;
    private final Map<ThreadId, Map<String, Sent>> known = new ConcurrentHashMap<>(); // by key
    private final Map<String, Map<String, Sent>> old = new HashMap<>(); // by channel and text, of before the start
    private final Map<ThreadId, Duration> leftAlone = Newest.map(MOST_LEFT_ALONE); // since it was last refused
    private final Map<String, Instant> nextPost = new HashMap<>();
    private final Map<MessageId, Instant> nextEdit = new HashMap<>();

    /** @param lost told of a thread in which nothing can be said any more, and why */
    DiscordGateway(
            Rest rest,
            String bot,
            Servers servers,
            HeardTexts texts,
            OwnMessages own,
            InstantSource clock,
            BiConsumer<ThreadId, String> lost) {
        this.rest = rest;
        this.bot = bot;
        this.servers = servers;
        this.formatting = new Formatting(servers::nameOfUser);
        this.own = own;
        this.clock = clock;
        this.lost = lost;
        this.planFiles = new PlanFiles(rest);
        this.threads = new RunThreads(rest, servers, texts);
        this.above = new ToldAbove(rest, servers, own);
    }

    @Override
    public Platform platform() {
        return Discord.PLATFORM;
    }

    @Override
    public Sent send(Outgoing.Message message) {
        try {
            Sent sent = sendParts(message);
            leftAlone.remove(message.thread());
            return sent;
        } catch (DiscordRefused refused) {
            if (!refused.isAboutThePlace()) {
                throw refused;
            }
            if (!Snowflake.is(message.thread().root().value())) {
                throw new Busy(UNASKED_FOR); // a slash command was typed where the bot may not speak
            }
            lost.accept(message.thread(), refused.why());
            forget(message.thread().channel(), refused);
            above.unsayable(message, refused);
            throw new Busy(pause(message.thread(), refused));
        }
    }

    private void forget(ChannelId channel, DiscordRefused refused) {
        if (refused.isConversationOver()) {
            servers.directGone(channel.value());
        }
    }

    private Sent sendParts(Outgoing.Message message) {
        ThreadId thread = message.thread();
        Map<String, Sent> standing = known.computeIfAbsent(thread, _ -> new ConcurrentHashMap<>());
        Sent whole = standing.get(message.key());
        if (whole != null) {
            return whole;
        }
        RunThreads.Place place = threads.of(message);
        planFiles.before(message, place.channel());
        List<String> parts = Formatting.parts(shown(message), Formatting.LONGEST_MESSAGE);
        List<Sent> sent = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            boolean isLast = at == parts.size() - 1;
            String key = isLast ? message.key() : message.key() + "#" + (at + 1);
            Sent found = standing.get(key);
            if (found == null) {
                found = post(message, key, parts.get(at), place, isLast);
                standing.put(key, found);
            }
            sent.add(found);
        }
        Sent last = sent.getLast();
        sent.forEach(part -> own.said(part.id(), thread, last.id()));
        if (place.answered() == null) {
            above.sayable(thread);
        }
        if (servers.isDirect(place.channel())) {
            talk(message);
        }
        threads.after(message, place);
        return last;
    }

    private void talk(Outgoing.Message message) {
        if (message.purpose() == Outgoing.Purpose.DONE) {
            own.talkEnded(message.thread());
        } else if (message.key().startsWith("run-")) {
            own.talk(message.thread());
        }
    }

    private String shown(Outgoing.Message message) {
        if (!PlanFiles.isOfPlan(message)) {
            return formatting.shown(message.text(), clock.instant());
        }
        String literal = formatting.literal(message.text());
        return message.purpose() == Outgoing.Purpose.PLAN ? Formatting.local(literal, clock.instant()) : literal;
    }

    private Sent post(Outgoing.Message message, String key, String text, RunThreads.Place place, boolean isLast) {
        String channel = place.channel();
        boolean isOfRun = key.startsWith("run-") && place.answered() == null;
        Sent before = isOfRun ? old(message.thread(), place).remove(text) : null;
        if (before != null) {
            return before;
        }
        if (message.purpose() != Outgoing.Purpose.RECEIPT) {
            pace(nextPost, channel, BETWEEN_MESSAGES);
        }
        boolean isProgress = message.purpose() == Outgoing.Purpose.PROGRESS;
        ObjectNode body = body(rest, text, isProgress && isLast)
                .put("nonce", Digest.of(key).hex().substring(0, NONCE))
                .put("enforce_nonce", true)
                .put("flags", isProgress ? WITHOUT_PREVIEWS | SILENT : WITHOUT_PREVIEWS);
        String answered = place.answered();
        if (answered != null) {
            body.putObject("message_reference").put("message_id", answered).put("fail_if_not_exists", false);
        }
        return sent(message.thread(), rest.post("channels/" + channel + "/messages", body));
    }

    private static Sent sent(ThreadId thread, JsonNode posted) {
        String id = posted.path("id").asText();
        ChannelId channel =
                new ChannelId(thread.team(), posted.path("channel_id").asText());
        return new Sent(new MessageId(channel, id), Snowflake.time(id));
    }

    /** Nothing in it rings anybody. */
    static ObjectNode body(Rest rest, String text, boolean hasStopButton) {
        ObjectNode body = rest.object().put("content", text);
        body.putObject("allowed_mentions").putArray("parse");
        var components = body.putArray("components");
        if (hasStopButton) {
            components
                    .addObject()
                    .put("type", BUTTONS)
                    .putArray("components")
                    .addObject()
                    .put("type", BUTTON)
                    .put("style", RED)
                    .put("label", "Hold this run")
                    .put("custom_id", Ingress.STOP_BUTTON);
        }
        return body;
    }

    @Override
    public void edit(MessageId message, String text) {
        pace(nextEdit, message, BETWEEN_EDITS);
        String shown = Formatting.parts(formatting.shown(text, clock.instant()), Formatting.LONGEST_MESSAGE)
                .getFirst();
        String path = "channels/" + message.channel().value() + "/messages/" + message.value();
        try {
            rest.patch(path, body(rest, shown, text.contains("Say `stop`")));
        } catch (DiscordRefused refused) {
            throw goneOr(refused, message);
        }
    }

    @Override
    public void react(MessageId message, String emoji) {
        if (!Snowflake.is(message.value())) {
            return; // a slash command is no message and shows no reaction
        }
        String name = URLEncoder.encode(emoji, StandardCharsets.UTF_8);
        try {
            rest.put("channels/" + message.channel().value() + "/messages/" + message.value() + "/reactions/" + name
                    + "/@me");
        } catch (DiscordRefused refused) {
            if (!refused.isPermission()) {
                throw goneOr(refused, message);
            }
            // A sign and no word: what people read stands in the thread all the same.
            LOG.infof("Discord: a message shows no %s. %s", emoji, refused.getMessage());
        }
    }

    private RuntimeException goneOr(DiscordRefused refused, MessageId message) {
        if (refused.isUnknownMessage() || !refused.isAboutThePlace()) {
            return new MessageGone(message);
        }
        ThreadId thread = threadOf(message);
        lost.accept(thread, refused.why());
        forget(message.channel(), refused);
        return new Busy(pause(thread, refused));
    }

    /** Who takes nothing from the bot, and what is gone, is asked less and less often, and never quite given up. */
    private Duration pause(ThreadId thread, DiscordRefused refused) {
        return refused.isConversationOver()
                ? leftAlone.merge(thread, LOST_FOR, (last, _) -> shorter(last.multipliedBy(2), OVER_FOR))
                : LOST_FOR;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** In which thread anybody's message stands. */
    private ThreadId threadOf(MessageId message) {
        String channel = message.channel().value();
        return own.threadOf(message)
                .or(() -> own.talkIn(channel))
                .or(() -> servers.of(message.channel().team()).map(server -> server.threadOf(channel, message.value())))
                .orElse(new ThreadId(message));
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

    /** The newest of what stood in a thread before the start, by text: one of them may have been said and not recorded. */
    private Map<String, Sent> old(ThreadId thread, RunThreads.Place place) {
        Map<String, Sent> found = old.get(place.channel());
        if (found == null) {
            found = new HashMap<>();
            for (JsonNode one : rest.get("channels/" + place.channel() + "/messages?limit=" + LOOKED_BACK)) {
                if (one.path("author").path("id").asText().equals(bot)) {
                    Sent sent = sent(thread, one);
                    found.putIfAbsent(one.path("content").asText(), sent);
                    if (own.threadOf(sent.id()).isEmpty()) {
                        own.said(sent.id(), thread, sent.id());
                    }
                }
            }
            old.put(place.channel(), found);
        }
        return found;
    }
}
