package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.saywhen.engineer.About;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as JSON schemas for a model, and what it fills in as records, checked. */
final class Forms {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(
                                    com.fasterxml.jackson.databind.cfg.CoercionInputShape.Integer,
                                    com.fasterxml.jackson.databind.cfg.CoercionAction.Fail)
                            .setCoercion(
                                    com.fasterxml.jackson.databind.cfg.CoercionInputShape.Boolean,
                                    com.fasterxml.jackson.databind.cfg.CoercionAction.Fail))
            .build();

    private Forms() {}

    /** What was filled in is no such record; the message is for whoever filled it in. */
    static final class Misfilled extends Exception {
        private static final long serialVersionUID = 1;

        Misfilled(String why) {
            super(why);
        }
    }

    static ToolSpecification specification(String name, String purpose, Class<? extends Record> type) {
        return ToolSpecification.builder()
                .name(name)
                .description(purpose)
                .parameters(schema(type, null))
                .build();
    }

    /** Reads a record; every part that is not {@code @Nullable} has to be there. */
    static <R extends Record> R read(String json, Class<R> type) throws Misfilled {
        R record;
        try {
            record = JSON.readValue(json.isBlank() ? "{}" : json, type);
        } catch (JsonProcessingException wrong) {
            throw new Misfilled("The arguments do not fit: "
                    + wrong.getOriginalMessage().lines().findFirst().orElse("no JSON") + ".");
        }
        if (record == null) {
            throw new Misfilled("The arguments are missing.");
        }
        complete(record, "");
        return record;
    }

    private static void complete(Record record, String path) throws Misfilled {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            @Nullable Object value = value(record, part);
            String name = path + part.getName();
            if (value == null && !isOptional(part)) {
                throw new Misfilled("\"" + name + "\" is missing.");
            }
            if (value instanceof Record inner) {
                complete(inner, name + ".");
            }
            if (value instanceof Collection<?> many) {
                for (@Nullable Object one : many) {
                    if (one == null) {
                        throw new Misfilled("\"" + name + "\" holds null.");
                    }
                    if (one instanceof Record inner) {
                        complete(inner, name + ".");
                    }
                }
            }
        }
    }

    private static @Nullable Object value(Record record, RecordComponent part) {
        try {
            var accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isOptional(RecordComponent part) {
        return part.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static JsonObjectSchema schema(Class<?> type, @Nullable String about) {
        JsonObjectSchema.Builder schema = JsonObjectSchema.builder().additionalProperties(false);
        if (about != null) {
            schema.description(about);
        }
        List<String> required = new ArrayList<>();
        for (RecordComponent part : type.getRecordComponents()) {
            About said = part.getAnnotation(About.class);
            schema.addProperty(part.getName(), element(part.getGenericType(), said == null ? null : said.value()));
            if (!isOptional(part)) {
                required.add(part.getName());
            }
        }
        return schema.required(required).build();
    }

    private static JsonSchemaElement element(Type type, @Nullable String about) {
        if (type instanceof ParameterizedType list) {
            return JsonArraySchema.builder()
                    .description(about)
                    .items(element(list.getActualTypeArguments()[0], null))
                    .build();
        }
        if (type == String.class) {
            return JsonStringSchema.builder().description(about).build();
        }
        if (type == int.class || type == Integer.class) {
            return JsonIntegerSchema.builder().description(about).build();
        }
        if (type == boolean.class || type == Boolean.class) {
            return JsonBooleanSchema.builder().description(about).build();
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return schema(record, about);
        }
        throw new IllegalArgumentException("no form has a part of " + type);
    }
}
