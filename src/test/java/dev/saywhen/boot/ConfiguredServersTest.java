package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ToolScope;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfiguredServersTest {
    private static final String KEY = "saywhen.mcp.servers.\"tracker\"";
    private static final String URL = "https://tracker.example.org/mcp";

    @Test
    void plans_may_name_what_the_operator_declared_where_it_was_declared_for() {
        ConfiguredServers servers = configured(Map.of(
                KEY + ".url", URL,
                KEY + ".reads", "find_issue,list_comments",
                KEY + ".changes", "close_issue",
                KEY + ".projects", "shop",
                KEY + ".token", "a-token"));
        assertEquals(
                List.of(
                        new ToolScope("tracker", URL, "find_issue", true),
                        new ToolScope("tracker", URL, "list_comments", true),
                        new ToolScope("tracker", URL, "close_issue", false, 5)),
                servers.tools(new ProjectName("shop")));
        assertEquals(List.of(), servers.tools(new ProjectName("till")));
        assertFalse(servers.all().getFirst().toString().contains("a-token"));
        assertEquals(List.of(), configured(Map.of()).all());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .url=ftp://x                          | .url is no address: it begins with http:// or https:// and holds no password, query or fragment.
            .url=https://me:secret@x/mcp          | .url is no address: it begins with http:// or https:// and holds no password, query or fragment.
            .url=https://x/mcp?key=secret         | .url is no address: it begins with http:// or https:// and holds no password, query or fragment.
            .url=http://tracker/mcp;.token=abc    | .token would be sent in the clear: use https://, or take the token out.
            .reads=                               | names no tool: name those that only read in .reads, others in .changes.
            .changes=find_issue                   | : find_issue stands in .reads and in .changes. It is one or the other.
            .reads=find issue                     | : a tool's name is of letters, digits and _ . / -: find issue.
            .timeout=0s                           | .timeout does not do: it is more than nothing.
            .most-changes=0                       | .most-changes does not do: it is 1 or more.
            .projects=tills                       | .projects names tills, and there is no such project.
            """)
    void what_is_wrong_is_told_in_a_line(String changes, String told) {
        Map<String, String> settings = new HashMap<>(Map.of(KEY + ".url", URL, KEY + ".reads", "find_issue"));
        for (String change : changes.split(";")) {
            String[] sides = change.split("=", 2);
            settings.put(KEY + sides[0], sides[1]);
        }
        StartRefused refused = assertThrows(StartRefused.class, () -> configured(settings));
        assertEquals(
                told.startsWith(".") || told.startsWith(":") ? KEY + told : KEY + " " + told, refused.getMessage());
    }

    @Test
    void without_a_model_there_is_nobody_to_call_them() {
        StartRefused refused = assertThrows(
                StartRefused.class,
                () -> configured(
                        Map.of(KEY + ".url", URL, KEY + ".reads", "find_issue", "saywhen.model.provider", "none")));
        assertEquals(
                "saywhen.mcp.servers names servers and there is no model to call them: set saywhen.model.provider, or"
                        + " take them out.",
                refused.getMessage());
    }

    private static ConfiguredServers configured(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "saywhen.model.provider",
                "ollama",
                "saywhen.projects.\"shop\".repository",
                "/shop",
                "saywhen.projects.\"till\".repository",
                "/till"));
        all.putAll(settings);
        return new ConfiguredServers(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(SaywhenConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(SaywhenConfig.class));
    }
}
