package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slack by its HTTP endpoint: signed, in time, and with the same outcome as by sockets. */
final class SlackByHttpTest {
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void a_run_is_planned_stopped_resumed_and_completed_by_signed_requests() throws Exception {
        try (SlackWorld world = byHttp()) {
            SlackEndpoint endpoint = new SlackEndpoint(Optional.of(world.adapter));
            world.slack.deliverTo(event -> assertEquals(200, event(world, endpoint, event)));
            String thread = world.planned();
            world.core.effects.whileCommandRuns(() -> world.say(thread, FakeSlack.MEI, "stop"));
            world.say(thread, FakeSlack.ANA, "yes");
            world.core.awaitState(thread, "held EXECUTE");
            world.say(thread, FakeSlack.ANA, "resume");
            world.core.awaitState(thread, "awaiting-authorization PLAN");
            world.say(thread, FakeSlack.BO, "proceed r2");
            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void a_request_that_is_not_slacks_or_old_is_turned_away() throws Exception {
        try (SlackWorld world = byHttp()) {
            SlackEndpoint endpoint = new SlackEndpoint(Optional.of(world.adapter));
            byte[] body = "{\"type\":\"url_verification\",\"challenge\":\"c1\"}".getBytes(StandardCharsets.UTF_8);
            String now = Long.toString(world.clock.instant().getEpochSecond());
            String signed = signature(world).of(now, body);

            Response answer = take(endpoint, now, signed, JSON, body);
            assertEquals(200, answer.getStatus());
            assertEquals("c1", answer.getEntity());
            assertEquals(
                    401,
                    take(endpoint, now, signed.replace('a', 'b'), JSON, body).getStatus());
            assertEquals(401, take(endpoint, null, signed, JSON, body).getStatus());
            assertEquals(401, take(endpoint, now, null, JSON, body).getStatus());
            assertEquals(401, take(endpoint, "x", signed, JSON, body).getStatus());
            body[0] = ' ';
            assertEquals(401, take(endpoint, now, signed, JSON, body).getStatus());
            body[0] = '{';
            world.clock.tick(Duration.ofSeconds(301));
            assertEquals(401, take(endpoint, now, signed, JSON, body).getStatus());
            assertEquals(
                    400,
                    take(endpoint, now(world), signature(world).of(now(world), new byte[] {'{'}), JSON, new byte[] {'{'
                            })
                            .getStatus());
        }
    }

    @Test
    void without_slack_there_is_no_such_place() {
        assertEquals(
                404,
                take(new SlackEndpoint(Optional.empty()), null, null, JSON, new byte[0])
                        .getStatus());
    }

    @Test
    void what_could_not_be_stored_is_to_come_again() throws Exception {
        try (SlackWorld world = byHttp()) {
            SlackEndpoint endpoint = new SlackEndpoint(Optional.of(world.adapter));
            int[] status = {0};
            world.slack.deliverTo(event -> status[0] = event(world, endpoint, event));
            world.core.power.cut();
            world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> a library", null);
            assertEquals(500, status[0]);
        }
    }

    @Test
    void the_command_and_the_button_hold_runs() throws Exception {
        try (SlackWorld world = byHttp()) {
            SlackEndpoint endpoint = new SlackEndpoint(Optional.of(world.adapter));
            world.slack.deliverTo(event -> event(world, endpoint, event));
            String one = world.planned();
            String two = world.planned();
            String head =
                    world.slack.ofBot(FakeSlack.CHANNEL).getLast().path("ts").asText();
            String payload = """
                    {"type":"block_actions","user":{"id":"U0MEIII","team_id":"T0TEAM"},
                     "container":{"channel_id":"C0ORDERS","message_ts":"%s","thread_ts":"%s"},
                     "actions":[{"action_id":"saywhen_stop"}]}""".formatted(head, two);
            assertEquals(
                    200,
                    post(world, endpoint, FORM, "payload=" + encoded(payload)).getStatus());
            assertEquals("held PLAN", world.core.await("held", () -> held(world, two)));
            assertEquals("awaiting-authorization PLAN", world.core.state(one));

            Response answer = post(
                    world,
                    endpoint,
                    FORM,
                    "command=%2Fstop&text=&channel_id=C0INC412&user_id=U0MEIII&team_id=T0TEAM&trigger_id=1.2.abc");
            assertEquals(
                    "{response_type=ephemeral, text=Heard. The receipt follows here and in the threads of the runs.}",
                    new java.util.TreeMap<>((java.util.Map<?, ?>) answer.getEntity()).toString());
            assertEquals("held PLAN", world.core.await("held", () -> held(world, one)));
            world.core.await(
                    "the receipt where it was called",
                    () -> world.slack.ofBot(FakeSlack.OTHER_CHANNEL).stream()
                            .anyMatch(message -> message.path("text").asText().startsWith("STOPPED, CONFIRMED.")));
        }
    }

    private static Optional<String> held(SlackWorld world, String thread) {
        return Optional.of(world.core.state(thread)).filter(state -> state.startsWith("held"));
    }

    private static SlackWorld byHttp() throws Exception {
        return new SlackWorld(Optional.empty(), Optional.of(SECRET)).listeningByHttp();
    }

    private static int event(SlackWorld world, SlackEndpoint endpoint, JsonNode event) {
        return post(world, endpoint, JSON, event.toString()).getStatus();
    }

    private static Response post(SlackWorld world, SlackEndpoint endpoint, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String now = now(world);
        return take(endpoint, now, signature(world).of(now, body), type, body);
    }

    private static Response take(
            SlackEndpoint endpoint, @Nullable String timestamp, @Nullable String signed, String type, byte[] body) {
        return endpoint.take(timestamp, signed, type, body).await().indefinitely();
    }

    private static String now(SlackWorld world) {
        return Long.toString(world.clock.instant().getEpochSecond());
    }

    private static Signature signature(SlackWorld world) {
        return new Signature(SECRET, world.clock);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
