package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One server (a guild, in Discord's words) as its events tell it: channels, threads, roles, and what the bot may there. */
final class Server {
    private static final int FORUM = 15;
    private static final int MEDIA = 16;
    private static final int PRIVATE_THREAD = 12;
    private static final Set<Integer> THREADS = Set.of(10, 11, PRIVATE_THREAD);
    private static final Set<Integer> WITH_MESSAGES = Set.of(0, 2, 5, 13, FORUM, MEDIA);

    private final TeamId team;
    private final String bot;
    private final Map<String, JsonNode> channels = new ConcurrentHashMap<>();
    private final Map<String, Below> threads = new ConcurrentHashMap<>();
    private final Map<String, String> goneNames = new ConcurrentHashMap<>(); // of channels that were deleted
    private final Map<String, Long> roles = new ConcurrentHashMap<>();
    private volatile Set<String> ownRoles = Set.of(); // replaced as a whole
    private volatile Set<String> managedRoles = Set.of(); // as above
    private volatile String name = "";

    /** @param isLive neither archived nor locked */
    private record Below(String parent, boolean isPrivate, boolean isLive) {}

    Server(String id, String bot) {
        this.team = new TeamId(Discord.PLATFORM, id);
        this.bot = bot;
    }

    TeamId team() {
        return team;
    }

    String id() {
        return team.value();
    }

    String name() {
        return name;
    }

    /** Takes in what {@code GUILD_CREATE} tells; a thread that is not in it is archived. */
    void take(JsonNode guild) {
        name = guild.path("name").asText();
        Map<String, JsonNode> found = new ConcurrentHashMap<>();
        guild.path("channels").forEach(channel -> found.put(channel.path("id").asText(), channel));
        channels.keySet().retainAll(found.keySet());
        channels.putAll(found);
        Set<String> active = new HashSet<>();
        guild.path("threads").forEach(thread -> active.add(thread.path("id").asText()));
        threads.replaceAll(
                (id, thread) -> active.contains(id) ? thread : new Below(thread.parent(), thread.isPrivate(), false));
        guild.path("threads").forEach(this::thread);
        guild.path("roles").forEach(this::role);
        guild.path("members").forEach(this::member);
    }

    void channel(JsonNode channel) {
        channels.put(channel.path("id").asText(), channel);
    }

    void channelGone(String channel) {
        JsonNode gone = channels.remove(channel);
        if (gone != null) {
            goneNames.put(channel, gone.path("name").asText());
        }
        threads.values().removeIf(thread -> thread.parent().equals(channel));
    }

    void thread(JsonNode thread) {
        threads.put(
                thread.path("id").asText(),
                new Below(
                        thread.path("parent_id").asText(),
                        thread.path("type").asInt() == PRIVATE_THREAD,
                        !isOver(thread)));
    }

    /** Whether a thread is archived or locked. */
    static boolean isOver(JsonNode thread) {
        JsonNode more = thread.path("thread_metadata");
        return more.path("archived").asBoolean() || more.path("locked").asBoolean();
    }

    void threadGone(String thread) {
        threads.remove(thread);
    }

    void role(JsonNode role) {
        String id = role.path("id").asText();
        roles.put(id, role.path("permissions").asLong());
        if (role.path("tags").path("bot_id").asText().equals(bot)) {
            Set<String> managed = new HashSet<>(managedRoles);
            managed.add(id);
            managedRoles = Set.copyOf(managed);
        }
    }

    void roleGone(String role) {
        roles.remove(role);
    }

    /** Somebody's roles; only the bot's own matter. */
    void member(JsonNode member) {
        if (member.path("user").path("id").asText().equals(bot)) {
            Set<String> found = new HashSet<>();
            member.path("roles").forEach(role -> found.add(role.asText()));
            ownRoles = Set.copyOf(found);
        }
    }

    /** Roles that are the bot's own alone. */
    Set<String> managedRoles() {
        return managedRoles;
    }

    static boolean isThread(JsonNode channel) {
        return THREADS.contains(channel.path("type").asInt(-1));
    }

    boolean isKnown(String channel) {
        return channels.containsKey(channel) || threads.containsKey(channel);
    }

    boolean isChannel(String id) {
        return channels.containsKey(id);
    }

    boolean isThread(String channel) {
        return threads.containsKey(channel);
    }

    boolean isPrivate(String thread) {
        Below found = threads.get(thread);
        return found != null && found.isPrivate();
    }

    boolean isForumPost(String channel) {
        Below thread = threads.get(channel);
        return thread != null && isForum(thread.parent());
    }

    private boolean isForum(String channel) {
        JsonNode found = channels.get(channel);
        return found != null && isForum(found);
    }

    private static boolean isForum(JsonNode channel) {
        int type = channel.path("type").asInt();
        return type == FORUM || type == MEDIA;
    }

    private static boolean hasMessages(JsonNode channel) {
        return WITH_MESSAGES.contains(channel.path("type").asInt(-1));
    }

    /** The state tags a forum has, by name in lower case. */
    Map<String, String> tags(String post) {
        Map<String, String> tags = new ConcurrentHashMap<>();
        Below thread = threads.get(post);
        JsonNode forum = thread == null ? null : channels.get(thread.parent());
        if (forum != null) {
            forum.path("available_tags")
                    .forEach(tag -> tags.put(
                            tag.path("name").asText().toLowerCase(java.util.Locale.ROOT),
                            tag.path("id").asText()));
        }
        return tags;
    }

    ChannelId channel(String id) {
        return new ChannelId(team, id);
    }

    MessageId message(String channel, String id) {
        return new MessageId(channel(channel), id);
    }

    /**
     * The thread in which a message of a channel stands. A thread of Discord's that began with a message has that
     * message's id; one that did not is named by its own id all the same.
     */
    ThreadId threadOf(String channel, String message) {
        Below thread = threads.get(channel);
        return new ThreadId(thread == null ? message(channel, message) : message(thread.parent(), channel));
    }

    /** A thread by its own id; empty for anything else. */
    Optional<ThreadId> thread(String id) {
        return Optional.ofNullable(threads.get(id)).map(thread -> new ThreadId(message(thread.parent(), id)));
    }

    /** What people call a channel, or the one that a thread is in. */
    Optional<String> nameOf(String channel) {
        Below thread = threads.get(channel);
        String asked = thread == null ? channel : thread.parent();
        JsonNode found = channels.get(asked);
        return Optional.ofNullable(
                found == null ? goneNames.get(asked) : found.path("name").asText());
    }

    /** Where people write and the bot may read, answer and look back. */
    List<ChannelId> heard() {
        List<ChannelId> heard = new ArrayList<>();
        channels.forEach((id, channel) -> {
            if (hasMessages(channel) && mayHear(channel)) {
                heard.add(channel(id));
            }
        });
        return heard;
    }

    /** Whether messages can be read in it directly, not only in its posts. */
    boolean isRead(String channel) {
        return !isForum(channel);
    }

    /** Threads that go on, in channels that are heard. */
    List<ThreadId> liveThreads() {
        return threads.keySet().stream()
                .filter(id -> isLive(id))
                .flatMap(id -> thread(id).stream())
                .toList();
    }

    boolean isLive(String thread) {
        Below found = threads.get(thread);
        JsonNode parent = found == null ? null : channels.get(found.parent());
        return found != null && found.isLive() && parent != null && mayHear(parent);
    }

    boolean mayHear(@Nullable JsonNode channel) {
        return channel != null && missing(channel, toHear(channel)) == 0;
    }

    private static long toHear(JsonNode channel) {
        return isForum(channel) ? Rights.TO_HEAR_A_FORUM : Rights.TO_HEAR;
    }

    /** What of that the bot may not do in a channel, or in the one that a thread is in; nothing where it is not known. */
    long missing(String channel, long wanted) {
        Below thread = threads.get(channel);
        JsonNode found = channels.get(thread == null ? channel : thread.parent());
        return found == null ? 0 : missing(found, wanted);
    }

    private long missing(JsonNode channel, long wanted) {
        return wanted & ~Rights.in(channel, roles, ownRoles, id(), bot);
    }

    /** What keeps the bot from hearing there. */
    long missingToHear(String channel) {
        JsonNode found = channels.get(channel);
        return found == null ? 0 : missing(found, toHear(found));
    }

    /** What the bot may not do in a channel of that name or id, if there is one in which people write. */
    Optional<Lack> lack(String nameOrId) {
        return channels.values().stream()
                .filter(Server::hasMessages)
                .filter(channel -> channel.path("id").asText().equals(nameOrId)
                        || channel.path("name").asText().equals(nameOrId))
                .findFirst()
                .map(this::lack);
    }

    private Lack lack(JsonNode channel) {
        long toWork = isForum(channel) ? Rights.TO_HEAR_A_FORUM : Rights.TO_HEAR | Rights.TO_WORK;
        return new Lack(
                "#" + channel.path("name").asText(),
                Right.shown(missing(channel, toWork)),
                Right.shown(missing(channel, Rights.BESIDE)));
    }

    /** The shape that {@code GUILD_CREATE} has, from what the REST interface tells. */
    static ObjectNode assembled(JsonNode guild, JsonNode channels, JsonNode threads, JsonNode member) {
        ObjectNode whole = guild.deepCopy();
        whole.set("channels", channels);
        whole.set("threads", threads.path("threads"));
        whole.putArray("members").add(member);
        return whole;
    }
}
