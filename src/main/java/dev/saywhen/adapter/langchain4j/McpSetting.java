package dev.saywhen.adapter.langchain4j;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server that the operator named.
 *
 * @param url where it speaks streamable HTTP
 * @param reads tools that only read, by the operator's word; there are no others
 * @param token sent as a bearer token; absent if the server wants none
 * @param timeout how long a question may take, the greeting included
 */
public record McpSetting(
        String name,
        String url,
        Set<String> reads,
        @Nullable String token,
        Duration timeout) {
    public McpSetting {
        reads = Set.copyOf(reads);
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return name + " at " + url;
    }
}
