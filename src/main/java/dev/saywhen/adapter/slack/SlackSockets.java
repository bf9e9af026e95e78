package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.Slack;
import dev.saywhen.flow.RunLanes;
import dev.saywhen.flow.Unhurried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Socket Mode by two sockets that cover each other's gaps; Slack sends each event to one of them.
 *
 * <p>What arrives is heard on the thread that read it from the socket. Storing is done aside, in order per channel, and only
 * then acknowledged.
 */
final class SlackSockets implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlackSockets.class);
    private static final int SOCKETS = 2;

    private final Slack slack;
    private final String appToken;
    private final Ingress ingress;
    private final Executor executor;
    private final RunLanes lanes;
    private final Glance glance;
    private final Unhurried unhurried = new Unhurried(
            "slack-unhurried",
            broken -> LOG.errorf(
                    broken, "Slack: an event could not be taken in; it is not acknowledged and comes again"));
    private final ObjectMapper json = new ObjectMapper();
    private final List<SlackSocket> sockets = new CopyOnWriteArrayList<>();

    SlackSockets(Slack slack, String appToken, Ingress ingress, Executor executor) {
        this.slack = slack;
        this.appToken = appToken;
        this.ingress = ingress;
        this.glance = new Glance(ingress::mayHoldStopWord);
        this.executor = executor;
        this.lanes = new RunLanes(
                executor,
                (lane, broken) -> LOG.warnf("Slack: an event was not stored and will come again (%s)", broken));
    }

    /** Begins to connect, and keeps connected from then on. */
    void open() {
        for (int number = 1; number <= SOCKETS; number++) {
            sockets.add(new SlackSocket(slack, appToken, "socket-" + number, this::arrived));
        }
    }

    /** Whether one of them is connected as far as the connection itself can tell. */
    boolean isOpen() {
        return sockets.stream().anyMatch(SlackSocket::isOpen);
    }

    /** Connects anew, whatever the connections say of themselves. */
    void reopen() {
        sockets.forEach(SlackSocket::renew);
    }

    @Override
    public void close() {
        unhurried.close();
        sockets.forEach(SlackSocket::close);
    }

    private void arrived(SlackSocket.Connection connection, String frame) {
        if (unhurried.hasRoom(frame.length()) && glance.canWait(frame)) {
            unhurried.later(frame.length(), () -> read(connection, frame, Runnable::run));
        } else {
            read(connection, frame, unhurried::later);
        }
    }

    /** @param then does what follows on what was heard, in its order */
    private void read(SlackSocket.Connection connection, String frame, Consumer<Runnable> then) {
        JsonNode envelope;
        try {
            envelope = json.readTree(frame);
        } catch (JsonProcessingException strange) {
            LOG.warnf("Slack: a frame is no JSON length=%d", frame.length());
            return;
        }
        String id = envelope.path("envelope_id").asText();
        JsonNode payload = envelope.path("payload");
        switch (envelope.path("type").asText()) {
            case "events_api" -> {
                Ingress.Delivery delivery = ingress.read(payload);
                if (delivery.passes()) {
                    then.accept(() -> acknowledge(connection, id, null));
                    return;
                }
                Runnable rest = delivery.hear();
                String lane = payload.path("event").path("channel").asText("anywhere");
                then.accept(() -> lanes.submit(lane, () -> {
                    rest.run();
                    acknowledge(connection, id, null);
                }));
            }
            case "slash_commands" -> {
                Supplier<String> rest = ingress.command(form(payload));
                executor.execute(() -> acknowledge(connection, id, rest.get()));
            }
            case "interactive" -> {
                ingress.interaction(payload);
                acknowledge(connection, id, null);
            }
            case "disconnect" -> connection.leave();
            default -> LOG.debugf("Slack: %s", envelope.path("type").asText());
        }
    }

    private static Map<String, String> form(JsonNode payload) {
        Map<String, String> form = new HashMap<>();
        payload.properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        return form;
    }

    private void acknowledge(SlackSocket.Connection connection, String envelope, @Nullable String text) {
        List<String> parts = new ArrayList<>();
        parts.add("\"envelope_id\":" + json.valueToTree(envelope));
        if (text != null) {
            parts.add("\"payload\":{\"text\":" + json.valueToTree(text) + "}");
        }
        connection.send("{" + String.join(",", parts) + "}");
    }
}
