package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.Noun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which table each entity is kept in; every name in the schema comes from the same source, so none is there twice. */
final class Tables {

    private final SqlNames names = new SqlNames();
    private final Map<String, String> tables = new HashMap<>();

    Tables(List<EntityModel> entities) {
        for (EntityModel entity : entities) {
            tables.put(entity.name(), names.name(new Noun(entity.name()).pluralSnake()));
        }
    }

    String of(String entity) {
        String table = tables.get(entity);
        if (table == null) {
            throw new IllegalArgumentException("no table for " + entity);
        }
        return table;
    }

    SqlNames names() {
        return names;
    }
}
