package dev.saywhen.boot;

import dev.saywhen.adapter.langchain4j.McpServers;
import dev.saywhen.adapter.langchain4j.McpSetting;
import dev.saywhen.boot.home.StartRefused;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** The MCP servers of the configuration. What is wrong stops the start with one line; a server that is away does not. */
final class ConfiguredServers {
    private static final Logger LOG = Logger.getLogger(ConfiguredServers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private ConfiguredServers() {}

    static List<McpSetting> settings(SaywhenConfig.Mcp config) {
        List<McpSetting> settings = new ArrayList<>();
        config.servers().forEach((name, server) -> settings.add(setting(name, server)));
        return settings;
    }

    /** Nobody would ever ask them. */
    static void refuseWithoutModel(SaywhenConfig.Mcp config) {
        if (!config.servers().isEmpty()) {
            throw new StartRefused("saywhen.mcp.servers names servers and there is no model to ask them: set"
                    + " saywhen.model.provider, or take them out.");
        }
    }

    /** One line for each, how it is found now. */
    static List<String> told(SaywhenConfig.Mcp config) {
        return settings(config).stream()
                .map(setting -> McpServers.state(setting, PATIENCE))
                .toList();
    }

    /** In the log, and without holding up the start. */
    static void tellWhatIsMissing(List<McpSetting> settings) {
        settings.forEach(setting -> Thread.ofVirtual()
                .name("look at " + setting.name())
                .start(() -> LOG.infof("mcp server found server=%s", McpServers.state(setting, PATIENCE))));
    }

    private static McpSetting setting(String name, SaywhenConfig.McpServer server) {
        String key = "saywhen.mcp.servers.\"" + name + "\"";
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new StartRefused(key + ": a server's name is of small letters, digits and hyphens.");
        }
        URI url = address(key, server.url());
        if (server.token().isPresent() && !"https".equals(url.getScheme()) && !OWN_MACHINE.contains(url.getHost())) {
            throw new StartRefused(key + ".token would be sent in the clear: use https://, or take the token out.");
        }
        if (server.reads().isEmpty() || server.reads().stream().anyMatch(String::isBlank)) {
            throw new StartRefused(key + ".reads names no tool: name those that only read.");
        }
        if (!server.timeout().isPositive()) {
            throw new StartRefused(key + ".timeout does not do: it is more than nothing.");
        }
        return new McpSetting(
                name,
                server.url(),
                Set.copyOf(server.reads()),
                server.token().isPresent() ? server.token().get() : null,
                server.timeout());
    }

    private static URI address(String key, String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException wrong) {
            // told below
        }
        throw new StartRefused(key + ".url is no address: it begins with http:// or https:// and holds no password.");
    }
}
