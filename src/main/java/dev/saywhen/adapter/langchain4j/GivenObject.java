package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object as a model gave it.
 *
 * @param plain written anew, so that it means one thing to everybody who reads it
 * @param texts every name and every text in it, without escapes in which something could hide
 */
record GivenObject(String plain, List<String> texts) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    GivenObject {
        texts = List.copyOf(texts);
    }

    /** Empty where it is no object. */
    static Optional<GivenObject> read(String given) {
        try {
            JsonNode node = JSON.readTree(given);
            if (!node.isObject()) {
                return Optional.empty();
            }
            List<String> texts = new ArrayList<>();
            collect(node, texts);
            return Optional.of(new GivenObject(node.toString(), texts));
        } catch (JsonProcessingException no) {
            return Optional.empty();
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isValueNode()) {
            texts.add(node.asText());
        }
        node.fieldNames().forEachRemaining(texts::add);
        node.forEach(inner -> collect(inner, texts));
    }
}
