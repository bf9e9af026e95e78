package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Default;
import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.FieldType;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a draft without doubts into a model. */
final class Model {

    private Model() {}

    static ServiceModel of(Draft draft, String description) {
        List<Relation> relations = draft.relations.stream()
                .filter(relation -> relation.kind != DraftRelation.Kind.MANY_TO_MANY)
                .map(relation -> new Relation(
                        draft.entity(relation.parent).orElseThrow().name,
                        draft.entity(relation.child).orElseThrow().name,
                        Draft.roleOf(relation),
                        relation.required))
                .sorted(asBefore(
                        draft,
                        ServiceModel::relations,
                        (one, other) ->
                                one.child().equals(other.child()) && one.role().equals(other.role())))
                .toList();
        return new ServiceModel(
                Objects.requireNonNull(draft.service, "the service has a name when there are no doubts"),
                description,
                draft.entities.stream()
                        .map(Model::entity)
                        .map(entity -> inOldOrder(draft, entity))
                        .sorted(asBefore(
                                draft,
                                ServiceModel::entities,
                                (one, other) -> one.name().equals(other.name())))
                        .toList(),
                relations,
                links(draft, relations),
                load(draft),
                draft.security);
    }

    /** What was there comes in its old order, and what is new after it, so that nothing changes places. */
    private static <T> Comparator<T> asBefore(
            Draft draft, Function<ServiceModel, List<T>> part, BiPredicate<T, T> isSame) {
        List<T> before = draft.base == null ? List.of() : part.apply(draft.base);
        return Comparator.comparingInt(item -> {
            for (int at = 0; at < before.size(); at++) {
                if (isSame.test(before.get(at), item)) {
                    return at;
                }
            }
            return before.size();
        });
    }

    private static EntityModel inOldOrder(Draft draft, EntityModel entity) {
        List<FieldModel> fields = entity.fields().stream()
                .sorted(asBefore(
                        draft,
                        model -> model.find(entity.name())
                                .map(EntityModel::fields)
                                .orElse(List.of()),
                        (one, other) -> one.name().equals(other.name())))
                .toList();
        return new EntityModel(entity.name(), fields, entity.uniques(), entity.softDelete());
    }

    /** The links, each turned so that a table comes before those that refer to it. */
    private static List<Link> links(Draft draft, List<Relation> relations) {
        List<String> names = draft.entities.stream().map(entity -> entity.name).toList();
        List<Relation> order = new ArrayList<>(relations);
        List<Link> links = new ArrayList<>();
        ServiceModel base = draft.base;
        for (DraftRelation relation : draft.relations) {
            if (relation.kind != DraftRelation.Kind.MANY_TO_MANY) {
                continue;
            }
            String owner = draft.entity(relation.parent).orElseThrow().name;
            String other = draft.entity(relation.child).orElseThrow().name;
            order.add(new Relation(other, owner, "link", true));
            boolean wasTurned = base != null && base.links().contains(new Link(other, owner));
            if (wasTurned || ServiceModel.circle(names, order).isPresent()) {
                order.removeLast();
                order.add(new Relation(owner, other, "link", true));
                links.add(new Link(other, owner));
            } else {
                links.add(new Link(owner, other));
            }
        }
        return links.stream()
                .sorted(asBefore(draft, ServiceModel::links, Link::equals))
                .toList();
    }

    static EntityModel entity(DraftEntity entity) {
        return new EntityModel(
                entity.name, entity.fields.stream().map(Model::field).toList(), entity.uniques, entity.softDelete);
    }

    static FieldModel field(DraftField field) {
        return new FieldModel(
                field.name,
                type(field),
                field.required,
                field.unique,
                Optional.ofNullable(field.otherwise).map(Default::new));
    }

    static FieldType type(DraftField field) {
        TypeWord type = Objects.requireNonNull(field.type, "a field has a type when there are no doubts");
        return switch (type) {
            case STRING -> text(field, Text.Kind.STRING);
            case TEXT -> text(field, Text.Kind.TEXT);
            case EMAIL -> text(field, Text.Kind.EMAIL);
            case INT -> new FieldType.Whole(false, Optional.ofNullable(field.min), Optional.ofNullable(field.max));
            case LONG -> new FieldType.Whole(true, Optional.ofNullable(field.min), Optional.ofNullable(field.max));
            case DECIMAL ->
                new FieldType.Decimal(
                        whole(field.precision, FieldType.Decimal.USUAL_PRECISION),
                        whole(field.scale, FieldType.Decimal.USUAL_SCALE),
                        Optional.ofNullable(field.min),
                        Optional.ofNullable(field.max));
            case BOOLEAN -> new FieldType.Flag();
            case DATE -> new FieldType.Date();
            case TIMESTAMP -> new FieldType.Timestamp();
            case UUID -> new FieldType.Identifier();
            case CHOICE -> new FieldType.Choice(field.choices);
        };
    }

    static Load load(Draft draft) {
        return new Load(
                whole(draft.peak, Load.USUAL.peakPerSecond()),
                draft.p99Millis == null ? Load.USUAL.p99() : Duration.ofMillis(draft.p99Millis.longValueExact()),
                draft.rows == null ? Load.USUAL.rows() : draft.rows.longValueExact());
    }

    private static Text text(DraftField field, Text.Kind kind) {
        return new Text(kind, whole(field.min, 0), whole(field.max, kind.usualMax()));
    }

    private static int whole(@Nullable BigDecimal number, int otherwise) {
        return number == null ? otherwise : number.intValueExact();
    }
}
