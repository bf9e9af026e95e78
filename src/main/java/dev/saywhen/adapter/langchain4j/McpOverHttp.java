package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP on the thread that asks, as {@link CuttableHttp} is for models and for the same reason: LangChain4j's own
 * transport cannot be cut off, and holds whole answers of any length.
 *
 * <p>Nothing that a server asks or announces by itself is looked at: only the answer to the question is. Its stream has to
 * end with the answer.
 */
final class McpOverHttp implements McpTransport {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final McpSetting setting;
    private final CuttableHttp http;
    private @Nullable String session; // used by the thread that asks alone, as is the next
    private @Nullable String version;

    McpOverHttp(McpSetting setting, CuttableHttp http) {
        this.setting = setting;
        this.http = http;
    }

    /** What a server sent is no answer. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoAnswer(@Nullable Throwable why) {
            super("no answer to the question", why);
        }
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
            post(new McpInitializationNotification());
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
        post(note);
    }

    @Override
    public void executeOperationWithoutResponse(McpCallContext note) {
        executeOperationWithoutResponse(note.message());
    }

    private static CompletableFuture<JsonNode> done(java.util.function.Supplier<JsonNode> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private JsonNode answerTo(McpClientMessage question) {
        SuccessfulHttpResponse response = post(question);
        header(response, "mcp-session-id").ifPresent(id -> session = id);
        boolean isStream = header(response, "content-type").orElse("").startsWith("text/event-stream");
        return (isStream ? events(response.body()) : Stream.of(response.body()))
                .map(McpOverHttp::read)
                .filter(one -> one.path("id").isIntegralNumber()
                        && one.path("id").asLong() == question.getId()
                        && !one.has("method"))
                .findFirst()
                .orElseThrow(() -> new NoAnswer(null));
    }

    private static Stream<String> events(String stream) {
        return Stream.of(stream.split("\\r?\\n\\r?\\n"))
                .map(event -> event.lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .reduce("", (one, other) -> one + "\n" + other))
                .filter(data -> !data.isBlank());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new NoAnswer(unreadable);
        }
    }

    private SuccessfulHttpResponse post(McpClientMessage message) {
        try {
            return http.execute(request(HttpMethod.POST)
                    .addHeader("Content-Type", "application/json")
                    .addHeader("Accept", "application/json, text/event-stream")
                    .body(JSON.writeValueAsString(message))
                    .build());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private HttpRequest.Builder request(HttpMethod method) {
        HttpRequest.Builder request = HttpRequest.builder().method(method).url(setting.url());
        if (setting.token() != null) {
            request.addHeader("Authorization", "Bearer " + setting.token());
        }
        if (session != null) {
            request.addHeader("Mcp-Session-Id", session);
        }
        if (version != null && !version.isEmpty()) {
            request.addHeader("MCP-Protocol-Version", version);
        }
        return request;
    }

    private static Optional<String> header(SuccessfulHttpResponse response, String name) {
        return response.headers().entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(values -> !values.isEmpty())
                .map(List::getFirst)
                .findFirst();
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
                http.execute(request(HttpMethod.DELETE).build());
            } catch (RuntimeException kept) {
                session = null;
            }
        }
    }
}
