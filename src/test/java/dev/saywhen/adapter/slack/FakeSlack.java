package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A workspace on this machine: the Web API by HTTP and Socket Mode by sockets of its own. It remembers what was said,
 * sends what happens to one of the sockets, and again what was not acknowledged when it is told to.
 */
public final class FakeSlack implements AutoCloseable {
    public static final String TEAM = "T0TEAM";
    public static final String BOT_USER = "U0SAYWHEN";
    static final String BOT = "B0SAYWHEN";
    public static final String CHANNEL = "C0ORDERS";
    public static final String OTHER_CHANNEL = "C0INC412";
    static final String DIRECT = "D0MEI";
    public static final String ANA = "U0ANAAA";
    public static final String BO = "U0BOBBB";
    public static final String MEI = "U0MEIII";

    private final ObjectMapper json = new ObjectMapper();
    private final InstantSource clock;
    private final HttpServer http;
    private final SocketServer sockets;
    private final Map<String, TreeMap<String, ObjectNode>> messages = new HashMap<>(); // guarded by this
    private final Map<String, ObjectNode> users = new ConcurrentHashMap<>();
    private final Map<String, String> channels = new LinkedHashMap<>(); // guarded by this
    private final Map<String, String> open = new LinkedHashMap<>(); // channels the bot is not in; guarded by this
    private final Set<String> shared = ConcurrentHashMap.newKeySet();
    private final Map<String, String> unacknowledged = new LinkedHashMap<>(); // guarded by itself
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> reactions = new CopyOnWriteArrayList<>();
    private final List<String> files = new CopyOnWriteArrayList<>();
    private final List<String> statuses = new CopyOnWriteArrayList<>();
    private final List<JsonNode> replies = new CopyOnWriteArrayList<>();
    private final AtomicInteger envelopes = new AtomicInteger();
    private volatile String scopes =
            String.join(",", SlackMethod.needed(true)) + ",assistant:write"; // taken away by a test
    private volatile Consumer<JsonNode> deliver; // replaced by a test that takes events by HTTP
    private long lastTs; // guarded by this

    public FakeSlack(InstantSource clock) throws IOException {
        this.clock = clock;
        this.sockets = new SocketServer(this::received);
        this.deliver = this::bySocket;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/", this::api);
        http.createContext("/upload/", this::upload);
        http.start();
        channels.put(CHANNEL, "orders-dev");
        channels.put(OTHER_CHANNEL, "inc-412");
        channels.put(DIRECT, DIRECT);
        for (String person : List.of(ANA, BO, MEI)) {
            user(person, _ -> {});
        }
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/api/";
    }

    SocketServer sockets() {
        return sockets;
    }

    /** Somebody of the workspace; {@code traits} may make a guest of him. */
    void user(String id, Consumer<ObjectNode> traits) {
        ObjectNode user = json.createObjectNode()
                .put("id", id)
                .put("team_id", TEAM)
                .put("name", id.substring(2).toLowerCase(java.util.Locale.ROOT))
                .put("deleted", false)
                .put("is_bot", false);
        user.putObject("profile").put("display_name", id.substring(2).toLowerCase(java.util.Locale.ROOT));
        traits.accept(user);
        users.put(id, user);
    }

    /** From now on events go there and to no socket. */
    public void deliverTo(Consumer<JsonNode> next) {
        deliver = next;
    }

    /** From now on this method answers {@code ok:false}; with an empty error it answers again. */
    public void refuse(String method, String error) {
        if (error.isEmpty()) {
            refusals.remove(method);
        } else {
            refusals.put(method, error);
        }
    }

    /** The next calls of this method get 429 with that many seconds to wait. */
    void busy(String method, int calls) {
        busy.put(method, calls);
    }

    /** The bot token is not granted this scope any more. */
    public void withdraw(String scope) {
        List<String> left = new ArrayList<>(List.of(scopes.split(",")));
        left.remove(scope);
        scopes = String.join(",", left);
    }

    /** Whether both of a service's connections are there; what happens before reaches nobody. */
    public boolean isConnected() {
        return sockets.connected() == 2;
    }

    /** Every call of a method, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    List<String> reactions() {
        return List.copyOf(reactions);
    }

    /** What was uploaded. */
    List<String> files() {
        return List.copyOf(files);
    }

    /** What the agent was said to be doing, as a thread and a status. */
    List<String> statuses() {
        return List.copyOf(statuses);
    }

    /** What slash commands were answered. */
    List<JsonNode> replies() {
        return List.copyOf(replies);
    }

    public int unacknowledged() {
        synchronized (unacknowledged) {
            return unacknowledged.size();
        }
    }

    /** Sends once more what was not acknowledged, as Slack does after a while. */
    void redeliver() {
        List<String> again;
        synchronized (unacknowledged) {
            again = List.copyOf(unacknowledged.values());
        }
        again.forEach(envelope -> sockets.send(envelopes.get(), envelope));
    }

    /** Somebody writes; returns the id. */
    public String post(String channel, String user, String text, @Nullable String thread) {
        return post(channel, user, text, thread, _ -> {});
    }

    String post(String channel, String user, String text, @Nullable String thread, Consumer<ObjectNode> traits) {
        ObjectNode message;
        synchronized (this) {
            message = said(channel, text, thread).put("user", user).put("team", TEAM);
            traits.accept(message);
        }
        event(inChannel(message, channel));
        return message.path("ts").asText();
    }

    public void edit(String channel, String ts, String text) {
        ObjectNode event = json.createObjectNode().put("type", "message").put("subtype", "message_changed");
        synchronized (this) {
            ObjectNode message = of(channel).get(ts);
            event.set("previous_message", message.deepCopy());
            String now = ts();
            message.put("text", text);
            message.putObject("edited")
                    .put("user", message.path("user").asText())
                    .put("ts", now);
            event.set("message", message.deepCopy());
            event.put("ts", now).put("event_ts", now);
        }
        event(inChannel(event, channel));
    }

    public void delete(String channel, String ts) {
        ObjectNode event = json.createObjectNode().put("type", "message").put("subtype", "message_deleted");
        synchronized (this) {
            String now = ts();
            event.set("previous_message", of(channel).remove(ts));
            event.put("deleted_ts", ts).put("ts", now).put("event_ts", now);
        }
        event(inChannel(event, channel));
    }

    public void react(String channel, String ts, String user, String name) {
        ObjectNode event = json.createObjectNode()
                .put("type", "reaction_added")
                .put("user", user)
                .put("reaction", name);
        synchronized (this) {
            ObjectNode message = of(channel).get(ts);
            event.put("item_user", message.path("user").asText()).put("event_ts", ts());
            message.withArray("/reactions")
                    .addObject()
                    .put("name", name)
                    .put("count", 1)
                    .putArray("users")
                    .add(user);
        }
        event.putObject("item").put("type", "message").put("channel", channel).put("ts", ts);
        event(event);
    }

    /** The bot is not in this channel any more, and nobody tells it. */
    synchronized void forget(String channel) {
        channels.remove(channel);
    }

    /** The bot is not in this channel any more, and is told so by an event of that type. */
    public void lose(String channel, String type) {
        String now;
        synchronized (this) {
            channels.remove(channel);
            now = ts();
        }
        event(json.createObjectNode().put("type", type).put("channel", channel).put("event_ts", now));
    }

    /** An open channel that the bot is not in; it is told of it if it was just made. */
    void openChannel(String channel, String name, boolean isNew) {
        synchronized (this) {
            open.put(channel, name);
        }
        if (isNew) {
            ObjectNode event = json.createObjectNode().put("type", "channel_created");
            event.putObject("channel").put("id", channel).put("name", name);
            event(event.put("event_ts", now()));
        }
    }

    private synchronized String now() {
        return ts();
    }

    /** From now on people of another organisation are in this channel too. */
    void share(String channel) {
        shared.add(channel);
        event(json.createObjectNode()
                .put("type", "channel_shared")
                .put("channel", channel)
                .put("connected_team_id", "T0OTHER")
                .put("event_ts", now()));
    }

    /** Somebody invites the bot to a channel. */
    void invite(String channel, String name) {
        String now;
        synchronized (this) {
            channels.put(channel, name);
            now = ts();
        }
        event(json.createObjectNode()
                .put("type", "member_joined_channel")
                .put("user", BOT_USER)
                .put("channel", channel)
                .put("event_ts", now));
    }

    /** Something that is no message. */
    void event(ObjectNode event) {
        deliver.accept(callback(event));
    }

    private ObjectNode callback(ObjectNode event) {
        ObjectNode callback = json.createObjectNode()
                .put("type", "event_callback")
                .put("team_id", TEAM)
                .put("event_id", "Ev" + envelopes.incrementAndGet())
                .put("event_time", clock.instant().getEpochSecond());
        callback.set("event", event);
        return callback;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    /** A frame of another kind than an event, to one of the sockets. */
    void envelope(String type, ObjectNode payload) {
        ObjectNode envelope = json.createObjectNode()
                .put("type", type)
                .put("envelope_id", "env-" + envelopes.incrementAndGet())
                .put("accepts_response_payload", true);
        envelope.set("payload", payload);
        sockets.send(envelopes.get(), envelope.toString());
    }

    /** Everything the bot said in a thread as it stands there now. */
    public synchronized List<String> shown(String channel, String thread) {
        return of(channel).values().stream()
                .filter(message -> message.path("user").asText().equals(BOT_USER))
                .filter(message -> message.path("thread_ts").asText().equals(thread))
                .map(message -> message.path("text").asText())
                .toList();
    }

    /** The messages of the bot's in a channel, oldest first. */
    synchronized List<ObjectNode> ofBot(String channel) {
        return of(channel).values().stream()
                .filter(message -> message.path("user").asText().equals(BOT_USER))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        sockets.close();
    }

    /** Sends an event to one of the sockets, in an envelope of its own. */
    void bySocket(JsonNode callback) {
        String frame = enveloped(callback);
        sockets.send(envelopes.get(), frame);
    }

    /** What somebody writes, as a frame that was not sent yet. */
    String frame(String channel, String user, String text, @Nullable String thread) {
        ObjectNode message;
        synchronized (this) {
            message = said(channel, text, thread).put("user", user).put("team", TEAM);
        }
        return enveloped(callback(inChannel(message, channel)));
    }

    /** What somebody wrote is not there any more, and nobody is told. */
    synchronized void unsay(String user) {
        messages.values()
                .forEach(channel -> channel.values()
                        .removeIf(message -> message.path("user").asText().equals(user)));
    }

    private String enveloped(JsonNode callback) {
        String id = "env-" + envelopes.incrementAndGet();
        ObjectNode envelope = json.createObjectNode().put("type", "events_api").put("envelope_id", id);
        envelope.set("payload", callback);
        synchronized (unacknowledged) {
            unacknowledged.put(id, envelope.toString());
        }
        return envelope.toString();
    }

    private void received(String frame) {
        try {
            JsonNode answer = json.readTree(frame);
            synchronized (unacknowledged) {
                unacknowledged.remove(answer.path("envelope_id").asText());
            }
            if (answer.has("payload")) {
                replies.add(answer.path("payload"));
            }
        } catch (IOException strange) {
            throw new IllegalStateException("no JSON came back: " + frame, strange);
        }
    }

    private TreeMap<String, ObjectNode> of(String channel) {
        return messages.computeIfAbsent(channel, _ -> new TreeMap<>());
    }

    private ObjectNode said(String channel, String text, @Nullable String thread) {
        String ts = ts();
        ObjectNode message = json.createObjectNode()
                .put("type", "message")
                .put("ts", ts)
                .put("event_ts", ts)
                .put("text", text);
        if (thread != null) {
            message.put("thread_ts", thread);
        }
        of(channel).put(ts, message);
        return message;
    }

    private ObjectNode inChannel(ObjectNode event, String channel) {
        return event.deepCopy().put("channel", channel).put("channel_type", channel.startsWith("D") ? "im" : "channel");
    }

    private synchronized String ts() {
        long micros = clock.instant().toEpochMilli() * 1_000;
        lastTs = Math.max(micros, lastTs + 1);
        return "%d.%06d".formatted(lastTs / 1_000_000, lastTs % 1_000_000);
    }

    private void upload(HttpExchange exchange) throws IOException {
        files.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void api(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring("/api/".length());
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(method);
        if (busy.merge(method, -1, Integer::sum) >= 0) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
            return;
        }
        boolean isElsewhere = method.equals("chat.postMessage") && !isIn(form.get("channel"));
        ObjectNode answer = Optional.ofNullable(isElsewhere ? "not_in_channel" : refusals.get(method))
                .map(error -> json.createObjectNode()
                        .put("ok", false)
                        .put("error", error)
                        .put("needed", "users:read"))
                .orElseGet(() -> answer(method, form).put("ok", true));
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("X-OAuth-Scopes", scopes);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ObjectNode answer(String method, Map<String, String> form) {
        ObjectNode answer = json.createObjectNode();
        switch (method) {
            case "auth.test" ->
                answer.put("team_id", TEAM).put("user_id", BOT_USER).put("bot_id", BOT);
            case "apps.connections.open" -> answer.put("url", sockets.address());
            case "chat.postMessage" -> posted(answer, form);
            case "chat.update" -> updated(answer, form);
            case "reactions.add" -> reactions.add(form.get("name") + " " + form.get("timestamp"));
            case "agents.sessions.setStatus" -> statuses.add(form.get("thread_ts") + " " + form.get("status"));
            case "files.getUploadURLExternal" ->
                answer.put("upload_url", apiUrl().replace("/api/", "/upload/")).put("file_id", "F0PLAN");
            case "files.completeUploadExternal" -> {}
            case "users.info" -> answer.set("user", users.get(form.get("user")));
            case "users.conversations" -> channels(answer);
            case "conversations.info" -> answer.set("channel", conversation(form.get("channel")));
            case "conversations.list" -> openChannels(answer);
            case "conversations.join" -> answer.set("channel", joined(form.get("channel")));
            case "conversations.history" -> history(answer, form, false);
            case "conversations.replies" -> history(answer, form, true);
            default -> throw new IllegalArgumentException("the stand-in does not know " + method);
        }
        return answer;
    }

    private ObjectNode conversation(String channel) {
        return json.createObjectNode()
                .put("id", channel)
                .put("name", nameOf(channel))
                .put("is_ext_shared", shared.contains(channel));
    }

    private synchronized void openChannels(ObjectNode answer) {
        var list = answer.putArray("channels");
        open.forEach(
                (id, name) -> list.addObject().put("id", id).put("name", name).put("is_member", false));
        channels.forEach(
                (id, name) -> list.addObject().put("id", id).put("name", name).put("is_member", true));
    }

    private ObjectNode joined(String channel) {
        synchronized (this) {
            channels.put(channel, String.valueOf(open.remove(channel)));
        }
        return conversation(channel);
    }

    private synchronized String nameOf(String channel) {
        return channels.getOrDefault(channel, "new-channel");
    }

    private synchronized boolean isIn(String channel) {
        return channels.containsKey(channel);
    }

    private void posted(ObjectNode answer, Map<String, String> form) {
        ObjectNode message;
        String channel = form.get("channel");
        synchronized (this) {
            message = said(channel, form.get("text"), form.get("thread_ts"))
                    .put("user", BOT_USER)
                    .put("bot_id", BOT);
            message.set("blocks", tree(form.getOrDefault("blocks", "[]")));
            message.set("metadata", tree(form.getOrDefault("metadata", "{}")));
        }
        answer.put("ts", message.path("ts").asText()).put("channel", channel);
        event(inChannel(message, channel));
    }

    private void updated(ObjectNode answer, Map<String, String> form) {
        answer.put("ts", form.get("ts")).put("channel", form.get("channel"));
        edit(form.get("channel"), form.get("ts"), form.get("text"));
    }

    private synchronized void channels(ObjectNode answer) {
        var list = answer.putArray("channels");
        channels.forEach((id, name) -> list.addObject()
                .put("id", id)
                .put("name", name)
                .put("is_im", id.startsWith("D"))
                .put("is_ext_shared", shared.contains(id))
                .put("is_member", true));
    }

    private synchronized void history(ObjectNode answer, Map<String, String> form, boolean replies) {
        String oldest = form.getOrDefault("oldest", "0");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode message : of(form.get("channel")).values()) {
            String thread = message.path("thread_ts").asText(message.path("ts").asText());
            boolean isReply = !thread.equals(message.path("ts").asText());
            boolean wanted = replies ? thread.equals(form.get("ts")) : !isReply;
            if (wanted && message.path("ts").asText().compareTo(oldest) > 0) {
                ObjectNode copy = message.deepCopy();
                newestReply(form.get("channel"), message.path("ts").asText())
                        .ifPresent(ts -> copy.put("latest_reply", ts));
                found.add(copy);
            }
        }
        var list = answer.putArray("messages");
        (replies ? found : found.reversed()).forEach(list::add);
        answer.put("has_more", false);
    }

    private Optional<String> newestReply(String channel, String root) {
        return of(channel).values().stream()
                .filter(message -> message.path("thread_ts").asText().equals(root))
                .map(message -> message.path("ts").asText())
                .max(java.util.Comparator.naturalOrder());
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (IOException strange) {
            throw new IllegalArgumentException("no JSON was sent: " + text, strange);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
