package dev.saywhen.adapter.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.saywhen.id.RunId;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's STOP as it was sent.
 *
 * @param by who says so; nothing proves it
 * @param run absent: the whole installation
 */
record StopRequest(String by, @Nullable RunId run) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> MEMBERS = Set.of("by", "run");

    static StopRequest read(byte @Nullable [] bytes) {
        JsonNode body = parsed(bytes == null ? new byte[0] : bytes);
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            if (!MEMBERS.contains(names.next())) {
                throw new BadRequestException("The body has a member that is not known; what counts is by and run.");
            }
        }
        return new StopRequest(by(body.path("by")), run(body.path("run")));
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
        } catch (IOException malformed) {
            throw new BadRequestException("The body is no JSON. Send {\"by\":\"your name\"}.", malformed);
        }
        throw new BadRequestException("The body must be a JSON object: {\"by\":\"your name\",\"run\":\"7\"}.");
    }

    private static String by(JsonNode by) {
        String name = by.isTextual() ? by.textValue().strip() : "";
        boolean plain = name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (name.isEmpty() || name.length() > 200 || !plain) {
            throw new BadRequestException("by must be a name of 1 to 200 characters, without control characters.");
        }
        return name;
    }

    private static @Nullable RunId run(JsonNode run) {
        if (run.isMissingNode() || run.isNull()) {
            return null;
        }
        if (!run.isTextual() && !run.isIntegralNumber()) {
            throw new BadRequestException("run must be the number of a run; without it every run is stopped.");
        }
        if (!run.asText().matches("[1-9][0-9]{0,17}")) {
            throw new NotFoundException("There is no such run. Nothing was stopped; without run, all are.");
        }
        return RunId.parse(run.asText());
    }
}
