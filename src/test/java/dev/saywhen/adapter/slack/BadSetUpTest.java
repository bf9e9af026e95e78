package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** A set-up that cannot work is one clear line, and what is lost later is told and breaks nothing. */
final class BadSetUpTest {
    @Test
    void a_bot_token_that_slack_refuses_is_told() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("auth.test", "invalid_auth");
            SlackRefused refused = assertThrows(SlackRefused.class, () -> new Slack(setting(world), world.clock));
            assertEquals(
                    "Slack does not take auth.test: invalid_auth."
                            + " Copy the token anew from the app's page, see docs/slack.md.",
                    refused.getMessage());
            assertTrue(!refused.isAboutAppToken());
        }
    }

    @Test
    void an_app_token_that_slack_refuses_is_told_as_such() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("apps.connections.open", "not_allowed_token_type");
            Slack slack = new Slack(setting(world), world.clock);
            SlackRefused refused = assertThrows(SlackRefused.class, slack::look);
            assertTrue(refused.isAboutAppToken());
            assertEquals(
                    "Slack does not take apps.connections.open: not_allowed_token_type."
                            + " Bot tokens begin with xoxb-, app tokens with xapp-.",
                    refused.getMessage());
        }
    }

    @Test
    void a_scope_that_is_missing_is_named() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("users.conversations", "missing_scope");
            Slack slack = new Slack(setting(world), world.clock);
            assertTrue(assertThrows(SlackRefused.class, slack::look)
                    .getMessage()
                    .contains("The app lacks the scope users:read: paste bot-manifest.yml again"));
        }
    }

    @Test
    void every_scope_that_is_missing_is_named_before_anything_is_done() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.withdraw("im:history");
            world.slack.withdraw("reactions:write");
            Slack slack = new Slack(setting(world), world.clock);
            assertEquals(
                    "Slack does not take this token: missing_scope. The app lacks the scope im:history, reactions:write:"
                            + " paste bot-manifest.yml again and reinstall the app.",
                    assertThrows(SlackRefused.class, slack::look).getMessage());
        }
    }

    @Test
    void what_is_only_convenient_is_not_needed() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.withdraw("channels:join");
            world.slack.withdraw("assistant:write");
            new Slack(setting(world), world.clock).look();
        }
    }

    @Test
    void an_address_where_nobody_answers_is_told() throws Exception {
        SlackWorld world = new SlackWorld();
        world.close();
        assertTrue(assertThrows(UncheckedIOException.class, () -> new Slack(setting(world), world.clock))
                .getMessage()
                .startsWith("Slack could not be reached for auth.test"));
    }

    @Test
    void a_channel_that_the_bot_is_removed_from_or_that_is_archived_holds_its_run_and_is_told() throws Exception {
        for (String loss : List.of("channel_left", "channel_archive")) {
            try (SlackWorld world = new SlackWorld().listening();
                    Warnings warnings = new Warnings()) {
                String thread = world.planned();
                world.slack.lose(FakeSlack.CHANNEL, loss);
                world.core.awaitState(thread, "held PLAN");
                world.core.await(
                        "the loss",
                        () -> world.adapter.notHeard(List.of("inc-412")).equals(List.of("#orders-dev")));
                String why = loss.equals("channel_left")
                        ? "the bot was removed from the channel"
                        : "the channel was archived";
                world.core.await("a warning", () -> !warnings.lines().isEmpty());
                assertEquals(
                        List.of("Slack: #orders-dev is not heard any more: " + why + ". /invite the bot there again."),
                        warnings.lines());
                world.slack.invite(FakeSlack.CHANNEL, "new-channel");
                world.core.await(
                        "the channel again",
                        () -> !world.adapter.heard().isEmpty()
                                && world.adapter.heard().contains("new-channel"));
            }
        }
    }

    @Test
    void a_channel_in_which_nothing_can_be_said_is_lost_and_not_tried_again_and_again() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.slack.forget(FakeSlack.CHANNEL);
            world.say(thread, FakeSlack.ANA, "status");
            world.core.awaitState(thread, "held PLAN");
            world.core.await(
                    "a lost channel", () -> world.adapter.notHeard(List.of()).equals(List.of("#orders-dev")));
            long tried = posts(world);
            world.core.pass(Duration.ofSeconds(20));
            world.core.pass(Duration.ofSeconds(20));
            assertTrue(posts(world) <= tried + 2, "tried " + posts(world));
            assertEquals(List.of(), world.core.broken);
        }
    }

    private static long posts(SlackWorld world) {
        return world.slack.calls().stream().filter("chat.postMessage"::equals).count();
    }

    @Test
    void a_stop_that_is_typed_where_the_bot_is_not_holds_everything_and_makes_no_channel_lost() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.slack.envelope(
                    "slash_commands",
                    world.slack
                            .object()
                            .put("command", "/stop")
                            .put("channel_id", "C0ELSEWHERE")
                            .put("user_id", FakeSlack.MEI)
                            .put("team_id", FakeSlack.TEAM)
                            .put("trigger_id", "1.2.abc"));
            world.core.awaitState(thread, "held PLAN");
            world.awaitShown(thread, "STOPPED, CONFIRMED. 1 run held");
            assertEquals(List.of(), world.adapter.notHeard(List.of()));
            assertEquals(List.of(), world.core.broken);
        }
    }

    @Test
    void a_revoked_token_holds_everything() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.slack.event(world.slack.object().put("type", "tokens_revoked").put("event_ts", "1795510900.000001"));
            world.core.awaitState(thread, "held PLAN");
        }
    }

    @Test
    void a_workspace_that_opens_no_socket_for_a_while_is_tried_again() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("apps.connections.open", "internal_error");
            world.listeningByHttp();
            world.core.await(
                    "tries",
                    () -> world.slack.calls().stream()
                                    .filter("apps.connections.open"::equals)
                                    .count()
                            > 5);
            assertTrue(!world.adapter.isOpen());
            world.slack.refuse("apps.connections.open", "");
            world.core.await("two sockets", () -> world.slack.sockets().connected() == 2 && world.adapter.isOpen());
        }
    }

    /** What the log says of Slack meanwhile, for those who have to act. */
    private static final class Warnings extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger(Slack.class.getName());
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Warnings() {
            logger.addHandler(this);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    private static SlackSetting setting(SlackWorld world) {
        return new SlackSetting(
                "xoxb-1", Optional.of("xapp-1"), Optional.empty(), world.slack.apiUrl(), List.of(), "saywhen");
    }
}
