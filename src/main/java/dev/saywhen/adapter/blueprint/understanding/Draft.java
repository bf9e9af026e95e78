package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is known so far: the place where messages are written down and doubts are settled. One thread only. */
final class Draft {

    private static final int MOST_PIECES = 50;
    private static final int MOST_KEPT = 100;
    private static final int MOST_FIELDS_KEPT = 1_000;

    /** The service as it is; none: it is new. */
    @Nullable
    ServiceModel base;

    @Nullable
    String service;

    final List<DraftEntity> entities = new ArrayList<>();
    final List<DraftRelation> relations = new ArrayList<>();
    /** Relations that nobody spoke of but that things of these kinds usually have. */
    final List<DraftRelation> proposed = new ArrayList<>();
    /** What services of the kind that was spoken of usually keep; empty where no kind is known. */
    List<String> usual = List.of();
    /** What could not be understood, as it was said. */
    final List<String> pieces = new ArrayList<>();

    Security security = Security.NONE;
    /** Words for authentication that leave open which is meant. */
    @Nullable
    String unsettledSecurity;

    @Nullable
    BigDecimal peak;

    @Nullable
    BigDecimal p99Millis;

    @Nullable
    BigDecimal rows;
    /** Whether somebody was asked about the load: that is done once. */
    boolean loadAsked;

    /** The entity whose fields are being listed line by line. */
    @Nullable
    DraftEntity open;

    Optional<DraftEntity> entity(String name) {
        return entities.stream()
                .filter(entity -> entity.name.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The entity that is meant by a name in a sentence: also its plural. */
    Optional<DraftEntity> meant(String name) {
        return entity(name)
                .or(() -> entities.stream()
                        .filter(entity -> new Noun(entity.name)
                                .pluralWords()
                                .replace(" ", "")
                                .equalsIgnoreCase(name))
                        .findFirst());
    }

    DraftEntity entityOrNew(String name) {
        return entity(name).orElseGet(() -> {
            DraftEntity fresh = new DraftEntity(name);
            entities.add(fresh);
            return fresh;
        });
    }

    void rename(DraftEntity entity, String name) {
        for (DraftRelation relation : relations) {
            if (relation.parent.equalsIgnoreCase(entity.name)) {
                relation.parent = name;
            }
            if (relation.child.equalsIgnoreCase(entity.name)) {
                relation.child = name;
            }
        }
        entity.name = name;
    }

    void remove(DraftEntity entity) {
        entities.remove(entity);
        relations.removeIf(relation ->
                relation.parent.equalsIgnoreCase(entity.name) || relation.child.equalsIgnoreCase(entity.name));
    }

    /** Writes down a relation; the same one said again only says anew whether it is required. */
    void relate(DraftRelation fresh) {
        relations.removeIf(known -> known.parent.equalsIgnoreCase(fresh.parent)
                && known.child.equalsIgnoreCase(fresh.child)
                && roleOf(known).equalsIgnoreCase(roleOf(fresh)));
        relations.add(fresh);
    }

    boolean isChild(DraftEntity entity) {
        return relations.stream()
                .anyMatch(relation -> relation.kind != DraftRelation.Kind.MANY_TO_MANY
                        && relation.child.equalsIgnoreCase(entity.name));
    }

    /** Whether so much was said already that no service could hold more of it. */
    boolean isFull() {
        int fields = entities.stream().mapToInt(entity -> entity.fields.size()).sum();
        return entities.size() >= MOST_KEPT || relations.size() >= MOST_KEPT || fields >= MOST_FIELDS_KEPT;
    }

    /** Whether nothing that a service could be made of has been said. */
    boolean saysNothing() {
        return entities.isEmpty() && relations.isEmpty();
    }

    void secure(Security decided) {
        security = decided;
        unsettledSecurity = null;
    }

    void misunderstood(String piece) {
        if (pieces.size() < MOST_PIECES && !pieces.contains(piece)) {
            pieces.add(piece);
        }
    }

    static String roleOf(DraftRelation relation) {
        return relation.role == null ? lowerFirst(relation.parent) : relation.role;
    }

    static String lowerFirst(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static String upperFirst(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
