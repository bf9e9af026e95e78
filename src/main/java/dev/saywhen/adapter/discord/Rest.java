package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.ChatGateway.Busy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Discord's REST interface: every answer that is no yes is an exception, and a limit is {@link Busy}, so that whoever
 * sends may say something else meanwhile.
 */
final class Rest {
    /** Ends what a call is called that brings one. */
    static final String WITH_A_FILE = " with a file";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final long LONGEST_MILLIS = 3_600_000;
    private static final int TOO_MANY = 429;
    private static final String EVERYTHING = ""; // a limit that all calls share
    private static final String MULTIPART = "multipart/form-data; boundary=";
    private static final String BOUNDARY = "saywhen-part-of-a-message";

    /** What limits are counted by: the first id of a path is a resource of its own, ids behind it are not. */
    private static final Pattern MINOR = Pattern.compile("(?<=[a-z@-]/)(\\d+)(?=/|$|\\?)");

    private final String apiUrl;
    private final String token;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Instant> closedUntil = new ConcurrentHashMap<>(); // by what limits are counted by

    Rest(DiscordSetting setting, InstantSource clock) {
        this.apiUrl = setting.apiUrl();
        this.token = setting.token();
        this.clock = clock;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    JsonNode get(String path) {
        return call("GET", path, null, BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    JsonNode put(String path) {
        return call("PUT", path, null, BodyPublishers.noBody());
    }

    JsonNode put(String path, JsonNode body) {
        return call("PUT", path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    JsonNode patch(String path, JsonNode body) {
        return call("PATCH", path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    /** A message with a file. */
    JsonNode post(String path, JsonNode body, String fileName, String content) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        part(parts, "name=\"payload_json\"", "application/json", body.toString());
        part(parts, "name=\"files[0]\"; filename=\"" + fileName + "\"", "text/plain; charset=utf-8", content);
        parts.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return call("POST", path, MULTIPART + BOUNDARY, BodyPublishers.ofByteArray(parts.toByteArray()));
    }

    private static void part(ByteArrayOutputStream parts, String name, String type, String content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\nContent-Type: " + type
                + "\r\n\r\n";
        parts.writeBytes((head + content + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode call(String method, String path, @Nullable String contentType, BodyPublisher body) {
        String limit = limit(method, path);
        Instant until = closedUntil(limit);
        Instant now = clock.instant();
        if (now.isBefore(until)) {
            throw new Busy(Duration.between(now, until));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(apiUrl + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bot " + token)
                .header("User-Agent", "DiscordBot (https://github.com/saywhen, 1) Saywhen")
                .method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        HttpResponse<String> answer = send(request.build(), method + " " + path);
        String with = contentType != null && contentType.startsWith(MULTIPART) ? WITH_A_FILE : "";
        return taken(answer, method + " " + shown(path) + with, limit);
    }

    private HttpResponse<String> send(HttpRequest request, String what) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException("Discord could not be reached for " + shown(what), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    new IOException("interrupted while Discord was asked for " + shown(what), interrupted));
        }
    }

    private JsonNode taken(HttpResponse<String> answer, String what, String limit) {
        JsonNode body = read(answer.body());
        if (answer.statusCode() == TOO_MANY) {
            Duration pause = pause(body, answer);
            close(body.path("global").asBoolean() ? EVERYTHING : limit, pause);
            throw new Busy(pause);
        }
        if (answer.headers().firstValue("X-RateLimit-Remaining").orElse("1").equals("0")) {
            answer.headers().firstValue("X-RateLimit-Reset-After").ifPresent(after -> close(limit, seconds(after)));
        }
        if (answer.statusCode() / 100 != 2) {
            throw new DiscordRefused(
                    what,
                    answer.statusCode(),
                    body.path("code").asInt(),
                    body.path("message").asText());
        }
        return body;
    }

    private Instant closedUntil(String limit) {
        Instant all = closedUntil.getOrDefault(EVERYTHING, Instant.MIN);
        Instant one = closedUntil.getOrDefault(limit, Instant.MIN);
        return one.isAfter(all) ? one : all;
    }

    private void close(String limit, Duration pause) {
        Instant now = clock.instant();
        closedUntil.values().removeIf(until -> !until.isAfter(now));
        closedUntil.put(limit, now.plus(pause));
    }

    /** The body says it to the millisecond, the header often in whole seconds. */
    private static Duration pause(JsonNode body, HttpResponse<String> answer) {
        if (body.hasNonNull("retry_after")) {
            return seconds(body.path("retry_after").asText());
        }
        return answer.headers().firstValue("Retry-After").map(Rest::seconds).orElse(PAUSE);
    }

    static Duration seconds(String text) {
        try {
            long millis = new BigDecimal(text.strip()).movePointRight(3).longValue();
            return Duration.ofMillis(Math.clamp(millis + 1, 1, LONGEST_MILLIS));
        } catch (NumberFormatException unreadable) {
            return PAUSE;
        }
    }

    static String limit(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        int major = plain.indexOf('/', plain.indexOf('/') + 1);
        if (major < 0) {
            return method + " " + plain;
        }
        Matcher minor = MINOR.matcher(plain.substring(major));
        return method + " " + plain.substring(0, major) + minor.replaceAll("id");
    }

    /** Tokens of interactions stand in paths. */
    private static String shown(String path) {
        return path.replaceFirst("(interactions/\\d+)/.*", "$1").replaceFirst("\\?.*", "");
    }

    JsonNode read(String text) {
        try {
            JsonNode node = json.readTree(text);
            return node == null ? json.missingNode() : node;
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }
}
