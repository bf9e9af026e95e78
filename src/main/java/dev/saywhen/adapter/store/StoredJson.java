package dev.saywhen.adapter.store;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON, for the columns that hold a whole record.
 *
 * <p>A mapper of its own: what the HTTP API needs of JSON must never change what is stored. Strict on reading: an
 * unknown type, an unknown member, a missing one and an unexpected null are errors.
 */
final class StoredJson {
    /**
     * Parts that came to a record when rows of it were stored already, and what a row without one has: it keeps its digest,
     * for which that is no text.
     */
    private static final Map<String, Object> CAME_LATER = Map.of(
            "Proof.losses",
            List.of(),
            "Scopes.tools",
            List.of(),
            "ToolScope.most",
            0,
            "PlanRevision.raises",
            List.of());

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new StoredForms())
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .annotationIntrospector(new NullableParts())
            .injectableValues(new InjectableValues.Std(CAME_LATER))
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
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
        return present(what, () -> MAPPER.readValue(json, type));
    }

    static <T> T read(TypeReference<T> type, String json, String what) {
        return present(what, () -> MAPPER.readValue(json, type));
    }

    /** A part of a record may be null where it says so, in the words of JSpecify, and nowhere else. */
    private static final class NullableParts extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonSetter.Value findSetterInfo(Annotated part) {
            if (part instanceof AnnotatedParameter parameter
                    && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
                    && constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
                            Nullable.class)) {
                return JsonSetter.Value.forValueNulls(Nulls.SET);
            }
            return super.findSetterInfo(part);
        }

        /** Nothing else may be missing. */
        @Override
        public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember part) {
            return part instanceof AnnotatedParameter parameter && CAME_LATER.containsKey(name(parameter))
                    ? JacksonInject.Value.construct(name(parameter), true)
                    : super.findInjectableValue(part);
        }

        /** Only the constructor of all parts has them in their order. */
        private static String name(AnnotatedParameter parameter) {
            Class<?> type = parameter.getDeclaringClass();
            return type.isRecord() && parameter.getOwner().getParameterCount() == type.getRecordComponents().length
                    ? type.getSimpleName() + "." + type.getRecordComponents()[parameter.getIndex()].getName()
                    : "";
        }
    }

    private interface Reading<T> {
        @Nullable
        T read() throws JsonProcessingException;
    }

    private static <T> T present(String what, Reading<T> reading) {
        T value;
        try {
            value = reading.read();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "cannot read the stored " + what + ": " + broken.getOriginalMessage(), broken);
        }
        if (value == null) {
            throw new IllegalStateException("cannot read the stored " + what + ": there is nothing");
        }
        return value;
    }

    private static String write(JavaType type, Object value) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("cannot write " + type.getRawClass().getSimpleName() + " as JSON", broken);
        }
    }
}
