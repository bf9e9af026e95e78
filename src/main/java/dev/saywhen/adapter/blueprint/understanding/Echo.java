package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.FieldType;
import dev.saywhen.adapter.blueprint.model.FieldType.Choice;
import dev.saywhen.adapter.blueprint.model.FieldType.Date;
import dev.saywhen.adapter.blueprint.model.FieldType.Decimal;
import dev.saywhen.adapter.blueprint.model.FieldType.Flag;
import dev.saywhen.adapter.blueprint.model.FieldType.Identifier;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.FieldType.Timestamp;
import dev.saywhen.adapter.blueprint.model.FieldType.Whole;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.Security;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says a model back in the notation it can be described in, so that every line may be copied, corrected and sent. */
final class Echo {

    static final String NO_FIELDS = "no fields of its own";

    private Echo() {}

    static String entity(EntityModel entity) {
        List<String> members = new ArrayList<>();
        entity.fields().forEach(field -> members.add(field(field)));
        entity.uniques().forEach(group -> members.add("unique(" + String.join(", ", group) + ")"));
        if (entity.softDelete()) {
            members.add("soft delete");
        }
        return entity.name() + ": " + (members.isEmpty() ? NO_FIELDS : String.join(", ", members));
    }

    static String link(Link link) {
        return link.owner() + " n-n " + link.other();
    }

    static String security(Security security) {
        return switch (security) {
            case NONE -> "no authentication";
            case API_KEY -> "authentication by API key";
            case OIDC -> "authentication by OIDC";
        };
    }

    static String relation(Relation relation) {
        boolean roleSaysMore = !relation.role().equals(Draft.lowerFirst(relation.parent()));
        return relation.parent() + " 1-n " + relation.child() + (relation.required() ? "" : " optional")
                + (roleSaysMore ? " as " + relation.role() : "");
    }

    static String load(Load load) {
        return String.format(
                Locale.ROOT,
                "peak %d/s, p99 %d ms, %d rows",
                load.peakPerSecond(),
                load.p99().toMillis(),
                load.rows());
    }

    private static String field(FieldModel field) {
        return field.name() + " " + type(field.type()) + (field.mustBeSaid() ? " required" : "")
                + (field.unique() ? " unique" : "") + bounds(field.type())
                + field.otherwise()
                        .map(otherwise -> " default " + otherwise.word())
                        .orElse("");
    }

    private static String type(FieldType type) {
        return switch (type) {
            case Text text -> text.kind().name().toLowerCase(Locale.ROOT);
            case Whole whole -> whole.wide() ? "long" : "int";
            case Decimal decimal -> "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale());
            case Flag ignored -> "boolean";
            case Date ignored -> "date";
            case Timestamp ignored -> "timestamp";
            case Identifier ignored -> "uuid";
            case Choice choice -> "enum(" + String.join("|", choice.values()) + ")";
        };
    }

    private static String bounds(FieldType type) {
        return switch (type) {
            case Text text -> (text.min() > 0 ? " min " + text.min() : "") + " max " + text.max();
            case Whole whole -> bound(" min ", whole.min()) + bound(" max ", whole.max());
            case Decimal decimal -> bound(" min ", decimal.min()) + bound(" max ", decimal.max());
            case Flag ignored -> "";
            case Date ignored -> "";
            case Timestamp ignored -> "";
            case Identifier ignored -> "";
            case Choice ignored -> "";
        };
    }

    private static String bound(String name, Optional<BigDecimal> bound) {
        return bound.map(number -> name
                        + (number.signum() == 0
                                ? "0"
                                : number.stripTrailingZeros().toPlainString()))
                .orElse("");
    }
}
