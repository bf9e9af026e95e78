package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server of Discord's on this machine: the REST interface by HTTP and the gateway by sockets of its own. */
public final class FakeDiscord implements AutoCloseable {
    public static final String GUILD = "900000000000000001";
    public static final String BOT = "900000000000000099";
    public static final String BOT_ROLE = "900000000000000098";
    public static final String CHANNEL = "900000000000000010";
    public static final String OTHER_CHANNEL = "900000000000000011";
    static final String FORUM = "900000000000000012";
    static final String DIRECT = "900000000000000013";
    public static final String ANA = "900000000000000021";
    public static final String BO = "900000000000000022";
    public static final String MEI = "900000000000000023";
    static final String ALL_RIGHTS = Long.toString(Rights.ALL);

    private static final long EPOCH = 1_420_070_400_000L;

    private final ObjectMapper json = new ObjectMapper();
    private final InstantSource clock;
    private final HttpServer http;
    private final FakeGateway gateway;
    private final Map<String, ObjectNode> channels = new LinkedHashMap<>(); // threads too; guarded by this
    private final Map<String, TreeMap<Long, ObjectNode>> messages = new HashMap<>(); // guarded by this
    private final Map<String, List<String>> reacted = new HashMap<>(); // by message and emoji; guarded by this
    private final Map<String, ObjectNode> members = new ConcurrentHashMap<>();
    private final ObjectNode guild;
    private final Map<String, int[]> refusals = new ConcurrentHashMap<>();
    private final Map<String, String> busy = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> files = new CopyOnWriteArrayList<>();
    private final List<String> reactions = new CopyOnWriteArrayList<>();
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private volatile int applicationFlags = 1 << 19; // set by a test
    private volatile Consumer<Object[]> deliver; // replaced by a test that delivers by itself
    private volatile JsonNode commands = json.createArrayNode();
    private long lastId; // guarded by this

    public FakeDiscord(InstantSource clock) throws IOException {
        this.clock = clock;
        this.guild = json.createObjectNode()
                .put("id", GUILD)
                .put("name", "Orders")
                .put("owner_id", MEI)
                .put("afk_timeout", 300)
                .put("verification_level", 0)
                .put("default_message_notifications", 0)
                .put("explicit_content_filter", 0)
                .put("mfa_level", 0)
                .put("nsfw_level", 0)
                .put("premium_tier", 0)
                .put("system_channel_flags", 0)
                .put("preferred_locale", "en-US")
                .put("member_count", 4)
                .put("unavailable", false);
        role(GUILD, "@everyone", ALL_RIGHTS);
        role(BOT_ROLE, "saywhen", "0").putObject("tags").put("bot_id", BOT);
        for (String none : List.of(
                "features",
                "emojis",
                "stickers",
                "voice_states",
                "presences",
                "stage_instances",
                "guild_scheduled_events",
                "soundboard_sounds")) {
            guild.putArray(none);
        }
        member(BOT, "saywhen").withArrayProperty("roles").add(BOT_ROLE);
        members.get(BOT).withObjectProperty("user").put("bot", true);
        member(ANA, "ana");
        member(BO, "bo");
        member(MEI, "mei");
        channel(CHANNEL, 0, "orders-dev");
        channel(OTHER_CHANNEL, 0, "inc-412");
        channel(FORUM, 15, "tasks");
        this.gateway = new FakeGateway(this::ready, () -> List.of(whole()));
        this.deliver = event -> gateway.event((String) event[0], (JsonNode) event[1]);
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/v10/", this::api);
        http.start();
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/api/v10/";
    }

    public String gatewayUrl() {
        return gateway.address();
    }

    FakeGateway gateway() {
        return gateway;
    }

    /** From now on events go there and to no socket: a type and what happened. */
    void deliverTo(java.util.function.BiConsumer<String, JsonNode> next) {
        deliver = event -> next.accept((String) event[0], ((JsonNode) event[1]).deepCopy());
    }

    /** Whether a service is connected and told of the server; what happens before is not sent to anybody. */
    public boolean isConnected() {
        return gateway.connected() > 0 && gateway.asked("IDENTIFY") > 0;
    }

    /** From now on calls that begin so, such as {@code POST channels/1/messages}, are answered with that; 0: as always. */
    public void refuse(String call, int status, int code) {
        if (status == 0) {
            refusals.remove(call);
        } else {
            refusals.put(call, new int[] {status, code});
        }
    }

    /** The next call that begins so gets 429, with this time to wait in its body. */
    void busy(String call, String seconds) {
        busy.put(call, limited(seconds, false));
    }

    /** The same, by a limit that all calls share. */
    void busyEverywhere(String call, String seconds) {
        busy.put(call, limited(seconds, true));
    }

    private static String limited(String seconds, boolean isGlobal) {
        return "{\"message\":\"You are being rate limited.\",\"global\":" + isGlobal + ",\"retry_after\":" + seconds
                + "}";
    }

    void applicationFlags(int flags) {
        applicationFlags = flags;
    }

    /** Every call, in order, as a method and a path. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    long calls(String beginning) {
        return calls.stream().filter(call -> call.startsWith(beginning)).count();
    }

    List<String> files() {
        return List.copyOf(files);
    }

    /** An emoji and the message it stands on. */
    public List<String> reactions() {
        return List.copyOf(reactions);
    }

    /** What interactions were answered. */
    List<JsonNode> answers() {
        return List.copyOf(answers);
    }

    JsonNode commands() {
        return commands;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    private ObjectNode role(String id, String name, String permissions) {
        ObjectNode role = guild.withArrayProperty("roles")
                .addObject()
                .put("id", id)
                .put("name", name)
                .put("permissions", permissions)
                .put("color", 0)
                .put("position", 0)
                .put("hoist", false)
                .put("managed", false)
                .put("mentionable", false)
                .put("flags", 0);
        role.putObject("colors").put("primary_color", 0);
        return role;
    }

    /** Somebody of the server. */
    ObjectNode member(String id, String name) {
        ObjectNode member = json.createObjectNode()
                .put("joined_at", "2026-01-01T00:00:00.000000+00:00")
                .put("deaf", false)
                .put("mute", false)
                .put("flags", 0)
                .put("pending", false);
        member.putArray("roles");
        member.set("user", user(id, name));
        members.put(id, member);
        return member;
    }

    void leave(String id) {
        members.remove(id);
    }

    private ObjectNode user(String id, String name) {
        return json.createObjectNode()
                .put("id", id)
                .put("username", name)
                .put("global_name", name)
                .put("discriminator", "0")
                .putNull("avatar")
                .put("bot", false)
                .put("public_flags", 0);
    }

    ObjectNode channel(String id, int type, String name) {
        ObjectNode channel = json.createObjectNode()
                .put("id", id)
                .put("guild_id", GUILD)
                .put("type", type)
                .put("name", name)
                .put("position", 0)
                .put("nsfw", false)
                .put("flags", 0)
                .put("rate_limit_per_user", 0);
        channel.putArray("permission_overwrites");
        channel.putArray("available_tags");
        synchronized (this) {
            channels.put(id, channel);
        }
        return channel;
    }

    private ObjectNode ready() {
        ObjectNode ready = json.createObjectNode().put("v", 10);
        ready.set("user", members.get(BOT).path("user"));
        ready.putArray("private_channels");
        ready.putArray("guilds").addObject().put("id", GUILD).put("unavailable", true);
        ready.putObject("application").put("id", BOT).put("flags", applicationFlags);
        return ready;
    }

    private synchronized ObjectNode whole() {
        ObjectNode whole = guild.deepCopy();
        ArrayNode places = whole.putArray("channels");
        ArrayNode threads = whole.putArray("threads");
        channels.values().forEach(channel -> {
            if (!Server.isThread(channel)) {
                places.add(channel);
            } else if (!channel.at("/thread_metadata/archived").asBoolean()) {
                threads.add(channel);
            }
        });
        ArrayNode all = whole.putArray("members");
        members.values().forEach(all::add);
        return whole;
    }

    private synchronized String newId() {
        long at = clock.millis() - EPOCH << 22;
        lastId = Math.max(lastId + 1, at);
        return Long.toString(lastId);
    }

    private void happens(String type, JsonNode event) {
        deliver.accept(new Object[] {type, event});
    }

    /** Lets something happen that a test made up. */
    void event(String type, JsonNode event) {
        gateway.event(type, event);
    }

    /** Somebody writes; the message's id. */
    public String post(String channel, String user, String text) {
        return post(channel, user, message -> message.put("content", text));
    }

    String post(String channel, String user, Consumer<ObjectNode> more) {
        ObjectNode message = message(channel, user);
        more.accept(message);
        keep(message);
        happens("MESSAGE_CREATE", message);
        return message.path("id").asText();
    }

    /** What somebody writes when that is run, made ready now. */
    Runnable readyToPost(String channel, String user, String text) {
        ObjectNode message = message(channel, user).put("content", text);
        Runnable told = gateway.ready("MESSAGE_CREATE", message);
        return () -> {
            keep(message);
            told.run();
        };
    }

    /** Somebody writes below a message, in its thread, which begins with that. */
    public String postBelow(String channel, String root, String user, String text) {
        if (!isThere(root) && !channel.equals(DIRECT)) {
            thread(channel, root, "a thread", 11);
        }
        return post(channel.equals(DIRECT) ? DIRECT : root, user, text);
    }

    private synchronized boolean isThere(String channel) {
        return channels.containsKey(channel);
    }

    private ObjectNode message(String channel, String user) {
        ObjectNode message = json.createObjectNode()
                .put("id", newId())
                .put("channel_id", channel)
                .put("content", "")
                .put("type", 0)
                .put("timestamp", clock.instant().toString())
                .putNull("edited_timestamp")
                .put("tts", false)
                .put("mention_everyone", false)
                .put("pinned", false)
                .put("flags", 0);
        ObjectNode member = members.get(user);
        message.set("author", member == null ? user(user, "somebody") : member.path("user"));
        if (!channel.equals(DIRECT)) {
            message.put("guild_id", GUILD);
            if (member != null) {
                ((ObjectNode) message.putObject("member").setAll(member)).remove("user");
            }
        }
        for (String none : List.of("mentions", "mention_roles", "attachments", "embeds", "components")) {
            message.putArray(none);
        }
        return message;
    }

    private synchronized void keep(ObjectNode message) {
        messages.computeIfAbsent(message.path("channel_id").asText(), _ -> new TreeMap<>())
                .put(message.path("id").asLong(), message);
    }

    /** What somebody wrote is not there any more, and nobody is told. */
    synchronized void unsay(String user) {
        messages.values()
                .forEach(channel -> channel.values()
                        .removeIf(message ->
                                message.path("author").path("id").asText().equals(user)));
    }

    synchronized ObjectNode find(String channel, String id) {
        return messages.getOrDefault(channel, new TreeMap<>()).get(Long.valueOf(id));
    }

    /** A thread of this type: 11 is public, 12 private. It is told. */
    String thread(String channel, @Nullable String root, String name, int type) {
        ObjectNode thread = channel(root == null ? newId() : root, type, name)
                .put("parent_id", channel)
                .put("owner_id", MEI)
                .put("message_count", 0)
                .put("member_count", 1)
                .put("total_message_sent", 0);
        thread.putObject("thread_metadata")
                .put("archived", false)
                .put("locked", false)
                .put("invitable", true)
                .put("auto_archive_duration", 1_440)
                .put("archive_timestamp", clock.instant().toString());
        happens("THREAD_CREATE", thread);
        return thread.path("id").asText();
    }

    void changeThread(String id, Consumer<ObjectNode> change) {
        ObjectNode thread;
        synchronized (this) {
            thread = channels.get(id);
        }
        change.accept(thread);
        happens("THREAD_UPDATE", thread);
    }

    void changeChannel(String id, Consumer<ObjectNode> change) {
        ObjectNode channel;
        synchronized (this) {
            channel = channels.get(id);
        }
        change.accept(channel);
        happens("CHANNEL_UPDATE", channel);
    }

    /** A channel takes permissions away from the bot's role, by the names of Discord's settings. */
    public void deny(String channel, String... permissions) {
        List<String> denied = List.of(permissions);
        long deny = Arrays.stream(Right.values())
                .mapToLong(Right::bit)
                .filter(bit -> denied.containsAll(Right.shown(bit)))
                .sum();
        changeChannel(
                channel,
                changed -> changed.putArray("permission_overwrites")
                        .addObject()
                        .put("id", BOT_ROLE)
                        .put("type", 0)
                        .put("allow", "0")
                        .put("deny", Long.toString(deny)));
    }

    void deleteChannel(String id) {
        ObjectNode channel;
        synchronized (this) {
            channel = channels.remove(id);
        }
        happens(Server.isThread(channel) ? "THREAD_DELETE" : "CHANNEL_DELETE", channel);
    }

    void edit(String channel, String id, String text) {
        ObjectNode message = find(channel, id);
        message.put("content", text).put("edited_timestamp", clock.instant().toString());
        happens("MESSAGE_UPDATE", message);
    }

    /** A preview of a link appears below a message: the same event as for an edit. */
    void preview(String channel, String id) {
        ObjectNode message = find(channel, id);
        message.withArrayProperty("embeds").addObject().put("type", "article").put("title", "STOP");
        happens("MESSAGE_UPDATE", message);
    }

    void delete(String channel, String id) {
        synchronized (this) {
            messages.get(channel).remove(Long.valueOf(id));
        }
        ObjectNode event = json.createObjectNode().put("id", id).put("channel_id", channel);
        if (!channel.equals(DIRECT)) {
            event.put("guild_id", GUILD);
        }
        happens("MESSAGE_DELETE", event);
    }

    void react(String channel, String id, String user, String emoji) {
        stand(find(channel, id), user, emoji);
        ObjectNode event = json.createObjectNode()
                .put("user_id", user)
                .put("channel_id", channel)
                .put("message_id", id)
                .put("guild_id", GUILD)
                .put("burst", false)
                .put("type", 0);
        event.putObject("emoji").putNull("id").put("name", emoji);
        event.set("member", members.get(user));
        happens("MESSAGE_REACTION_ADD", event);
    }

    /** A reaction stands on a message from now on. */
    private synchronized void stand(ObjectNode message, String user, String emoji) {
        reacted.computeIfAbsent(message.path("id").asText() + " " + emoji, _ -> {
                    ObjectNode reaction = message.withArrayProperty("reactions").addObject();
                    reaction.put("count", 1).putObject("emoji").putNull("id").put("name", emoji);
                    return new ArrayList<>();
                })
                .add(user);
    }

    private synchronized ArrayNode whoReacted(String message, String emoji) {
        ArrayNode users = json.createArrayNode();
        reacted.getOrDefault(message + " " + emoji, List.of())
                .forEach(user -> users.add(members.get(user).path("user")));
        return users;
    }

    /** Somebody types a slash command; its id. */
    String command(@Nullable String channel, String user, String name, String text) {
        ObjectNode event = interaction(channel, user, 2);
        ObjectNode data =
                event.putObject("data").put("id", newId()).put("name", name).put("type", 1);
        if (!text.isEmpty()) {
            data.putArray("options")
                    .addObject()
                    .put("name", "about")
                    .put("type", 3)
                    .put("value", text);
        }
        happens("INTERACTION_CREATE", event);
        return event.path("id").asText();
    }

    /** Somebody presses a button on a message. */
    void press(String channel, String message, String user, String button) {
        ObjectNode event = interaction(channel, user, 3);
        event.putObject("data").put("custom_id", button).put("component_type", 2);
        event.set("message", find(channel, message));
        happens("INTERACTION_CREATE", event);
    }

    private ObjectNode interaction(@Nullable String channel, String user, int type) {
        ObjectNode event = json.createObjectNode()
                .put("id", newId())
                .put("application_id", BOT)
                .put("type", type)
                .put("token", "a-token")
                .put("version", 1)
                .put("guild_id", GUILD)
                .put("channel_id", channel)
                .put("app_permissions", "0")
                .put("locale", "en-US")
                .put("context", 0);
        synchronized (this) {
            event.set("channel", channels.get(channel));
        }
        event.putArray("entitlements");
        event.putObject("authorizing_integration_owners");
        event.set("member", ((ObjectNode) members.get(user).deepCopy()).put("permissions", "0"));
        return event;
    }

    /** The texts of the bot's messages in a place, oldest first, files apart. */
    public List<String> shown(String place) {
        return ofBot(place).stream()
                .map(message -> message.path("content").asText())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The bot's messages in a thread, and those that reply to its first message. */
    List<ObjectNode> ofBotBelow(String channel, String root) {
        List<ObjectNode> all = new ArrayList<>(ofBot(channel));
        all.removeIf(one -> !one.at("/message_reference/message_id").asText().equals(root));
        all.addAll(ofBot(root));
        return all;
    }

    synchronized List<ObjectNode> ofBot(String place) {
        return messages.getOrDefault(place, new TreeMap<>()).values().stream()
                .filter(message -> message.path("author").path("id").asText().equals(BOT))
                .toList();
    }

    synchronized ObjectNode channelNow(String id) {
        return channels.get(id);
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        gateway.close();
    }

    /** An answer of the REST interface. */
    private record Answer(int status, JsonNode body) {}

    private void api(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath().substring("/api/v10/".length());
            String query = exchange.getRequestURI().getQuery();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String call = exchange.getRequestMethod() + " " + path;
            calls.add(call);
            Answer answer = answer(call, query == null ? "" : query, body);
            if (answer.status() == 429) {
                exchange.getResponseHeaders()
                        .add(
                                "Retry-After",
                                answer.body().path("retry_after").asText().replaceFirst("\\..*", ""));
            }
            exchange.getResponseHeaders().add("Via", "1.1 google");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = answer.body().isMissingNode()
                    ? new byte[0]
                    : answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String call, String query, String body) throws IOException {
        for (Map.Entry<String, int[]> refusal : refusals.entrySet()) {
            if (call.startsWith(refusal.getKey())) {
                return refused(refusal.getValue()[0], refusal.getValue()[1]);
            }
        }
        for (String limited : busy.keySet()) {
            if (call.startsWith(limited)) {
                return new Answer(429, json.readTree(busy.remove(limited)));
            }
        }
        String[] parts = call.substring(call.indexOf(' ') + 1).split("/");
        String method = call.substring(0, call.indexOf(' '));
        return switch (parts[0]) {
            case "users" ->
                new Answer(
                        200,
                        parts.length == 2
                                ? members.get(BOT).path("user")
                                : json.createArrayNode()
                                        .add(json.createObjectNode().put("id", GUILD)));
            case "applications" -> application(method, parts, body);
            case "guilds" -> guild(parts);
            case "interactions" -> {
                answers.add(json.readTree(body));
                yield nothing();
            }
            case "channels" -> parts.length == 2 ? place(method, parts[1], body) : inPlace(method, parts, query, body);
            default -> refused(404, 0);
        };
    }

    private Answer refused(int status, int code) {
        return new Answer(status, json.createObjectNode().put("code", code).put("message", "refused"));
    }

    private Answer nothing() {
        return new Answer(204, json.missingNode());
    }

    private Answer application(String method, String[] parts, String body) throws IOException {
        if (method.equals("PUT") && parts.length == 3) {
            commands = json.readTree(body);
            return new Answer(200, commands);
        }
        return new Answer(200, json.createObjectNode().put("id", BOT).put("flags", applicationFlags));
    }

    private Answer guild(String[] parts) {
        ObjectNode whole = whole();
        if (parts.length == 2) {
            return new Answer(200, guild);
        }
        return switch (parts[2]) {
            case "channels" -> new Answer(200, whole.path("channels"));
            case "threads" -> new Answer(200, json.createObjectNode().set("threads", whole.path("threads")));
            default -> {
                ObjectNode member = members.get(parts[3]);
                yield member == null ? refused(404, 10_007) : new Answer(200, member);
            }
        };
    }

    private Answer place(String method, String id, String body) throws IOException {
        if (id.equals(DIRECT)) {
            return new Answer(200, json.createObjectNode().put("id", id).put("type", 1));
        }
        if (!isThere(id)) {
            return refused(404, 10_003);
        }
        if (method.equals("PATCH")) {
            JsonNode change = json.readTree(body);
            changeThread(id, thread -> thread.setAll((ObjectNode) change));
        }
        return new Answer(200, channelNow(id));
    }

    private Answer inPlace(String method, String[] parts, String query, String body) throws IOException {
        String place = parts[1];
        if (!isThere(place) && !place.equals(DIRECT)) {
            return refused(404, 10_003);
        }
        if (parts[2].equals("thread-members")) {
            return nothing();
        }
        if (parts.length == 3) {
            return method.equals("POST") ? posted(place, body) : new Answer(200, page(place, query));
        }
        ObjectNode message = find(place, parts[3]);
        if (message == null) {
            return refused(404, 10_008);
        }
        if (parts.length == 4 && method.equals("PATCH")) {
            JsonNode change = json.readTree(body);
            message.set("components", change.path("components"));
            edit(place, parts[3], change.path("content").asText());
            return new Answer(200, message);
        }
        if (parts.length > 4 && parts[4].equals("threads")) {
            if (isThere(parts[3])) {
                return refused(400, 160_004);
            }
            thread(place, parts[3], json.readTree(body).path("name").asText(), 11);
            return new Answer(201, channelNow(parts[3]));
        }
        if (parts.length > 5 && parts[4].equals("reactions")) {
            String emoji = URLDecoder.decode(parts[5], StandardCharsets.UTF_8);
            if (method.equals("GET")) {
                return new Answer(200, whoReacted(parts[3], emoji));
            }
            reactions.add(emoji + " " + parts[3]);
            stand(message, BOT, emoji);
            return nothing();
        }
        return new Answer(200, message);
    }

    private Answer posted(String place, String body) throws IOException {
        boolean isMultipart = body.startsWith("--");
        JsonNode given = json.readTree(isMultipart ? body.substring(body.indexOf("\r\n\r\n{") + 4) : body);
        String nonce = given.path("nonce").asText();
        for (ObjectNode one : ofBot(place)) {
            boolean isRecent = Snowflake.time(one.path("id").asText())
                    .isAfter(clock.instant().minusSeconds(180));
            if (!nonce.isEmpty() && isRecent && one.path("nonce").asText().equals(nonce)) {
                return new Answer(200, one);
            }
        }
        if (given.path("content").asText().length() > 2_000) {
            return refused(400, 50_035);
        }
        if (isMultipart) {
            int file = body.indexOf("filename=");
            files.add(body.substring(body.indexOf("\r\n\r\n", file) + 4, body.lastIndexOf("\r\n--")));
        }
        ObjectNode message = message(place, BOT);
        message.setAll((ObjectNode) given);
        keep(message);
        happens("MESSAGE_CREATE", message);
        return new Answer(200, message);
    }

    private synchronized ArrayNode page(String place, String query) {
        int limit = Integer.parseInt(parameter(query, "limit", "50"));
        long before = Long.parseLong(parameter(query, "before", Long.toString(Long.MAX_VALUE)));
        ArrayNode page = json.createArrayNode();
        messages.getOrDefault(place, new TreeMap<>()).headMap(before, false).descendingMap().values().stream()
                .limit(limit)
                .forEach(message -> {
                    ObjectNode one = message.deepCopy();
                    one.remove("guild_id"); // only events have it
                    one.remove("member");
                    one.remove("nonce");
                    page.add(one);
                });
        return page;
    }

    private static String parameter(String query, String name, String otherwise) {
        for (String one : query.split("&")) {
            if (one.startsWith(name + "=")) {
                return one.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    Instant now() {
        return clock.instant();
    }
}
