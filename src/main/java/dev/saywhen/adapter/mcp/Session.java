package dev.saywhen.adapter.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.saywhen.http.CuttableExchange;
import java.util.List;
import java.util.Optional;

/** One session with a server, begun by the greeting and ended by closing it. Nothing of it runs between questions. */
final class Session implements AutoCloseable {
    private static final CuttableExchange HTTP = new CuttableExchange();

    private final McpClient client;

    /** @param look throws if nothing may be sent now; called before each request, the farewell included */
    Session(McpServer server, Runnable look) {
        this.client = new DefaultMcpClient.Builder()
                .transport(new StreamableHttp(server, HTTP, look))
                .key(server.name())
                .clientName("saywhen")
                .autoHealthCheck(false)
                .build();
    }

    /** Everything that the server offers now. */
    List<Definition> offered() {
        return client.listTools().stream().map(Definition::new).toList();
    }

    Optional<Definition> offered(String tool) {
        return offered().stream().filter(one -> one.said().name().equals(tool)).findFirst();
    }

    String call(String tool, String arguments) {
        return String.valueOf(client.executeTool(ToolExecutionRequest.builder()
                        .name(tool)
                        .arguments(arguments)
                        .build())
                .resultText());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (RuntimeException broken) {
            throw broken;
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
