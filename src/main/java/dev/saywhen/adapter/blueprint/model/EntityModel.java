package dev.saywhen.adapter.blueprint.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A kind of thing that the service keeps: a table, a resource, a class.
 *
 * @param name upper camel case
 * @param fields what it has besides its id and its parents; may be empty when it has a parent
 */
public record EntityModel(String name, List<FieldModel> fields) {

    public static final int MOST_FIELDS = 40;

    public EntityModel {
        if (!name.matches("[A-Z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for an entity: " + name);
        }
        Reserved.entity(name).ifPresent(owner -> {
            throw new IllegalArgumentException(name + " is " + owner);
        });
        fields = List.copyOf(fields);
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("an entity has at most " + MOST_FIELDS + " fields");
        }
        Set<String> names = new HashSet<>();
        for (FieldModel field : fields) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two fields named " + field.name());
            }
        }
    }
}
