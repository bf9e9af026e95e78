package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.adapter.discord.FakeDiscord;
import dev.saywhen.adapter.slack.FakeSlack;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the doctor says of a project's channels where several chats are configured: one that has a channel is enough. */
class DoctorOfChatsTest {
    @Test
    void a_channel_that_one_chat_has_is_missing_in_none() throws Exception {
        try (FakeSlack slack = new FakeSlack(InstantSource.system());
                FakeDiscord discord = new FakeDiscord(InstantSource.system())) {
            slack.lose(FakeSlack.CHANNEL, "channel_archive");
            assertEquals(
                    List.of(
                            "ok       slack     team T0TEAM, the bot is in #inc-412",
                            "note     slack     the bot is not in #orders-dev; Discord has it",
                            "note     slack     the bot is not in #tasks; Discord has it",
                            "ok       discord   1 server(s), hears #inc-412, #orders-dev, #tasks"),
                    told(settings(slack, discord, "orders-dev,tasks")));
        }
    }

    @Test
    void a_channel_that_only_slack_has_is_no_fault_of_discord() throws Exception {
        try (FakeSlack slack = new FakeSlack(InstantSource.system());
                FakeDiscord discord = new FakeDiscord(InstantSource.system())) {
            assertEquals(
                    List.of(
                            "ok       slack     team T0TEAM, the bot is in #inc-412, #orders-dev",
                            "ok       discord   1 server(s), hears #inc-412, #orders-dev, #tasks",
                            "note     discord   no server of the bot's has #C0ORDERS; Slack has it"),
                    told(settings(slack, discord, "C0ORDERS")));
        }
    }

    @Test
    void a_channel_that_no_chat_has_is_missing_and_of_a_chat_that_cannot_be_asked_nothing_is_known() throws Exception {
        try (FakeSlack slack = new FakeSlack(InstantSource.system());
                FakeDiscord discord = new FakeDiscord(InstantSource.system())) {
            Map<String, String> settings = settings(slack, discord, "nowhere");
            assertEquals(
                    List.of(
                            "MISSING  slack     team T0TEAM, the bot is in #inc-412, #orders-dev; NOT in [#nowhere]:"
                                    + " /invite it there",
                            "ok       discord   1 server(s), hears #inc-412, #orders-dev, #tasks",
                            "MISSING  discord   #nowhere is in no server of the bot's: make it, or invite the bot there"),
                    told(settings));
            slack.refuse("auth.test", "account_inactive");
            assertEquals(
                    List.of(
                            "MISSING  slack     saywhen.slack.bot-token: Slack does not take auth.test: account_inactive."
                                    + " Copy the token anew from the app's page, see docs/slack.md.",
                            "ok       discord   1 server(s), hears #inc-412, #orders-dev, #tasks",
                            "note     discord   no server of the bot's has #nowhere; whether Slack has it is not known"),
                    told(settings));
        }
    }

    private static Map<String, String> settings(FakeSlack slack, FakeDiscord discord, String channels) {
        Map<String, String> settings = new HashMap<>();
        settings.put("saywhen.slack.bot-token", "xoxb-1");
        settings.put("saywhen.slack.app-token", "xapp-1");
        settings.put("saywhen.slack.api-url", slack.apiUrl());
        settings.put("saywhen.discord.token", "a-token");
        settings.put("saywhen.discord.api-url", discord.apiUrl());
        settings.put("saywhen.discord.gateway-url", discord.gatewayUrl());
        settings.put("saywhen.projects.\"orders\".repository", "orders");
        settings.put("saywhen.projects.\"orders\".channels", channels);
        return settings;
    }

    private static List<String> told(Map<String, String> settings) {
        SaywhenConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SaywhenConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(SaywhenConfig.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Doctor(new PrintStream(out, true, StandardCharsets.UTF_8)).chats(config);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
