package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.Reserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says back whatever of a draft is clear already; what is doubtful is left to the questions. */
final class EchoDraft {

    private EchoDraft() {}

    static Optional<String> entity(DraftEntity entity) {
        if (Names.objectionToEntity(entity.name).isPresent()) {
            return Optional.empty();
        }
        List<FieldModel> clear = new ArrayList<>();
        for (DraftField field : entity.fields) {
            field(field).filter(model -> clear.size() < EntityModel.MOST_FIELDS).ifPresent(clear::add);
        }
        return clear.isEmpty()
                ? Optional.empty()
                : Optional.of(Echo.entity(new EntityModel(entity.name, clear, List.of(), false)));
    }

    static Optional<String> relation(DraftRelation relation) {
        boolean known = relation.kind != DraftRelation.Kind.ONE_TO_ONE
                && Names.objectionToEntity(relation.parent).isEmpty()
                && Names.objectionToEntity(relation.child).isEmpty()
                && Names.isUsable(Draft.roleOf(relation))
                && Reserved.role(Draft.roleOf(relation)).isEmpty();
        if (!known || relation.parent.equals(relation.child)) {
            return Optional.empty();
        }
        return Optional.of(
                relation.kind == DraftRelation.Kind.MANY_TO_MANY
                        ? Echo.link(new Link(relation.parent, relation.child))
                        : Echo.relation(new Relation(
                                relation.parent, relation.child, Draft.roleOf(relation), relation.required)));
    }

    /** Whether a field's type has values enough for no two to be the same. */
    static boolean canBeUnique(DraftField field) {
        return field(field).filter(model -> model.type().canBeUnique()).isPresent();
    }

    private static Optional<FieldModel> field(DraftField field) {
        if (field.type == null
                || !field.unknown.isEmpty()
                || Names.objectionToField(field.name).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Model.field(field));
        } catch (IllegalArgumentException | ArithmeticException contradictory) {
            // There is a question about it.
            return Optional.empty();
        }
    }
}
