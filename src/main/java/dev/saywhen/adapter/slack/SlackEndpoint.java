package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.http.PromptThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where Slack sends events, slash commands and buttons by HTTP. The signature comes first, over the body as it came. */
@Path("/slack/events")
@Singleton
public final class SlackEndpoint {
    private static final Logger LOG = Logger.getLogger(SlackEndpoint.class);

    private final Optional<Slack> slack;
    private final @Nullable Signature signature;
    private final ObjectMapper json = new ObjectMapper();

    SlackEndpoint(Optional<Slack> slack) {
        this.slack = slack;
        this.signature = slack.map(Slack::signature).orElse(null);
    }

    /**
     * Heard on the thread that read it from the network, which answers talk that concerns nobody here. What is stored has a
     * thread of its own, as that may take a while.
     */
    @POST
    @Operation(hidden = true)
    public Uni<Response> take(
            @HeaderParam("X-Slack-Request-Timestamp") @Nullable String timestamp,
            @HeaderParam("X-Slack-Signature") @Nullable String signed,
            @HeaderParam("Content-Type") @Nullable String type,
            byte[] body) {
        Ingress ingress = slack.map(Slack::ingress).orElse(null);
        if (signature == null) {
            return status(Response.Status.NOT_FOUND);
        }
        if (!signature.isValid(timestamp, signed, body)) {
            return status(Response.Status.UNAUTHORIZED);
        }
        try {
            boolean isForm = type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED);
            JsonNode request = isForm ? null : json.readTree(body);
            if (request != null && request.path("type").asText().equals("url_verification")) {
                return Uni.createFrom()
                        .item(Response.ok(request.path("challenge").asText(), MediaType.TEXT_PLAIN)
                                .build());
            }
            if (ingress == null) {
                return status(Response.Status.SERVICE_UNAVAILABLE);
            }
            return request == null ? form(ingress, body) : event(ingress, request);
        } catch (IOException strange) {
            return status(Response.Status.BAD_REQUEST);
        }
    }

    private static Uni<Response> status(Response.Status status) {
        return Uni.createFrom().item(Response.status(status).build());
    }

    private static Uni<Response> aside(Supplier<Response> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(task -> Thread.ofVirtual().start(task));
    }

    private static Uni<Response> event(Ingress ingress, JsonNode callback) {
        Ingress.Delivery delivery = ingress.read(callback);
        if (delivery.passes()) {
            return status(Response.Status.OK);
        }
        Runnable rest = delivery.hear();
        return aside(() -> stored(rest));
    }

    private static Response stored(Runnable rest) {
        try {
            rest.run();
        } catch (RuntimeException notStored) {
            LOG.warnf("Slack: an event was not stored and will come again (%s)", notStored);
            return Response.serverError().build();
        }
        return Response.ok().build();
    }

    /** A command or a button may be a STOP. */
    private Uni<Response> form(Ingress ingress, byte[] body) {
        return Uni.createFrom().item(() -> form(ingress, form(body))).runSubscriptionOn(PromptThreads.all());
    }

    private Response form(Ingress ingress, Map<String, String> form) {
        String payload = form.get("payload");
        if (payload != null) {
            try {
                ingress.interaction(json.readTree(payload));
            } catch (JsonProcessingException strange) {
                return Response.status(Response.Status.BAD_REQUEST).build();
            }
            return Response.ok().build();
        }
        return Response.ok(
                        Map.of(
                                "response_type",
                                "ephemeral",
                                "text",
                                ingress.command(form).get()),
                        MediaType.APPLICATION_JSON)
                .build();
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
