package dev.saywhen.adapter.blueprint.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A service, completely described: everything that is needed to write it and nothing that is open.
 *
 * @param name the service's name, lower case, as it stands in the Java package
 * @param description what was asked for, in the words of whoever asked; free text, to be escaped wherever it is shown
 * @param entities every parent before its children
 * @param load what it is expected to bear
 */
public record ServiceModel(
        String name, String description, List<EntityModel> entities, List<Relation> relations, Load load) {

    public static final int MOST_ENTITIES = 12;

    public ServiceModel {
        if (!name.matches("[a-z][a-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for a service: " + name);
        }
        Reserved.service(name).ifPresent(owner -> {
            throw new IllegalArgumentException(name + " is " + owner);
        });
        if (entities.isEmpty() || entities.size() > MOST_ENTITIES) {
            throw new IllegalArgumentException("a service has 1 to " + MOST_ENTITIES + " entities");
        }
        relations = List.copyOf(relations);
        entities = parentsFirst(entities, relations);
        checkMemberNames(entities, relations);
    }

    public EntityModel entity(String entityName) {
        return entities.stream()
                .filter(entity -> entity.name().equals(entityName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no entity " + entityName));
    }

    /** The relations in which this entity is the one that belongs to another, in the order they were given. */
    public List<Relation> parentsOf(EntityModel child) {
        return relations.stream()
                .filter(relation -> relation.child().equals(child.name()))
                .toList();
    }

    /** The relations in which this entity is the one that others belong to. */
    public List<Relation> childrenOf(EntityModel parent) {
        return relations.stream()
                .filter(relation -> relation.parent().equals(parent.name()))
                .toList();
    }

    /** The entities that stand on a circle of relations, or nothing: a circle has no order to create tables in. */
    public static Optional<List<String>> circle(List<String> entityNames, List<Relation> relations) {
        List<String> left = new ArrayList<>(entityNames);
        while (!left.isEmpty()) {
            List<String> roots = left.stream()
                    .filter(name -> relations.stream()
                            .noneMatch(relation -> relation.child().equals(name) && left.contains(relation.parent())))
                    .toList();
            if (roots.isEmpty()) {
                return Optional.of(withoutBranches(left, relations));
            }
            left.removeAll(roots);
        }
        return Optional.empty();
    }

    /** Entities that only hang below a circle are not part of it. */
    private static List<String> withoutBranches(List<String> names, List<Relation> relations) {
        List<String> left = new ArrayList<>(names);
        while (left.removeIf(name -> relations.stream()
                .noneMatch(relation -> relation.parent().equals(name) && left.contains(relation.child())))) {
            // until nothing hangs loose any more
        }
        return List.copyOf(left);
    }

    private static List<EntityModel> parentsFirst(List<EntityModel> entities, List<Relation> relations) {
        Set<String> names = new HashSet<>();
        Set<String> packages = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (EntityModel entity : entities) {
            names.add(entity.name());
            if (!packages.add(entity.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two entities named " + entity.name());
            }
            if (!paths.add(new Noun(entity.name()).pluralPath())) {
                throw new IllegalArgumentException("two entities under one path: " + entity.name());
            }
        }
        for (Relation relation : relations) {
            if (!names.contains(relation.parent()) || !names.contains(relation.child())) {
                throw new IllegalArgumentException("a relation to an unknown entity: " + relation);
            }
        }
        Set<EntityModel> ordered = new LinkedHashSet<>();
        List<EntityModel> left = new ArrayList<>(entities);
        while (!left.isEmpty()) {
            EntityModel next = left.stream()
                    .filter(entity -> relations.stream()
                            .noneMatch(relation -> relation.child().equals(entity.name())
                                    && left.stream()
                                            .anyMatch(other -> other.name().equals(relation.parent()))))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("relations go round in a circle"));
            ordered.add(next);
            left.remove(next);
        }
        return List.copyOf(ordered);
    }

    private static void checkMemberNames(List<EntityModel> entities, List<Relation> relations) {
        for (EntityModel entity : entities) {
            Set<String> names = new HashSet<>();
            entity.fields().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
            for (Relation relation : relations) {
                if (relation.child().equals(entity.name())
                        && (!names.add(relation.role().toLowerCase(Locale.ROOT))
                                || !names.add((relation.role() + "Id").toLowerCase(Locale.ROOT)))) {
                    throw new IllegalArgumentException("the name is taken: " + relation);
                }
            }
        }
    }
}
