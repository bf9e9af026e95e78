package dev.saywhen.adapter.blueprint.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of thing that the service keeps: a table, a resource, a class.
 *
 * @param name upper camel case
 * @param fields what it has besides its id and its parents; may be empty when it has a parent
 * @param uniques names of fields and of parents, in groups of two and more whose values no two share
 * @param softDelete whether a deleted one stays in the table, unseen
 */
public record EntityModel(String name, List<FieldModel> fields, List<List<String>> uniques, boolean softDelete) {

    public static final int MOST_FIELDS = 40;
    public static final int MOST_UNIQUES = 5;

    public EntityModel {
        if (!name.matches("[A-Z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for an entity: " + name);
        }
        Reserved.entity(name).ifPresent(owner -> {
            throw new IllegalArgumentException(name + " is " + owner);
        });
        fields = List.copyOf(fields);
        uniques = uniques.stream().map(List::copyOf).toList();
        if (uniques.size() > MOST_UNIQUES || uniques.stream().anyMatch(group -> group.size() < 2)) {
            throw new IllegalArgumentException("an entity has at most " + MOST_UNIQUES + " groups of two and more");
        }
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

    /** The field of this name, in any case of letters. */
    public Optional<FieldModel> field(String fieldName) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(fieldName))
                .findFirst();
    }
}
