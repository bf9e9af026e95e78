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
 * @param links which of them go with many of each other
 * @param load what it is expected to bear
 */
public record ServiceModel(
        String name,
        String description,
        List<EntityModel> entities,
        List<Relation> relations,
        List<Link> links,
        Load load,
        Security security) {

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
        links = List.copyOf(links);
        entities = parentsFirst(entities, relations, links);
        checkMemberNames(entities, relations, links);
        checkUniques(entities, relations);
    }

    /** The same service, with others let in. */
    public ServiceModel letting(Security others) {
        return new ServiceModel(name, description, entities, relations, links, load, others);
    }

    /** The entity of this name, if there is one. */
    public Optional<EntityModel> find(String entityName) {
        return entities.stream()
                .filter(entity -> entity.name().equals(entityName))
                .findFirst();
    }

    /** The links in which this entity is the one that says with which others it goes. */
    public List<Link> linksOf(EntityModel owner) {
        return links.stream().filter(link -> link.owner().equals(owner.name())).toList();
    }

    /** The links in which others say that they go with this entity. */
    public List<Link> linksTo(EntityModel other) {
        return links.stream().filter(link -> link.other().equals(other.name())).toList();
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

    private static List<EntityModel> parentsFirst(
            List<EntityModel> entities, List<Relation> relations, List<Link> links) {
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
        for (Link link : links) {
            if (!names.contains(link.owner()) || !names.contains(link.other())) {
                throw new IllegalArgumentException("a link to an unknown entity: " + link);
            }
        }
        Set<EntityModel> ordered = new LinkedHashSet<>();
        List<EntityModel> left = new ArrayList<>(entities);
        while (!left.isEmpty()) {
            EntityModel next = left.stream()
                    .filter(entity ->
                            left.stream().noneMatch(other -> comesFirst(other.name(), entity.name(), relations, links)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("relations go round in a circle"));
            ordered.add(next);
            left.remove(next);
        }
        return List.copyOf(ordered);
    }

    private static boolean comesFirst(String one, String other, List<Relation> relations, List<Link> links) {
        return relations.stream()
                        .anyMatch(relation -> relation.parent().equals(one)
                                && relation.child().equals(other))
                || links.stream()
                        .anyMatch(
                                link -> link.other().equals(one) && link.owner().equals(other));
    }

    private static void checkUniques(List<EntityModel> entities, List<Relation> relations) {
        for (EntityModel entity : entities) {
            for (String member : entity.uniques().stream().flatMap(List::stream).toList()) {
                boolean known = entity.field(member).isPresent()
                        || relations.stream()
                                .anyMatch(relation -> relation.child().equals(entity.name())
                                        && relation.role().equals(member));
                if (!known) {
                    throw new IllegalArgumentException("unique over an unknown member: " + member);
                }
            }
        }
    }

    private static void checkMemberNames(List<EntityModel> entities, List<Relation> relations, List<Link> links) {
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
            for (Link link : links) {
                if (link.owner().equals(entity.name())
                        && (!names.add(link.role().toLowerCase(Locale.ROOT))
                                || !names.add(link.idName().toLowerCase(Locale.ROOT))
                                || !names.add(link.idsName().toLowerCase(Locale.ROOT)))) {
                    throw new IllegalArgumentException("the name is taken: " + link);
                }
            }
        }
    }
}
