package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Noun;

/** Which table each entity is kept in; every name in the schema comes from the same source, so none is there twice. */
final class Tables {

    private final SqlNames names = new SqlNames();

    String of(String entity) {
        return names.name(new Noun(entity).pluralSnake());
    }

    SqlNames names() {
        return names;
    }
}
