package dev.saywhen.adapter.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Records as JSON, for the columns that hold a whole record.
 *
 * <p>A mapper of its own: what the HTTP API needs of JSON must never change what is stored. Strict on reading: an
 * unknown type, an unknown member and a missing one are errors.
 */
final class StoredJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new StoredForms())
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StoredJson() {}

    /** @param type the declared type, so that one of several alternatives carries its name */
    static <T> String write(Class<T> type, T value) {
        return write(MAPPER.constructType(type), value);
    }

    static <T> String write(TypeReference<T> type, T value) {
        return write(MAPPER.constructType(type), value);
    }

    /** @param what it is and whose, for the error */
    static <T> T read(Class<T> type, String json, String what) {
        return read(MAPPER.constructType(type), json, what);
    }

    static <T> T read(TypeReference<T> type, String json, String what) {
        return read(MAPPER.constructType(type), json, what);
    }

    private static String write(JavaType type, Object value) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("cannot write " + type.getRawClass().getSimpleName() + " as JSON", broken);
        }
    }

    private static <T> T read(JavaType type, String json, String what) {
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "cannot read the stored " + what + ": " + broken.getOriginalMessage(), broken);
        }
        if (value == null) {
            throw new IllegalStateException("cannot read the stored " + what + ": there is nothing");
        }
        return value;
    }
}
