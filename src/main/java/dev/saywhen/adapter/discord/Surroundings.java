package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.ThreadId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps up what is known of servers as events change it, and tells which places are lost by that. From memory alone. */
final class Surroundings {
    private static final String WITHDRAWN = "the bot may not read and write there any more";

    private static final int WITH_BOT = 1;

    private final Servers servers;
    private final String bot;
    private final InstantSource clock;

    Surroundings(Servers servers, String bot, InstantSource clock) {
        this.servers = servers;
        this.bot = bot;
        this.clock = clock;
    }

    List<InboundEvent> follow(String type, JsonNode event) {
        String guild = type.startsWith("GUILD_") && !event.hasNonNull("guild_id")
                ? event.path("id").asText()
                : event.path("guild_id").asText();
        if (guild.isEmpty()) {
            direct(type, event);
            return List.of();
        }
        Server server = servers.at(guild);
        return switch (type) {
            case "GUILD_CREATE" -> after(server, () -> server.take(event), WITHDRAWN);
            case "GUILD_DELETE" -> removed(server, event);
            case "CHANNEL_CREATE", "CHANNEL_UPDATE" -> after(server, () -> server.channel(event), WITHDRAWN);
            case "CHANNEL_DELETE" ->
                after(server, () -> server.channelGone(event.path("id").asText()), "the channel was deleted");
            case "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE" ->
                after(server, () -> server.role(event.path("role")), WITHDRAWN);
            case "GUILD_ROLE_DELETE" ->
                after(server, () -> server.roleGone(event.path("role_id").asText()), WITHDRAWN);
            case "GUILD_MEMBER_UPDATE" -> {
                servers.forget(guild, event.path("user").path("id").asText());
                yield after(server, () -> server.member(event), WITHDRAWN);
            }
            case "THREAD_CREATE" -> {
                server.thread(event);
                yield List.of();
            }
            case "THREAD_LIST_SYNC" -> {
                event.path("threads").forEach(server::thread);
                yield List.of();
            }
            case "THREAD_UPDATE" -> changed(server, event);
            case "THREAD_DELETE" -> threadGone(server, event.path("id").asText(), event, "the thread was deleted");
            case "THREAD_MEMBERS_UPDATE" -> membersChanged(server, event);
            default -> List.of();
        };
    }

    /** Of a direct conversation nothing tells but what happens in it. */
    private void direct(String type, JsonNode event) {
        boolean isWithBot =
                type.equals("INTERACTION_CREATE") && event.path("context").asInt() == WITH_BOT;
        if (type.startsWith("MESSAGE_") || isWithBot) {
            servers.direct(event.path("channel_id").asText());
        }
    }

    private List<InboundEvent> after(Server server, Runnable change, String why) {
        List<ChannelId> before = server.heard();
        change.run();
        List<ChannelId> lost = new ArrayList<>(before);
        lost.removeAll(server.heard());
        return lost.stream()
                .<InboundEvent>map(channel ->
                        new InboundEvent.PlaceLost(channel, null, why(server, channel, why), clock.instant()))
                .toList();
    }

    private static String why(Server server, ChannelId channel, String otherwise) {
        long missing = server.missingToHear(channel.value());
        return missing == 0 ? otherwise : DiscordRefused.lacks(missing, ", ");
    }

    /** A server that is only unavailable comes back by itself; meanwhile it is not heard, and that is noticed. */
    private List<InboundEvent> removed(Server server, JsonNode event) {
        if (event.path("unavailable").asBoolean()) {
            return List.of();
        }
        List<InboundEvent> lost = lostWithAll(server, "the bot was removed from the server");
        servers.left(server.id());
        return lost;
    }

    List<InboundEvent> lostWithAll(Server server, String why) {
        return server.heard().stream()
                .<InboundEvent>map(channel -> new InboundEvent.PlaceLost(channel, null, why, clock.instant()))
                .toList();
    }

    private List<InboundEvent> changed(Server server, JsonNode thread) {
        String id = thread.path("id").asText();
        boolean wasOver = server.isThread(id) && !server.isLive(id);
        server.thread(thread);
        JsonNode more = thread.path("thread_metadata");
        if (wasOver || !Server.isOver(thread)) {
            return List.of();
        }
        String why = more.path("locked").asBoolean() ? "the thread was locked" : "the thread was archived";
        return server.thread(id).map(lost -> lost(lost, why)).orElse(List.of());
    }

    private List<InboundEvent> threadGone(Server server, String id, JsonNode event, String why) {
        Optional<ThreadId> known = server.thread(id);
        server.threadGone(id);
        return lost(
                known.orElseGet(() ->
                        new ThreadId(server.message(event.path("parent_id").asText("unknown"), id))),
                why);
    }

    /** Public threads are heard without being in them. */
    private List<InboundEvent> membersChanged(Server server, JsonNode event) {
        String id = event.path("id").asText();
        for (JsonNode removed : event.path("removed_member_ids")) {
            if (removed.asText().equals(bot) && server.isPrivate(id)) {
                return threadGone(server, id, event, "the bot was removed from the thread");
            }
        }
        return List.of();
    }

    private List<InboundEvent> lost(ThreadId thread, String why) {
        return List.of(new InboundEvent.PlaceLost(thread.channel(), thread, why, clock.instant()));
    }
}
