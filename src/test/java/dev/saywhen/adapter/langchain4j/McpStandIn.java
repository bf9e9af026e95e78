package dev.saywhen.adapter.langchain4j;

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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small MCP server over streamable HTTP, as well behaved as a test wants it to be. */
final class McpStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> methods = new CopyOnWriteArrayList<>();
    final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    final List<@Nullable String> tokens = new CopyOnWriteArrayList<>();
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch left = new CountDownLatch(1);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile List<Map<String, Object>> tools = List.of(tool("find_issue", "Finds an issue.", Map.of()));
    private volatile Answer answer =
            arguments -> text("issue " + arguments.path("number").asInt() + ": rounding");
    private volatile boolean streams;

    /** What a call is answered with. */
    interface Answer {
        /** Null: nothing, until the other side goes. */
        @Nullable
        Object to(JsonNode arguments);
    }

    McpStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mcp", this::handle);
        server.start();
    }

    static Map<String, Object> tool(String name, String description, Map<String, Object> annotations) {
        return Map.of(
                "name", name,
                "description", description,
                "annotations", annotations,
                "inputSchema", Map.of("type", "object", "properties", Map.of("number", Map.of("type", "integer"))));
    }

    static Map<String, Object> text(String text) {
        return Map.of("content", List.of(Map.of("type", "text", "text", text)));
    }

    @SafeVarargs
    final void offers(Map<String, Object>... offered) {
        tools = List.of(offered);
    }

    void answers(Answer other) {
        answer = other;
    }

    void streams() {
        streams = true;
    }

    McpSetting setting(String... reads) {
        return setting(Duration.ofSeconds(20), reads);
    }

    McpSetting setting(Duration timeout, String... reads) {
        return new McpSetting(
                "tracker",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp",
                Set.of(reads),
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
            if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            Object result = switch (method) {
                case "initialize" ->
                    Map.of(
                            "protocolVersion",
                                    message.path("params")
                                            .path("protocolVersion")
                                            .asText(),
                            "capabilities", Map.of("tools", Map.of()),
                            "serverInfo", Map.of("name", "tracker", "version", "1"));
                case "tools/list" -> Map.of("tools", tools);
                case "tools/call" -> called(message.path("params"));
                default -> Map.of();
            };
            if (result == null) {
                hang(exchange);
            } else {
                send(exchange, Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result));
            }
        }
    }

    private @Nullable Object called(JsonNode parameters) {
        calls.add(parameters);
        asked.countDown();
        return answer.to(parameters.path("arguments"));
    }

    private void send(HttpExchange exchange, Map<String, Object> message) throws IOException {
        String written = JSON.writeValueAsString(message);
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}".formatted(message.get("id"));
        String body = streams ? "event: message\ndata: " + ping + "\n\ndata: " + written + "\n\n" : written;
        exchange.getResponseHeaders().add("Content-Type", streams ? "text/event-stream" : "application/json");
        exchange.getResponseHeaders().add("Mcp-Session-Id", "session-1");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** White space until it cannot be sent any more. */
    private void hang(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!threads.isShutdown()) {
                body.write(' ');
                body.flush();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (IOException gone) {
            left.countDown();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    List<String> askedFor() {
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
