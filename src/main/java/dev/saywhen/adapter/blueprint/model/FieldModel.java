package dev.saywhen.adapter.blueprint.model;

import java.util.Optional;

/**
 * One value that an entity has.
 *
 * @param name lower camel case
 * @param required false: the value may be left out and is then null
 * @param unique no two entities have the same value; any number may have none
 * @param otherwise what is kept where the value is left out; with it the value is always there
 */
public record FieldModel(String name, FieldType type, boolean required, boolean unique, Optional<Default> otherwise) {

    public FieldModel {
        if (!name.matches("[a-z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for a field: " + name);
        }
        Reserved.field(name).ifPresent(owner -> {
            throw new IllegalArgumentException(name + " is " + owner);
        });
        if (unique && (!type.canBeUnique() || otherwise.isPresent())) {
            throw new IllegalArgumentException("too few values to be unique: " + name);
        }
        if (otherwise.isPresent() && !otherwise.get().fits(type)) {
            throw new IllegalArgumentException("no default for " + name);
        }
        required = required || otherwise.isPresent();
    }

    /** Whether a request that leaves the value out is refused. */
    public boolean mustBeSaid() {
        return required && otherwise.isEmpty();
    }
}
