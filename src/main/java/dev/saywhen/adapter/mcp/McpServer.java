package dev.saywhen.adapter.mcp;

import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ToolScope;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server that the operator named, and what may be called there.
 *
 * @param url where it speaks streamable HTTP
 * @param reads its tools that only read, by the operator's word
 * @param changes its tools that change something; what stands in neither cannot be called
 * @param most how many calls of one of them a plan may name
 * @param projects whose plans may name it; empty for all
 * @param token sent as a bearer token; absent if the server wants none
 * @param timeout how long a call may take, the greeting included
 */
public record McpServer(
        String name,
        String url,
        Set<String> reads,
        Set<String> changes,
        int most,
        Set<ProjectName> projects,
        @Nullable String token,
        Duration timeout) {
    public McpServer {
        reads = new LinkedHashSet<>(reads);
        changes = new LinkedHashSet<>(changes);
        projects = Set.copyOf(projects);
    }

    /** What plans of a project may name, each with the most calls of it. */
    public List<ToolScope> tools(ProjectName project) {
        if (!projects.isEmpty() && !projects.contains(project)) {
            return List.of();
        }
        return Stream.concat(
                        reads.stream().map(tool -> new ToolScope(name, url, tool, true)),
                        changes.stream().map(tool -> new ToolScope(name, url, tool, false, most)))
                .toList();
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return name + " at " + url;
    }
}
