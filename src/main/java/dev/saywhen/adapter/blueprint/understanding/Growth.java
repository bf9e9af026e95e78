package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.FieldType;
import dev.saywhen.adapter.blueprint.model.FieldType.Choice;
import dev.saywhen.adapter.blueprint.model.FieldType.Decimal;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.FieldType.Whole;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a service is to become against what it is. It grows: entities, optional fields and relations are added,
 * rules are loosened. Whatever could lose or refuse a row that is there is doubted, and stays as it is.
 */
final class Growth {

    private final Draft draft;
    private final ServiceModel base;
    private final ServiceModel wished;
    private final List<Doubt> found = new ArrayList<>();

    private Growth(Draft draft, ServiceModel base, ServiceModel wished) {
        this.draft = draft;
        this.base = base;
        this.wished = wished;
    }

    /** Everything in a draft without other doubts that is not growth. */
    static List<Doubt> doubts(Draft draft, ServiceModel base) {
        Growth growth = new Growth(draft, base, Model.of(draft, base.description()));
        growth.look();
        return growth.found;
    }

    private void look() {
        if (!wished.name().equals(base.name())) {
            stays("the service is called " + base.name(), () -> draft.service = base.name());
        }
        if (base.security() != Security.NONE && wished.security() != base.security()) {
            stays(Echo.security(base.security()), () -> draft.security = base.security());
        }
        for (EntityModel before : base.entities()) {
            wished.find(before.name())
                    .ifPresentOrElse(now -> entity(before, now), () -> restore(before, before.name()));
        }
        for (Relation before : base.relations()) {
            if (!wished.relations().contains(before)) {
                relationStays(before);
            }
        }
        for (Link before : base.links()) {
            if (!wished.links().contains(before)) {
                DraftRelation link = new DraftRelation(
                        Echo.link(before), before.owner(), DraftRelation.Kind.MANY_TO_MANY, before.other());
                stays(Echo.link(before), () -> {
                    draft.relations.removeIf(known -> known.connects(before.owner(), before.other())
                            && known.kind == DraftRelation.Kind.MANY_TO_MANY);
                    draft.relations.add(link);
                });
            }
        }
        for (Relation now : wished.relations()) {
            boolean isNew = base.relations().stream()
                    .noneMatch(before ->
                            before.child().equals(now.child()) && before.role().equals(now.role()));
            if (isNew && now.required() && base.find(now.child()).isPresent()) {
                becomesOptional(now);
            }
        }
    }

    // ---- entities and fields

    private void entity(EntityModel before, EntityModel now) {
        if (before.softDelete() != now.softDelete()) {
            stays(
                    before.name() + (before.softDelete() ? ": soft delete" : " is deleted for good"),
                    () -> drafted(before.name()).softDelete = before.softDelete());
        }
        if (!new HashSet<>(before.uniques()).equals(new HashSet<>(now.uniques()))) {
            stays("what is unique in " + before.name() + " together stays as it is", () -> {
                drafted(before.name()).uniques.clear();
                drafted(before.name()).uniques.addAll(before.uniques());
            });
        }
        for (FieldModel field : before.fields()) {
            Optional<FieldModel> same = now.field(field.name());
            if (same.isEmpty() || !isLooser(field, same.get())) {
                restore(
                        new EntityModel(before.name(), List.of(field), List.of(), false),
                        before.name() + "." + field.name());
            }
        }
        for (FieldModel field : now.fields()) {
            if (before.field(field.name()).isEmpty() && field.mustBeSaid()) {
                needsValue(now, field);
            }
        }
    }

    /** Rows that are there have no value for a field that is new. */
    private void needsValue(EntityModel entity, FieldModel field) {
        String where = entity.name() + "." + field.name();
        DraftField drafted = drafted(entity.name()).field(field.name()).orElseThrow();
        found.add(Doubt.of(
                "%s is new and required, but the rows that are there have none. What do they get: say `default X`, or `optional`."
                        .formatted(where),
                where + " is optional",
                () -> drafted.required = false,
                answer -> {
                    DraftField described = new DraftField(answer, field.name());
                    FieldNotation.describe(described, answer);
                    boolean optional = Listening.isLeaveOut(answer)
                            || answer.matches("(?i)(it may be )?(optional|empty|null)[.!]?");
                    if (optional) {
                        drafted.required = false;
                    } else if (described.otherwise != null && described.unknown.isEmpty()) {
                        drafted.otherwise = described.otherwise;
                    }
                    return optional || described.otherwise != null;
                }));
    }

    /** Whether every value that the one takes is taken by the other, in a column that can be changed in place. */
    private static boolean isLooser(FieldModel before, FieldModel now) {
        boolean sameRest = before.unique() == now.unique() && before.otherwise().equals(now.otherwise());
        boolean noStricter = before.required() || !now.required();
        return sameRest && noStricter && isLooser(before.type(), now.type());
    }

    private static boolean isLooser(FieldType before, FieldType now) {
        if (before.equals(now)) {
            return true;
        }
        return switch (before) {
            case Text one ->
                now instanceof Text other
                        && one.kind() == other.kind()
                        && other.min() <= one.min()
                        && other.max() >= one.max();
            case Whole one ->
                now instanceof Whole other
                        && one.wide() == other.wide()
                        && other.lowest().compareTo(one.lowest()) <= 0
                        && other.highest().compareTo(one.highest()) >= 0;
            case Decimal one ->
                now instanceof Decimal other
                        && one.precision() == other.precision()
                        && one.scale() == other.scale()
                        && other.lowest().compareTo(one.lowest()) <= 0
                        && other.highest().compareTo(one.highest()) >= 0;
            case Choice one -> now instanceof Choice other && other.values().containsAll(one.values());
            case FieldType.Flag ignored -> false;
            case FieldType.Date ignored -> false;
            case FieldType.Timestamp ignored -> false;
            case FieldType.Identifier ignored -> false;
        };
    }

    // ---- what is not growth stays

    private void restore(EntityModel entity, String what) {
        String echo = Echo.entity(entity);
        stays(
                what.equals(entity.name())
                        ? echo
                        : "%s stays %s".formatted(what, echo.substring(echo.indexOf(':') + 2)),
                () -> new Listening(draft, false, List.of()).statement(echo));
    }

    private void relationStays(Relation before) {
        DraftRelation relation = new DraftRelation(
                Echo.relation(before), before.parent(), DraftRelation.Kind.ONE_TO_MANY, before.child());
        relation.role = before.role();
        relation.required = before.required();
        boolean loosened = wished.relations()
                .contains(new Relation(before.parent(), before.child(), before.role(), !before.required()));
        stays(Echo.relation(before), () -> {
            if (loosened
                    || wished.relations().stream()
                            .noneMatch(now -> now.role().equals(before.role())
                                    && now.child().equals(before.child()))) {
                draft.relate(relation);
            }
        });
    }

    private void becomesOptional(Relation now) {
        found.add(Doubt.of(
                "The %s that are there belong to no %s, so it cannot be required. May it be optional?"
                        .formatted(new Noun(now.child()).pluralWords(), now.role()),
                Echo.relation(new Relation(now.parent(), now.child(), now.role(), false)),
                () -> draft.relations.stream()
                        .filter(relation -> relation.child.equalsIgnoreCase(now.child())
                                && Draft.roleOf(relation).equals(now.role()))
                        .forEach(relation -> relation.required = false),
                answer -> {
                    boolean none = Listening.isLeaveOut(answer);
                    if (none) {
                        draft.relations.removeIf(relation -> relation.child.equalsIgnoreCase(now.child())
                                && Draft.roleOf(relation).equals(now.role()));
                    }
                    return none;
                }));
    }

    private void stays(String what, Runnable restore) {
        found.add(Doubt.of(
                "That would change or take away what is there; I only add to it and loosen its rules.",
                what,
                restore,
                answer -> {
                    boolean agreed = Listening.isLeaveOut(answer);
                    if (agreed) {
                        restore.run();
                    }
                    return agreed;
                }));
    }

    private DraftEntity drafted(String name) {
        return draft.entity(name).orElseThrow();
    }
}
