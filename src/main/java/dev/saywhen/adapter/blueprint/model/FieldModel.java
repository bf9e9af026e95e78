package dev.saywhen.adapter.blueprint.model;

/**
 * One value that an entity has.
 *
 * @param name lower camel case
 * @param required false: the value may be left out and is then null
 * @param unique no two entities have the same value; any number may have none
 */
public record FieldModel(String name, FieldType type, boolean required, boolean unique) {

    public FieldModel {
        if (!name.matches("[a-z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for a field: " + name);
        }
        Reserved.field(name).ifPresent(owner -> {
            throw new IllegalArgumentException(name + " is " + owner);
        });
        if (unique && !type.canBeUnique()) {
            throw new IllegalArgumentException("too few values to be unique: " + name);
        }
    }
}
