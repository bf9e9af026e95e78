package dev.saywhen.boot;

import dev.saywhen.adapter.mcp.McpServer;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ToolScope;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The MCP servers of the configuration. What is wrong stops the start with one line; none is spoken to. */
final class ConfiguredServers {
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<McpServer> servers = new ArrayList<>();
    private final Map<String, SaywhenConfig.Project> projects;

    ConfiguredServers(SaywhenConfig config) {
        this.projects = config.projects();
        config.mcp().servers().forEach((name, server) -> servers.add(server(name, server)));
        if (!servers.isEmpty() && config.model().provider().equalsIgnoreCase("none")) {
            throw new StartRefused("saywhen.mcp.servers names servers and there is no model to call them: set"
                    + " saywhen.model.provider, or take them out.");
        }
    }

    List<McpServer> all() {
        return servers;
    }

    /** What plans of a project may name. */
    List<ToolScope> tools(ProjectName project) {
        return servers.stream()
                .flatMap(server -> server.tools(project).stream())
                .toList();
    }

    private McpServer server(String name, SaywhenConfig.McpServer server) {
        String key = "saywhen.mcp.servers.\"" + name + "\"";
        URI url = address(key, server.url());
        if (server.token().isPresent() && !"https".equals(url.getScheme()) && !OWN_MACHINE.contains(url.getHost())) {
            throw new StartRefused(key + ".token would be sent in the clear: use https://, or take the token out.");
        }
        if (!server.timeout().isPositive()) {
            throw new StartRefused(key + ".timeout does not do: it is more than nothing.");
        }
        if (server.mostChanges() < 1) {
            throw new StartRefused(key + ".most-changes does not do: it is 1 or more.");
        }
        Set<String> reads = names(server.reads());
        Set<String> changes = names(server.changes());
        if (reads.isEmpty() && changes.isEmpty()) {
            throw new StartRefused(key + " names no tool: name those that only read in .reads, others in .changes.");
        }
        reads.stream().filter(changes::contains).findFirst().ifPresent(both -> {
            throw new StartRefused(key + ": " + both + " stands in .reads and in .changes. It is one or the other.");
        });
        @Nullable String token = server.token().isPresent() ? server.token().get() : null;
        McpServer one = new McpServer(
                name,
                server.url(),
                reads,
                changes,
                server.mostChanges(),
                projects(key, server),
                token,
                server.timeout());
        refuseWhatNoPlanCanName(key, one);
        return one;
    }

    private Set<ProjectName> projects(String key, SaywhenConfig.McpServer server) {
        Set<ProjectName> named = new LinkedHashSet<>();
        for (String project : names(server.projects())) {
            if (!projects.containsKey(project) && !(projects.isEmpty() && project.equals("demo"))) {
                throw new StartRefused(key + ".projects names " + project + ", and there is no such project.");
            }
            named.add(new ProjectName(project));
        }
        return named;
    }

    private static void refuseWhatNoPlanCanName(String key, McpServer server) {
        try {
            server.tools(server.projects().stream().findFirst().orElse(new ProjectName("demo")));
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(key + ": " + wrong.getMessage() + ".", wrong);
        }
    }

    private static Set<String> names(Optional<List<String>> names) {
        return new LinkedHashSet<>(names.orElse(List.of()));
    }

    private static URI address(String key, String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null // it is shown in plans and receipts, and often holds a key
                    && uri.getRawFragment() == null
                    && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException wrong) {
            // told below
        }
        throw new StartRefused(key
                + ".url is no address: it begins with http:// or https:// and holds no password, query or fragment.");
    }
}
