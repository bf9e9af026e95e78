package dev.saywhen.adapter.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A small MCP server over streamable HTTP, as well behaved as a test wants it to be. */
public final class McpStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final List<String> methods = new CopyOnWriteArrayList<>();
    public final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    public final CountDownLatch called = new CountDownLatch(1);
    public final CountDownLatch left = new CountDownLatch(1);
    final List<@Nullable String> tokens = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile List<Map<String, Object>> tools = List.of(tool("find_issue", "Finds an issue.", Map.of()));
    private volatile Answer answer =
            arguments -> text("issue " + arguments.path("number").asInt() + ": rounding");
    private volatile Misbehaviour misbehaviour = (_, _) -> false;
    private volatile boolean streams;
    private volatile boolean endless;

    /** What a call is answered with. */
    public interface Answer {
        /** Null: nothing, until the other side goes. */
        @Nullable
        Object to(JsonNode arguments);
    }

    /** Something that is done instead of answering. */
    interface Misbehaviour {
        /** False where it is answered as usual. */
        boolean instead(String method, HttpExchange exchange) throws IOException;
    }

    public McpStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mcp", this::handle);
        server.start();
    }

    public static Map<String, Object> tool(String name, String description, Map<String, Object> annotations) {
        return Map.of(
                "name", name,
                "description", description,
                "annotations", annotations,
                "inputSchema", Map.of("type", "object", "properties", Map.of("number", Map.of("type", "integer"))));
    }

    public static Map<String, Object> text(String text) {
        return Map.of("content", List.of(Map.of("type", "text", "text", text)));
    }

    @SafeVarargs
    public final void offers(Map<String, Object>... offered) {
        tools = List.of(offered);
    }

    public void answers(Answer other) {
        answer = other;
    }

    /** Every call ends with an error of the protocol instead of a result. */
    void errs(int code, String message) {
        answer = _ -> new Failure(code, message);
    }

    private record Failure(int code, String message) {}

    void misbehaves(Misbehaviour other) {
        misbehaviour = other;
    }

    void streams() {
        streams = true;
    }

    /** There is always another page. */
    void listsForEver() {
        endless = true;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    /** This one as the operator would name it: find_issue reads, close_issue changes something. */
    public McpServer configured() {
        return configured(Duration.ofSeconds(20));
    }

    McpServer configured(Duration timeout) {
        return new McpServer(
                "tracker",
                url(),
                Set.of("find_issue"),
                Set.of("close_issue"),
                3,
                Set.of(),
                "token-of-the-tracker",
                timeout);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!exchange.getRequestMethod().equals("POST")) {
                methods.add(exchange.getRequestMethod());
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            JsonNode message = JSON.readTree(exchange.getRequestBody());
            String method = message.path("method").asText();
            methods.add(method);
            if (method.equals("tools/call")) {
                calls.add(message.path("params"));
                called.countDown();
            }
            if (misbehaviour.instead(method, exchange)) {
                return;
            }
            if (message.has("id")) {
                answer(exchange, message, method);
            } else {
                exchange.sendResponseHeaders(202, -1);
            }
        }
    }

    private void answer(HttpExchange exchange, JsonNode message, String method) throws IOException {
        Object result = switch (method) {
            case "initialize" ->
                Map.of(
                        "protocolVersion",
                        message.path("params").path("protocolVersion").asText(),
                        "capabilities",
                        Map.of("tools", Map.of()),
                        "serverInfo",
                        Map.of("name", "tracker", "version", "1"));
            case "tools/list" -> endless ? Map.of("tools", tools, "nextCursor", "more") : Map.of("tools", tools);
            case "tools/call" -> answer.to(message.path("params").path("arguments"));
            default -> Map.of();
        };
        if (result == null) {
            hang(exchange);
        } else if (result instanceof Failure) {
            send(exchange, Map.of("jsonrpc", "2.0", "id", message.get("id"), "error", result));
        } else {
            send(exchange, Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result));
        }
    }

    /** A stream goes on after the answer, as servers' streams may; whoever asked leaves then. */
    private void send(HttpExchange exchange, Map<String, Object> message) throws IOException {
        byte[] written = JSON.writeValueAsBytes(message);
        exchange.getResponseHeaders().add("Mcp-Session-Id", "session-1");
        if (!streams) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, written.length);
            exchange.getResponseBody().write(written);
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        String asksToo = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}\n\n"
                .formatted(message.get("id"));
        String event = asksToo + "data: " + new String(written, StandardCharsets.UTF_8) + "\n\n";
        exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        goOn(exchange, ":\n");
    }

    /** White space until it cannot be sent any more. */
    void hang(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        goOn(exchange, " ");
    }

    private void goOn(HttpExchange exchange, String more) {
        try (OutputStream body = exchange.getResponseBody()) {
            while (!threads.isShutdown()) {
                body.write(more.getBytes(StandardCharsets.UTF_8));
                body.flush();
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException gone) {
            left.countDown();
        }
    }

    /** The tools that were called, in order. */
    public List<String> calledTools() {
        List<String> names = new ArrayList<>();
        calls.forEach(call -> names.add(call.path("name").asText()));
        return names;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
