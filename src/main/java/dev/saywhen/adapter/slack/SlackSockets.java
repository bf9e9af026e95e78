package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.socket_mode.impl.SocketModeClientTyrusImpl;
import dev.saywhen.flow.RunLanes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.websocket.ClientEndpoint;
import org.jboss.logging.Logger;

/**
 * Socket Mode by two sockets that cover each other's gaps; Slack sends each event to one of them.
 *
 * <p>What arrives is heard on the thread that read it from the socket: the library's own queue hands on a message every
 * 10 ms and lets a STOP wait behind whatever came before. Storing is done aside, in order per channel, and only then
 * acknowledged.
 */
final class SlackSockets implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlackSockets.class);
    private static final int SOCKETS = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Slack slack;
    private final String appToken;
    private final Ingress ingress;
    private final Executor executor;
    private final RunLanes lanes;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final ObjectMapper json = new ObjectMapper();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean ending; // set by whoever ends the service, read by the threads that reconnect

    SlackSockets(Slack slack, String appToken, Ingress ingress, Executor executor) {
        this.slack = slack;
        this.appToken = appToken;
        this.ingress = ingress;
        this.executor = executor;
        this.lanes = new RunLanes(
                executor,
                (lane, broken) -> LOG.warnf("Slack: an event was not stored and will come again (%s)", broken));
    }

    /** Connects, and keeps connected from then on. Throws {@link SlackRefused} if Slack does not take the token. */
    void open() {
        for (int number = 1; number <= SOCKETS; number++) {
            Socket socket = new Socket(number);
            sockets.add(socket);
            Thread.ofPlatform().daemon().name("slack-socket-" + number).start(socket::keep);
        }
    }

    /** Whether one of them is connected as far as the connection itself can tell. */
    boolean isOpen() {
        return sockets.stream().anyMatch(Socket::isOpen);
    }

    /** Connects anew, whatever the connections say of themselves. */
    void reopen() {
        sockets.forEach(Socket::renew);
    }

    @Override
    public void close() {
        ending = true;
        acknowledgements.close();
        sockets.forEach(Socket::end);
    }

    private void arrived(Client client, String frame) {
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
                    acknowledgements.later(() -> client.acknowledge(id, null));
                    return;
                }
                Runnable rest = delivery.hear();
                lanes.submit(payload.path("event").path("channel").asText("anywhere"), () -> {
                    rest.run();
                    client.acknowledge(id, null);
                });
            }
            case "slash_commands" -> {
                Supplier<String> rest = ingress.command(form(payload));
                executor.execute(() -> client.acknowledge(id, rest.get()));
            }
            case "interactive" -> {
                ingress.interaction(payload);
                client.acknowledge(id, null);
            }
            default -> client.library(frame);
        }
    }

    private static Map<String, String> form(JsonNode payload) {
        Map<String, String> form = new HashMap<>();
        payload.properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        return form;
    }

    /** One connection that is renewed for as long as the service lives. */
    private final class Socket {
        private final int number;
        private volatile @org.jspecify.annotations.Nullable Client client; // replaced by the one thread that keeps it
        private volatile boolean renew; // asked for by anybody

        Socket(int number) {
            this.number = number;
        }

        boolean isOpen() {
            Client now = client;
            return now != null && now.verifyConnection();
        }

        void renew() {
            renew = true;
        }

        void keep() {
            Duration pause = FIRST_PAUSE;
            while (!ending) {
                try {
                    if (client == null || renew) {
                        renew = false;
                        connect();
                    } else if (!isOpen()) {
                        LOG.infof("Slack: socket %d is silent and is opened anew", number);
                        connect();
                    }
                    pause = FIRST_PAUSE;
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                } catch (IOException | RuntimeException | SlackApiException | URISyntaxException failed) {
                    if (!ending) {
                        LOG.warnf(
                                "Slack: socket %d cannot be opened, tried again in %d ms (%s)",
                                number, pause.toMillis(), failed.getMessage());
                        LockSupport.parkNanos(pause.toNanos());
                        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
                    }
                }
            }
        }

        private void connect() throws IOException, SlackApiException, URISyntaxException {
            Client fresh = new Client(slack, appToken);
            fresh.connect();
            Client old = client;
            client = fresh;
            if (old != null) {
                old.close();
            }
        }

        void end() {
            Client now = client;
            if (now != null) {
                try {
                    now.close();
                } catch (IOException gone) {
                    LOG.debugf("Slack: socket %d was closed already", number);
                }
            }
        }
    }

    /** Slack's client, but what arrives does not pass its queue. The annotation is not inherited. */
    @ClientEndpoint
    private final class Client extends SocketModeClientTyrusImpl {
        Client(Slack slack, String appToken) throws IOException, SlackApiException, URISyntaxException {
            super(slack, appToken);
        }

        @Override
        public void enqueueMessage(String message) {
            try {
                if (message.startsWith("{")) {
                    arrived(this, message);
                }
            } catch (RuntimeException broken) {
                LOG.errorf(broken, "Slack: an event could not be heard; it is not acknowledged and comes again");
            }
        }

        /** What the library looks after itself: hello and disconnect. */
        void library(String frame) {
            super.enqueueMessage(frame);
        }

        void acknowledge(String envelope, @org.jspecify.annotations.Nullable String text) {
            List<String> parts = new ArrayList<>();
            parts.add("\"envelope_id\":" + json.valueToTree(envelope));
            if (text != null) {
                parts.add("\"payload\":{\"text\":" + json.valueToTree(text) + "}");
            }
            sendWebSocketMessage("{" + String.join(",", parts) + "}");
        }
    }
}
