package dev.saywhen.adapter.local;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON object that came with a request. A member that is null is absent; one that nobody asked for is refused. */
final class Body {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonNode members;

    private Body(JsonNode members) {
        this.members = members;
    }

    /** Reads an object that has no other members than these. */
    static Body read(byte @Nullable [] bytes, String... known) {
        JsonNode node = parsed(bytes == null ? new byte[0] : bytes);
        if (!node.isObject()) {
            throw ChatRefusal.bad("The body must be a JSON object with " + listed(known) + ".");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw ChatRefusal.bad(
                        "There is no member " + Spelling.shown(name) + "; what counts is " + listed(known) + ".");
            }
        });
        return new Body(node);
    }

    String required(String name) {
        String text = optional(name);
        if (text == null) {
            throw ChatRefusal.bad(name + " is missing.");
        }
        return text;
    }

    @Nullable
    String optional(String name) {
        JsonNode member = members.path(name);
        if (isAbsent(member)) {
            return null;
        }
        if (!member.isTextual()) {
            throw ChatRefusal.bad(name + " must be a string.");
        }
        return member.textValue();
    }

    /** An id, which may be written as a number too. */
    @Nullable
    String optionalId(String name) {
        JsonNode member = members.path(name);
        return member.isIntegralNumber() ? member.asText() : optional(name);
    }

    boolean flag(String name) {
        JsonNode member = members.path(name);
        if (isAbsent(member)) {
            return false;
        }
        if (!member.isBoolean()) {
            throw ChatRefusal.bad(name + " must be true or false.");
        }
        return member.booleanValue();
    }

    private static boolean isAbsent(JsonNode member) {
        return member.isMissingNode() || member.isNull();
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw ChatRefusal.bad("The body is no JSON: " + Spelling.shown(malformed.getOriginalMessage()));
        } catch (IOException malformed) {
            throw ChatRefusal.bad("The body is no JSON in UTF-8.");
        }
    }

    private static String listed(String... names) {
        return String.join(", ", names);
    }
}
