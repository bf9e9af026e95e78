package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

    @POST
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response take(
            @HeaderParam("X-Slack-Request-Timestamp") @Nullable String timestamp,
            @HeaderParam("X-Slack-Signature") @Nullable String signed,
            @HeaderParam("Content-Type") @Nullable String type,
            byte[] body) {
        Ingress ingress = slack.map(Slack::ingress).orElse(null);
        if (signature == null) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        if (!signature.isValid(timestamp, signed, body)) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
        try {
            boolean isForm = type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED);
            JsonNode request = isForm ? null : json.readTree(body);
            if (request != null && request.path("type").asText().equals("url_verification")) {
                return Response.ok(request.path("challenge").asText(), MediaType.TEXT_PLAIN)
                        .build();
            }
            if (ingress == null) {
                return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
            }
            return request == null ? form(ingress, form(body)) : event(ingress, request);
        } catch (JsonProcessingException strange) {
            return Response.status(Response.Status.BAD_REQUEST).build();
        } catch (IOException broken) {
            return Response.status(Response.Status.BAD_REQUEST).build();
        }
    }

    private static Response event(Ingress ingress, JsonNode callback) {
        Runnable rest = ingress.hear(callback);
        try {
            rest.run();
        } catch (RuntimeException notStored) {
            LOG.warnf("Slack: an event was not stored and will come again (%s)", notStored);
            return Response.serverError().build();
        }
        return Response.ok().build();
    }

    private Response form(Ingress ingress, Map<String, String> form) throws JsonProcessingException {
        String payload = form.get("payload");
        if (payload != null) {
            ingress.interaction(json.readTree(payload));
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
