package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldModel;
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
        return clear.isEmpty() ? Optional.empty() : Optional.of(Echo.entity(new EntityModel(entity.name, clear)));
    }

    static Optional<String> relation(DraftRelation relation) {
        boolean clear = relation.kind == DraftRelation.Kind.ONE_TO_MANY
                && Names.objectionToEntity(relation.parent).isEmpty()
                && Names.objectionToEntity(relation.child).isEmpty()
                && Names.isUsable(Draft.roleOf(relation))
                && Reserved.role(Draft.roleOf(relation)).isEmpty();
        return clear
                ? Optional.of(Echo.relation(
                        new Relation(relation.parent, relation.child, Draft.roleOf(relation), relation.required)))
                : Optional.empty();
    }

    private static Optional<FieldModel> field(DraftField field) {
        if (field.type == null
                || !field.unknown.isEmpty()
                || Names.objectionToField(field.name).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FieldModel(field.name, Model.type(field), field.required, field.unique));
        } catch (IllegalArgumentException | ArithmeticException contradictory) {
            // There is a question about it.
            return Optional.empty();
        }
    }
}
