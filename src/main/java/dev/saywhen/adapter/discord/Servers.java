package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.Directory;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The servers the bot is in, their people and channels. Who somebody is is asked again after a moment. */
final class Servers implements Directory {
    private static final Duration FRESH = Duration.ofSeconds(20);
    private static final int IS_GUEST = 1 << 4;
    private static final TeamId NOWHERE = new TeamId(Discord.PLATFORM, "nowhere");

    private final Rest rest;
    private final String bot;
    private final InstantSource clock;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Map<ActorId, Known> people = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>(); // of users that spoke or were asked for
    private final Set<String> direct = ConcurrentHashMap.newKeySet(); // direct conversations that are known
    private volatile Consumer<String> met = _ -> {}; // set once, when it is opened
    private volatile Consumer<String> gone = _ -> {}; // as above

    private record Known(Author.@Nullable Kind kind, Instant at) {}

    Servers(Rest rest, String bot, InstantSource clock) {
        this.rest = rest;
        this.bot = bot;
        this.clock = clock;
    }

    /** Reads anew where the bot is. */
    void load() {
        for (JsonNode guild : rest.get("users/@me/guilds")) {
            load(guild.path("id").asText());
        }
    }

    void load(String guild) {
        String path = "guilds/" + guild;
        at(guild)
                .take(Server.assembled(
                        rest.get(path),
                        rest.get(path + "/channels"),
                        rest.get(path + "/threads/active"),
                        rest.get(path + "/members/" + bot)));
    }

    Server at(String guild) {
        return servers.computeIfAbsent(guild, id -> new Server(id, bot));
    }

    Optional<Server> known(String guild) {
        return Optional.ofNullable(servers.get(guild));
    }

    Optional<Server> of(TeamId team) {
        return known(team.value());
    }

    List<Server> all() {
        return List.copyOf(servers.values());
    }

    void left(String guild) {
        servers.remove(guild);
    }

    /** For which server the bot speaks in a direct message: the oldest one. */
    Server ofDirectMessages() {
        return servers.values().stream()
                .min(Comparator.comparingLong(server -> Long.parseLong(server.id())))
                .orElseGet(() -> new Server(NOWHERE.value(), bot));
    }

    /** Whether this is known as a channel of a server, no thread. */
    boolean isChannel(String id) {
        return servers.values().stream().anyMatch(server -> server.isChannel(id));
    }

    /**
     * These direct conversations are known.
     *
     * @param met told from now on of each that was not known
     * @param gone told of each that was known and is not there any more
     */
    void meet(Set<String> known, Consumer<String> met, Consumer<String> gone) {
        direct.addAll(known);
        this.met = met;
        this.gone = gone;
    }

    void direct(String channel) {
        if (direct.add(channel)) {
            met.accept(channel);
        }
    }

    /** A direct conversation in which nobody talks to the bot any more; if somebody does all the same, it is met anew. */
    void directGone(String channel) {
        if (direct.remove(channel)) {
            gone.accept(channel);
        }
    }

    boolean isDirect(String channel) {
        return direct.contains(channel);
    }

    Set<String> directConversations() {
        return Set.copyOf(direct);
    }

    @Override
    public Optional<Author.Kind> kindOf(ActorId actor) {
        Known known = people.get(actor);
        if (known == null || known.at().plus(FRESH).isBefore(clock.instant())) {
            known = asked(actor);
            people.put(actor, known);
        }
        return Optional.ofNullable(known.kind());
    }

    private Known asked(ActorId actor) {
        if (!Snowflake.is(actor.user())) {
            return new Known(null, clock.instant());
        }
        try {
            JsonNode member = rest.get("guilds/" + actor.team().value() + "/members/" + actor.user());
            called(member.path("user"), member.path("nick").asText());
            return new Known(kind(member), clock.instant());
        } catch (DiscordRefused refused) {
            if (refused.isNotFound()) {
                return new Known(null, clock.instant());
            }
            throw refused;
        }
    }

    /** Who has not agreed to the rules of the server yet, or came by a guest's invitation, is a guest. */
    private static Author.Kind kind(JsonNode member) {
        JsonNode user = member.path("user");
        if (user.path("bot").asBoolean() || user.path("system").asBoolean()) {
            return Author.Kind.MACHINE;
        }
        boolean isGuest =
                member.path("pending").asBoolean() || (member.path("flags").asInt() & IS_GUEST) != 0;
        return isGuest ? Author.Kind.GUEST : Author.Kind.PERSON;
    }

    /** Something about this person changed, or he left. */
    void forget(String guild, String user) {
        people.remove(new ActorId(new TeamId(Discord.PLATFORM, guild), user));
    }

    void called(JsonNode user, String nick) {
        String shown = nick.isBlank()
                ? user.path("global_name").asText(user.path("username").asText())
                : nick;
        if (!shown.isBlank() && !shown.equals("null")) {
            names.put(user.path("id").asText(), shown.replace(' ', '.'));
        }
    }

    /** What people call somebody; from memory, else the id. */
    String nameOfUser(String user) {
        return names.getOrDefault(user, user);
    }

    @Override
    public Optional<String> nameOf(ChannelId channel) {
        return direct.contains(channel.value())
                ? Optional.of("@" + channel.value())
                : of(channel.team()).flatMap(server -> server.nameOf(channel.value()));
    }

    /** Channels that are heard, by name. */
    List<String> names() {
        return servers.values().stream()
                .flatMap(server -> server.heard().stream())
                .flatMap(channel -> nameOf(channel).stream())
                .sorted()
                .toList();
    }

    /** As {@link Discord#lacks}. */
    List<Lack> lacks(String channel) {
        return servers.values().stream()
                .flatMap(server -> server.lack(channel).stream())
                .toList();
    }

    boolean hears(String channel) {
        return servers.values().stream()
                .flatMap(server -> server.heard().stream())
                .anyMatch(heard -> heard.value().equals(channel)
                        || nameOf(heard).filter(channel::equals).isPresent());
    }
}
