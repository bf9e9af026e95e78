package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.ChatGateway.Busy;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one server while nobody listened: the threads of live runs first, whole, then every channel that is
 * heard, every thread that goes on and every direct conversation that is known, and the stop signs on the bot's messages
 * there. Elsewhere than in the threads of runs edits of messages that are older than the newest hundred of a channel are not
 * found.
 */
final class History implements HearingWatch.Ears {
    private static final int PAGE = 100;
    private static final int HAS_THREAD = 1 << 5;
    private static final Set<String> STOP_SIGNS = Set.of("🛑", "⛔"); // to ask for others would be in vain
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final Rest rest;
    private final TeamId team;
    private final Servers servers;
    private final OwnMessages own;
    private final Ingress ingress;
    private final Runnable reopen;
    private final InstantSource clock;

    History(
            Rest rest,
            TeamId team,
            Servers servers,
            OwnMessages own,
            Ingress ingress,
            Runnable reopen,
            InstantSource clock) {
        this.rest = rest;
        this.team = team;
        this.servers = servers;
        this.own = own;
        this.ingress = ingress;
        this.reopen = reopen;
        this.clock = clock;
    }

    @Override
    public TeamId team() {
        return team;
    }

    /** Looked up each time: the bot may have been removed and invited again. */
    private Server server() {
        return servers.at(team.value());
    }

    @Override
    public void reopen() {
        reopen.run();
    }

    @Override
    public HearingWatch.Missed readSince(Instant since, Map<ThreadId, Set<MessageId>> live) {
        Reading reading = new Reading(since.minus(OVERLAP), live);
        patiently(() -> {
            servers.load(team.value());
            return true;
        });
        live.forEach((thread, dependsOn) -> liveThread(thread, dependsOn, reading));
        Set<String> places = new LinkedHashSet<>();
        live.keySet().forEach(thread -> places.add(thread.channel().value()));
        server().heard().forEach(channel -> places.add(channel.value()));
        server().liveThreads().forEach(thread -> places.add(thread.root().value()));
        if (servers.ofDirectMessages().id().equals(team.value())) {
            places.addAll(servers.directConversations());
        }
        places.stream().filter(server()::isRead).forEach(place -> place(place, reading));
        return new HearingWatch.Missed(reading.messages, reading.stopped);
    }

    private static final class Reading {
        private final Instant from;
        private final Map<ThreadId, Set<MessageId>> live;
        private final Set<String> read = new HashSet<>();
        private int messages;
        private boolean stopped;

        Reading(Instant from, Map<ThreadId, Set<MessageId>> live) {
            this.from = from;
            this.live = live;
        }

        /** Whether a message is not older than what the run of its thread depends on: its plan, or the yes to it. */
        boolean isOfNow(ThreadId thread, JsonNode message) {
            return isNew(message)
                    || live.getOrDefault(thread, Set.of()).stream()
                            .map(MessageId::value)
                            .filter(Snowflake::is)
                            .mapToLong(Long::parseLong)
                            .min()
                            .stream()
                            .anyMatch(oldest -> message.path("id").asLong() >= oldest);
        }

        boolean isNew(JsonNode message) {
            return !Snowflake.time(message.path("id").asText()).isBefore(from);
        }

        boolean isEdited(JsonNode message) {
            return Translation.time(message.path("edited_timestamp"))
                    .filter(at -> !at.isBefore(from))
                    .isPresent();
        }
    }

    /** From its first message on, because older ones may have been changed or deleted meanwhile. */
    private void liveThread(ThreadId thread, Set<MessageId> dependsOn, Reading reading) {
        String root = thread.root().value();
        if (!Snowflake.is(root)) {
            return;
        }
        boolean isDirect = servers.isDirect(thread.channel().value()) || isDirect(thread.channel());
        if (isDirect && own.talkIn(thread.channel().value()).isEmpty()) {
            own.talk(thread);
        }
        String place = isDirect ? thread.channel().value() : root;
        Optional<List<JsonNode>> all = messages(place, isDirect ? root : null);
        if (all.isEmpty()) {
            if (!isDirect && !hasThread(thread)) {
                return; // nothing was said in it yet
            }
            reading.stopped |= ingress.takeIn(new InboundEvent.PlaceLost(
                    thread.channel(), thread, "the thread is not there any more", clock.instant()));
            return;
        }
        reading.read.add(place);
        bringIn(all.get(), reading);
        if (!isDirect && isOver(root)) {
            lost(root, "the thread was archived or locked", reading);
        }
        Set<String> there = new HashSet<>();
        all.get().forEach(message -> there.add(message.path("id").asText()));
        dependsOn.stream().filter(message -> !there.contains(message.value())).forEach(gone -> {
            ingress.takeIn(new InboundEvent.Deleted(gone, thread, clock.instant()));
            ingress.takeIn(new InboundEvent.OwnMessageLost(gone, thread, clock.instant()));
        });
    }

    /** Nobody told of that in the gap, and it is read all the same. */
    private boolean isOver(String thread) {
        if (server().isLive(thread)) {
            return false;
        }
        JsonNode found = patiently(() -> rest.get("channels/" + thread));
        if (Server.isThread(found)) {
            server().thread(found);
        }
        return Server.isOver(found);
    }

    /** A channel of no server that anybody told of. */
    private boolean isDirect(ChannelId channel) {
        if (server().isKnown(channel.value())) {
            return false;
        }
        try {
            JsonNode found = patiently(() -> rest.get("channels/" + channel.value()));
            boolean isDirect = found.path("type").asInt() == 1;
            if (isDirect) {
                servers.direct(channel.value());
            }
            return isDirect;
        } catch (DiscordRefused gone) {
            return false;
        }
    }

    /** The message that a thread would begin with knows whether it does. */
    private boolean hasThread(ThreadId thread) {
        String path = "channels/" + thread.channel().value() + "/messages/"
                + thread.root().value();
        try {
            JsonNode root = patiently(() -> rest.get(path));
            return root.has("thread") || (root.path("flags").asInt() & HAS_THREAD) != 0;
        } catch (DiscordRefused gone) {
            return true;
        }
    }

    /** The newest hundred, and more for as long as all of them are new. */
    private void place(String place, Reading reading) {
        if (!reading.read.add(place)) {
            return;
        }
        String before = "";
        while (true) {
            JsonNode page;
            try {
                page = page(place, before);
            } catch (DiscordRefused refused) {
                if (!refused.isAboutThePlace() || refused.isAboutTheToken()) {
                    throw refused;
                }
                if (servers.isDirect(place)) {
                    servers.directGone(place); // whoever it was has left every server of the bot's; no run is there
                } else {
                    lost(place, refused.why(), reading);
                }
                return;
            }
            List<JsonNode> found = new ArrayList<>();
            page.forEach(found::add);
            bringIn(found, reading);
            if (found.size() < PAGE || !found.stream().allMatch(reading::isNew)) {
                return;
            }
            before = found.getLast().path("id").asText();
        }
    }

    private void lost(String place, String why, Reading reading) {
        ThreadId thread = server().thread(place).orElse(null);
        ChannelId channel = thread == null ? server().channel(place) : thread.channel();
        reading.stopped |= ingress.takeIn(new InboundEvent.PlaceLost(channel, thread, why, clock.instant()));
    }

    /** All that stands there, down to the first message if one is named. Empty if the place is gone. */
    private Optional<List<JsonNode>> messages(String place, @Nullable String first) {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        while (true) {
            JsonNode page;
            try {
                page = page(place, before);
            } catch (DiscordRefused refused) {
                if (refused.isNotFound() || (refused.isAboutThePlace() && !refused.isAboutTheToken())) {
                    return Optional.empty();
                }
                throw refused;
            }
            page.forEach(all::add);
            if (page.size() < PAGE) {
                return Optional.of(all);
            }
            before = all.getLast().path("id").asText();
            if (first != null && Long.parseLong(before) < Long.parseLong(first)) {
                return Optional.of(all);
            }
        }
    }

    private JsonNode page(String place, String before) {
        String path = "channels/" + place + "/messages?limit=" + PAGE + (before.isEmpty() ? "" : "&before=" + before);
        return patiently(() -> rest.get(path));
    }

    /** The oldest first. What was changed counts as an edit alone: nobody knows what it said before. */
    private void bringIn(List<JsonNode> newestFirst, Reading reading) {
        for (JsonNode message : newestFirst.reversed()) {
            if (message.path("author").path("id").asText().isEmpty()) {
                continue;
            }
            boolean isDirect = servers.isDirect(message.path("channel_id").asText());
            JsonNode placed = isDirect ? message : ((ObjectNode) message.deepCopy()).put("guild_id", team.value());
            if (reading.isEdited(placed)) {
                reading.stopped |= ingress.catchUpEdit(placed);
            } else if (reading.isNew(placed)) {
                if (!ingress.isOwn(placed)) {
                    reading.messages++;
                }
                reading.stopped |= ingress.catchUp(placed);
            }
            if (ingress.isOwn(placed)) {
                stopSigns(placed, reading);
            }
        }
    }

    /** Who put them on a message of the bot's has to be asked for; when, Discord tells nobody. */
    private void stopSigns(JsonNode message, Reading reading) {
        boolean isOfNow = reading.isOfNow(ingress.threadOf(message), message);
        for (JsonNode reaction : message.path("reactions")) {
            String emoji = reaction.path("emoji").path("name").asText();
            if (STOP_SIGNS.contains(emoji.replace("\ufe0f", ""))) {
                reading.stopped |= ingress.catchUpReactions(message, emoji, whoReacted(message, emoji), isOfNow);
            }
        }
        ingress.lookedAtReactions(message);
    }

    private List<String> whoReacted(JsonNode message, String emoji) {
        String path = "channels/" + message.path("channel_id").asText() + "/messages/"
                + message.path("id").asText() + "/reactions/" + URLEncoder.encode(emoji, StandardCharsets.UTF_8)
                + "?limit=" + PAGE;
        List<String> users = new ArrayList<>();
        try {
            patiently(() -> rest.get(path))
                    .forEach(user -> users.add(user.path("id").asText()));
        } catch (DiscordRefused refused) {
            if (!refused.isUnknownMessage()) {
                throw refused;
            }
        }
        return users;
    }

    /** Waits as Discord asks; for longer than that it is not read. */
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
