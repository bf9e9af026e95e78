package dev.saywhen.adapter.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import dev.saywhen.http.BoundedBody;
import dev.saywhen.http.CuttableExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's streamable HTTP, on the thread that asks, so that an interrupt closes the connection whatever it waits
 * for: LangChain4j's own transport cannot be cut off, and holds answers of any length.
 *
 * <p>Nothing that a server asks or announces by itself is looked at, and nothing is read after the answer to the question.
 */
final class StreamableHttp implements McpTransport {
    /** Bytes of all the answers of a session. */
    static final int LONGEST = 4 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final McpServer server;
    private final CuttableExchange http;
    private final Runnable look;
    private final AtomicInteger left = new AtomicInteger(LONGEST);
    private @Nullable String session; // used by the thread that asks alone, as is the next
    private @Nullable String version;

    /** @param look throws if nothing may be sent now */
    StreamableHttp(McpServer server, CuttableExchange http, Runnable look) {
        this.server = server;
        this.http = http;
        this.look = look;
    }

    @Override
    public void start(McpOperationHandler ignored) {
        // there is nothing that runs between questions
    }

    @Override
    public CompletableFuture<JsonNode> initialize(McpInitializeRequest greeting) {
        return done(() -> {
            JsonNode answer = answerTo(greeting);
            version = answer.path("result").path("protocolVersion").asText("");
            tell(new McpInitializationNotification());
            return answer;
        });
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage question) {
        return done(() -> answerTo(question));
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext question) {
        return executeOperationWithResponse(question.message());
    }

    @Override
    public void executeOperationWithoutResponse(McpClientMessage note) {
        tell(note);
    }

    @Override
    public void executeOperationWithoutResponse(McpCallContext note) {
        executeOperationWithoutResponse(note.message());
    }

    private static CompletableFuture<JsonNode> done(Supplier<JsonNode> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private JsonNode answerTo(McpClientMessage question) {
        HttpResponse<InputStream> response = post(question);
        response.headers().firstValue("mcp-session-id").ifPresent(id -> session = id);
        boolean isStream =
                response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        try (InputStream body = new BoundedBody(response.body(), left, Trouble.TooLong::new)) {
            return isStream
                    ? ofStream(body, question)
                    : checked(read(new String(body.readAllBytes(), StandardCharsets.UTF_8)), question);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static JsonNode checked(JsonNode answer, McpClientMessage question) {
        if (!isAnswer(answer, question)) {
            throw new Trouble.NoAnswer();
        }
        return answer;
    }

    /** Event by event; a blank line ends one. The connection is left as soon as the answer is there. */
    private static JsonNode ofStream(InputStream body, McpClientMessage question) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(line, "data:".length(), line.length()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                JsonNode event = read(data.toString());
                if (isAnswer(event, question)) {
                    return event;
                }
                data.setLength(0);
            }
        }
        throw new Trouble.NoAnswer();
    }

    private static boolean isAnswer(JsonNode message, McpClientMessage question) {
        JsonNode id = message.path("id");
        return id.isIntegralNumber() && id.asLong() == question.getId() && !message.has("method");
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new Trouble.NoAnswer();
        }
    }

    private void tell(McpClientMessage note) {
        try {
            post(note).body().close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpResponse<InputStream> post(McpClientMessage message) {
        String body;
        try {
            body = JSON.writeValueAsString(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return send(request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url()));
        if (server.token() != null) {
            request.header("Authorization", "Bearer " + server.token());
        }
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        if (version != null && !version.isEmpty()) {
            request.header("MCP-Protocol-Version", version);
        }
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        look.run();
        HttpResponse<InputStream> response = http.send(request);
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        try {
            response.body().close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        throw new Trouble.Status(response.statusCode());
    }

    @Override
    public void checkHealth() {
        // a question that is not answered says it
    }

    @Override
    public void onFailure(Runnable ignored) {
        // nobody connects again by itself
    }

    /** Ends the session; a server that does not know how keeps it, which is its own affair. */
    @Override
    public void close() {
        if (session != null && !Thread.currentThread().isInterrupted()) {
            try {
                send(request().timeout(FAREWELL).DELETE().build()).body().close();
            } catch (IOException | RuntimeException kept) {
                session = null;
            }
        }
    }
}
