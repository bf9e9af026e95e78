package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifest asks for what the code needs and for nothing more. */
final class ManifestTest {
    private static final Path SCHEMA = Path.of("../shared/data/slack-manifest.schema.2.0.0.json");

    /** The scopes that Slack asks for before it sends an event; see the pages of these events at api.slack.com/events. */
    private static final Map<String, Set<String>> SCOPES_OF_EVENTS = Map.ofEntries(
            Map.entry("agent_session_stopped", Set.of("assistant:write")),
            Map.entry("app_mention", Set.of("app_mentions:read")),
            Map.entry("app_uninstalled", Set.of()),
            Map.entry("channel_archive", Set.of("channels:read")),
            Map.entry("channel_created", Set.of("channels:read")),
            Map.entry("channel_deleted", Set.of("channels:read")),
            Map.entry("channel_left", Set.of("channels:read")),
            Map.entry("channel_rename", Set.of("channels:read")),
            Map.entry("channel_shared", Set.of("channels:read")),
            Map.entry("channel_unshared", Set.of("channels:read")),
            Map.entry("group_archive", Set.of("groups:read")),
            Map.entry("group_deleted", Set.of("groups:read")),
            Map.entry("group_left", Set.of("groups:read")),
            Map.entry("group_rename", Set.of("groups:read")),
            Map.entry("member_joined_channel", Set.of("channels:read", "groups:read")),
            Map.entry("message.channels", Set.of("channels:history")),
            Map.entry("message.groups", Set.of("groups:history")),
            Map.entry("message.im", Set.of("im:history")),
            Map.entry("message.mpim", Set.of("mpim:history")),
            Map.entry("reaction_added", Set.of("reactions:read")),
            Map.entry("tokens_revoked", Set.of()),
            Map.entry("user_change", Set.of("users:read")));

    private final JsonNode manifest;

    ManifestTest() throws IOException {
        Object tree = new Yaml().load(Files.readString(Path.of("bot-manifest.yml")));
        manifest = new ObjectMapper().valueToTree(tree);
    }

    @Test
    void every_event_that_is_handled_is_subscribed_and_no_other() {
        assertEquals(
                new TreeSet<>(Translation.EVENTS),
                new TreeSet<>(strings(manifest.at("/settings/event_subscriptions/bot_events"))));
    }

    @Test
    void every_scope_that_is_needed_is_asked_for_and_no_other() {
        Set<String> needed = new TreeSet<>(Set.of("commands"));
        for (SlackMethod method : SlackMethod.values()) {
            needed.addAll(method.scopes());
        }
        Translation.EVENTS.forEach(event -> needed.addAll(SCOPES_OF_EVENTS.get(event)));
        assertEquals(needed, new TreeSet<>(strings(manifest.at("/oauth_config/scopes/bot"))));
    }

    @Test
    void both_commands_are_there_and_people_can_write_to_the_bot() {
        List<String> commands = new ArrayList<>();
        manifest.at("/features/slash_commands")
                .forEach(one -> commands.add(one.path("command").asText()));
        assertEquals(List.of("/stop", "/saywhen"), commands);
        assertTrue(manifest.at("/features/app_home/messages_tab_enabled").asBoolean());
        assertEquals(
                "false",
                manifest.at("/features/app_home/messages_tab_read_only_enabled").asText());
        assertTrue(manifest.at("/settings/interactivity/is_enabled").asBoolean());
        assertTrue(manifest.at("/settings/socket_mode_enabled").asBoolean());
    }

    @Test
    void it_keeps_to_slacks_schema_where_that_is_at_hand() throws IOException {
        if (Files.exists(SCHEMA)) {
            JsonNode schema = new ObjectMapper().readTree(SCHEMA.toFile());
            assertEquals(List.of(), Schema.faults(manifest, schema));
        }
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(one -> strings.add(one.asText()));
        return strings;
    }

    /** The part of JSON Schema that Slack's schema of manifests uses. */
    private record Schema(JsonNode root, List<String> faults) {
        static List<String> faults(JsonNode value, JsonNode root) {
            Schema schema = new Schema(root, new ArrayList<>());
            schema.look(value, root, "");
            return schema.faults();
        }

        private void look(JsonNode value, JsonNode given, String at) {
            JsonNode rule = given;
            while (rule.has("$ref")) {
                rule = root.at(rule.path("$ref").asText().substring(1));
            }
            type(value, rule.path("type").asText(), at);
            text(value, rule, at);
            JsonNode properties = rule.path("properties");
            for (JsonNode name : rule.path("required")) {
                check(value.has(name.asText()), at + " lacks " + name.asText());
            }
            for (var field : value.properties()) {
                String inner = at + "/" + field.getKey();
                if (properties.has(field.getKey())) {
                    look(field.getValue(), properties.path(field.getKey()), inner);
                } else {
                    check(rule.path("additionalProperties").asBoolean(true), inner + " is not known");
                }
            }
            if (value.isArray()) {
                check(value.size() <= rule.path("maxItems").asInt(Integer.MAX_VALUE), at + " has too many");
                for (JsonNode item : value) {
                    look(item, rule.path("items"), at + "[]");
                }
            }
        }

        private void type(JsonNode value, String type, String at) {
            boolean fits = switch (type) {
                case "object" -> value.isObject();
                case "array" -> value.isArray();
                case "string" -> value.isTextual();
                case "boolean" -> value.isBoolean();
                case "integer", "number" -> value.isNumber();
                default -> true;
            };
            check(fits, at + " is no " + type);
        }

        private void text(JsonNode value, JsonNode rule, String at) {
            if (value.isTextual()) {
                int length = value.asText().length();
                check(length <= rule.path("maxLength").asInt(Integer.MAX_VALUE), at + " is too long");
                check(length >= rule.path("minLength").asInt(0), at + " is too short");
                JsonNode one = rule.path("enum");
                check(one.isMissingNode() || strings(one).contains(value.asText()), at + " is none of " + one);
            }
        }

        private void check(boolean holds, String fault) {
            if (!holds) {
                faults.add(fault);
            }
        }
    }
}
