package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Default;
import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldType.Choice;
import dev.saywhen.adapter.blueprint.model.FieldType.Decimal;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.FieldType.Whole;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.Reserved;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through a draft and finds everything that keeps it from being a model. */
final class Doubts {

    /** What an entity's classes end in: another entity of that name would hide them. */
    private static final List<String> CLASS_ENDINGS =
            List.of("Filter", "Request", "Response", "Resource", "Fixture", "RequestTest", "ResourceTest");

    /** More names than these in one line help nobody. */
    private static final int MOST_NAMED = 5;

    private final Draft draft;
    private final List<Doubt> found = new ArrayList<>();
    /** Names in relations that nobody has explained; one question each is enough. */
    private final Set<String> strangers = new HashSet<>();

    private Doubts(Draft draft) {
        this.draft = draft;
    }

    /** The doubts of a draft in the order in which they are best asked. */
    static List<Doubt> of(Draft draft) {
        Doubts doubts = new Doubts(draft);
        doubts.look();
        ServiceModel base = draft.base;
        if (doubts.found.isEmpty() && base != null) {
            return List.copyOf(Growth.doubts(draft, base));
        }
        return List.copyOf(doubts.found);
    }

    private void look() {
        draft.pieces.forEach(this::piece);
        if (draft.entities.isEmpty()) {
            noEntities();
        }
        if (draft.entities.size() > ServiceModel.MOST_ENTITIES) {
            tooMany();
            return;
        }
        entityNames();
        draft.entities.forEach(this::fields);
        relations();
        if (!draft.entities.isEmpty()) {
            service();
            security();
            load();
        }
    }

    private void noEntities() {
        List<String> usual = draft.usual;
        String question = "Which entities does the service keep, and with which fields?"
                + " Say it plainly (`books have a title and an isbn`) or in the notation"
                + " (`Book: title string required max 200, isbn string unique; Author 1-n Book`).";
        found.add(
                usual.isEmpty()
                        ? new Doubt(Doubt.Kind.SUBSTANCE, question, Optional.empty(), () -> {}, this::listsThings)
                        : Doubt.of(
                                question, String.join(", ", usual), () -> Prose.list(usual, draft), this::listsThings));
    }

    private boolean listsThings(String answer) {
        return Prose.things(answer, draft);
    }

    private void piece(String piece) {
        found.add(Doubt.of(
                "I do not understand %s. What does it mean for the service, in the notation?"
                        .formatted(Quoted.words(piece)),
                Quoted.words(piece) + " is left out",
                () -> draft.pieces.remove(piece),
                answer -> {
                    if (Listening.isLeaveOut(answer) || new Listening(draft, false, List.of()).statement(answer)) {
                        draft.pieces.remove(piece);
                        return true;
                    }
                    return false;
                }));
    }

    // ---- entities

    private void entityNames() {
        Map<String, DraftEntity> paths = new HashMap<>();
        for (DraftEntity entity : draft.entities) {
            Optional<String> objection = Names.objectionToEntity(entity.name);
            if (objection.isEmpty()) {
                objection = hidden(entity);
            }
            if (objection.isEmpty()) {
                DraftEntity other = paths.putIfAbsent(new Noun(entity.name).pluralPath(), entity);
                if (other != null) {
                    objection = Optional.of("it would be served under the same path as " + other.name);
                }
            }
            objection.ifPresent(why -> rename(entity, why));
        }
    }

    private Optional<String> hidden(DraftEntity entity) {
        return draft.entities.stream()
                .filter(other -> CLASS_ENDINGS.stream().anyMatch(ending -> entity.name.equals(other.name + ending)))
                .findFirst()
                .map(other -> "it is the name of a class that " + other.name + " needs");
    }

    private void rename(DraftEntity entity, String why) {
        String instead = Names.entityInstead(entity.name, draft);
        found.add(Doubt.of(
                "%s cannot be an entity's name: %s. Which name instead?".formatted(Quoted.words(entity.name), why),
                Quoted.words(entity.name) + " is called " + instead,
                () -> draft.rename(entity, instead),
                answer -> {
                    String name = Names.entity(answer);
                    if (Listening.isLeaveOut(answer)) {
                        draft.remove(entity);
                        return true;
                    }
                    if (Names.objectionToEntity(name).isPresent()
                            || draft.entity(name).isPresent()) {
                        return false;
                    }
                    draft.rename(entity, name);
                    return true;
                }));
    }

    private void fields(DraftEntity entity) {
        if (Names.objectionToEntity(entity.name).isPresent()) {
            return;
        }
        if (entity.fields.isEmpty() && !(entity.bare && draft.isChild(entity))) {
            String usual = Vocabulary.fields(entity.name);
            found.add(Doubt.of(
                    "Which fields has %s?".formatted(entity.name),
                    entity.name + ": " + usual,
                    () -> entity.describe(FieldNotation.fields(usual)),
                    answer -> takesFields(entity, answer)));
        }
        for (DraftField second : entity.twice) {
            found.add(Doubt.of(
                    "%s has %s twice; the second time as %s. Which of the two?"
                            .formatted(entity.name, second.name, Quoted.words(second.said)),
                    "the first " + second.name + " counts",
                    () -> entity.twice.remove(second),
                    answer -> {
                        boolean isSecond = answer.matches("(?i)(the )?(second|2|last)( one)?");
                        if (isSecond) {
                            entity.describe(List.of(second));
                        }
                        boolean isFirst = answer.matches("(?i)(the )?(first|1)( one)?");
                        if (isFirst || isSecond) {
                            entity.twice.remove(second);
                        }
                        return isFirst || isSecond;
                    }));
        }
        if (entity.fields.size() > EntityModel.MOST_FIELDS) {
            found.add(Doubt.of(
                    "%s has %d fields; I do at most %d. Which do I leave out?"
                            .formatted(entity.name, entity.fields.size(), EntityModel.MOST_FIELDS),
                    "the last ones are left out",
                    () -> entity.fields
                            .subList(EntityModel.MOST_FIELDS, entity.fields.size())
                            .clear(),
                    answer -> new Listening(draft, false, List.of()).statement(answer)));
            return;
        }
        entity.fields.forEach(field -> field(entity, field));
    }

    private boolean takesFields(DraftEntity entity, String answer) {
        if (Listening.isLeaveOut(answer)) {
            if (draft.isChild(entity)) {
                entity.bare = true;
            } else {
                draft.remove(entity);
            }
            return true;
        }
        String list = answer.replaceFirst("(?i)^" + entity.name + "\\s*:", "");
        if (FieldNotation.isNotation(list)) {
            entity.describe(FieldNotation.fields(list));
            return true;
        }
        return Prose.list(entity, list, draft);
    }

    // ---- fields

    private void field(DraftEntity entity, DraftField field) {
        Names.objectionToField(field.name)
                .ifPresentOrElse(why -> renameField(entity, field, why), () -> describedField(entity, field));
    }

    private void renameField(DraftEntity entity, DraftField field, String why) {
        boolean isId = field.name.equalsIgnoreCase("id");
        String instead = Names.fieldInstead(field.name, entity);
        found.add(Doubt.of(
                "%s cannot be a field of %s: %s. Which name instead?"
                        .formatted(Quoted.words(field.name), entity.name, why),
                isId
                        ? "the service's own id is enough for " + entity.name
                        : Quoted.words(field.name) + " of " + entity.name + " is called " + instead,
                () -> {
                    if (isId) {
                        entity.fields.remove(field);
                    } else {
                        field.name = instead;
                    }
                },
                answer -> {
                    if (Listening.isLeaveOut(answer)) {
                        entity.fields.remove(field);
                        return true;
                    }
                    String name = Names.field(answer);
                    boolean usable = Names.objectionToField(name).isEmpty()
                            && entity.field(name).isEmpty();
                    field.name = usable ? name : field.name;
                    return usable;
                }));
    }

    private void describedField(DraftEntity entity, DraftField field) {
        String where = entity.name + "." + field.name;
        if (field.type == null) {
            untyped(field, where);
        } else if (!field.unknown.isEmpty()) {
            unknownWords(field, where);
        } else {
            int before = found.size();
            bounds(field, where, field.type);
            if (found.size() == before && field.otherwise != null) {
                otherwise(field, where, field.otherwise);
            }
        }
    }

    private void otherwise(DraftField field, String where, String word) {
        boolean fits = word.matches("[A-Za-z0-9_.+-]{1,60}") && new Default(word).fits(Model.type(field));
        if (fits && !field.unique) {
            return;
        }
        Runnable drop = () -> field.otherwise = null;
        found.add(Doubt.of(
                fits
                        ? "%s is unique and has a default: then only one could ever be left out. What is meant?"
                                .formatted(where)
                        : "%s cannot be the default of %s: a plain word or number within its rules, `today` for a date, `now` for a timestamp. What is meant?"
                                .formatted(Quoted.words(word), where),
                where + " has no default",
                drop,
                answer -> settles(field, answer, drop)));
    }

    private void untyped(DraftField field, String where) {
        String slip = field.unknown.isEmpty() ? "" : field.unknown.getFirst();
        TypeWord meant = FieldNotation.meant(slip).flatMap(TypeWord::of).orElseGet(() -> TypeWord.likely(field.name));
        String question = slip.isEmpty()
                ? "Which type has %s? One of %s.".formatted(where, TypeWord.LIST)
                : "Which type has %s? I do not know %s; it can be %s."
                        .formatted(where, Quoted.words(slip), TypeWord.LIST);
        found.add(Doubt.of(
                question,
                "%s is %s".formatted(where, meant == TypeWord.CHOICE ? TypeWord.STRING.word() : meant.word()),
                () -> {
                    field.type = meant == TypeWord.CHOICE ? TypeWord.STRING : meant;
                    field.unknown.remove(slip);
                },
                answer -> {
                    DraftField described = new DraftField(answer, field.name);
                    FieldNotation.describe(described, answer);
                    boolean understood = described.type != null && described.unknown.isEmpty();
                    if (understood) {
                        field.unknown.remove(slip);
                        FieldNotation.describe(field, answer);
                    }
                    return understood;
                }));
    }

    private void unknownWords(DraftField field, String where) {
        String word = field.unknown.getFirst();
        Optional<String> meant =
                FieldNotation.meant(word).filter(known -> TypeWord.of(known).isEmpty());
        found.add(Doubt.of(
                "In %s I do not understand %s. What does it say about %s?"
                        .formatted(Quoted.words(field.said), Quoted.words(word), where),
                meant.map(known -> "%s of %s means %s".formatted(Quoted.words(word), where, known))
                        .orElse("%s of %s is left out".formatted(Quoted.words(word), where)),
                () -> {
                    field.unknown.remove(word);
                    meant.ifPresent(known -> FieldNotation.describe(field, known));
                },
                answer -> {
                    DraftField described = new DraftField(answer, field.name);
                    described.type = field.type;
                    FieldNotation.describe(described, answer);
                    boolean understood = Listening.isLeaveOut(answer) || described.unknown.isEmpty();
                    if (understood) {
                        field.unknown.remove(word);
                    }
                    if (understood && !Listening.isLeaveOut(answer)) {
                        FieldNotation.describe(field, answer);
                    }
                    return understood;
                }));
    }

    private void bounds(DraftField field, String where, TypeWord type) {
        switch (type) {
            case STRING -> length(field, where, Text.Kind.STRING);
            case TEXT -> length(field, where, Text.Kind.TEXT);
            case EMAIL -> length(field, where, Text.Kind.EMAIL);
            case INT -> whole(field, where, false);
            case LONG -> whole(field, where, true);
            case DECIMAL -> decimal(field, where);
            case CHOICE -> choice(field, where);
            case BOOLEAN -> {
                noBounds(field, where, type);
                if (field.unique) {
                    found.add(Doubt.of(
                            "%s is boolean and unique: then there could be only two of them. What is meant?"
                                    .formatted(where),
                            where + " is not unique",
                            () -> field.unique = false,
                            answer -> settles(field, answer, () -> field.unique = false)));
                }
            }
            case DATE, TIMESTAMP, UUID -> noBounds(field, where, type);
        }
    }

    private void noBounds(DraftField field, String where, TypeWord type) {
        if (field.min == null && field.max == null) {
            return;
        }
        Runnable drop = () -> {
            field.min = null;
            field.max = null;
        };
        found.add(Doubt.of(
                "%s is %s, for which I have no min or max. What is meant?".formatted(where, type.word()),
                where + " has no min and no max",
                drop,
                answer -> settles(field, answer, drop)));
    }

    private void length(DraftField field, String where, Text.Kind kind) {
        BigDecimal lowestMin = BigDecimal.ZERO;
        BigDecimal highestMin =
                BigDecimal.valueOf(kind == Text.Kind.EMAIL ? Text.LONGEST_EMAIL_MIN : kind.greatestMax());
        BigDecimal lowestMax = BigDecimal.valueOf(kind.shortest());
        BigDecimal highestMax = BigDecimal.valueOf(kind.greatestMax());
        if (limited(field, where, true, lowestMin, highestMin, true)
                || limited(field, where, false, lowestMax, highestMax, true)
                || crossed(field, where, BigDecimal.valueOf(kind.usualMax()))) {
            return;
        }
        if (field.unique && field.max != null && field.max.compareTo(BigDecimal.ONE) <= 0) {
            tooFewToBeUnique(field, where);
        }
    }

    private void whole(DraftField field, String where, boolean wide) {
        BigDecimal lowest = Whole.typeLowest(wide);
        BigDecimal highest = Whole.typeHighest(wide);
        if (limited(field, where, true, lowest, highest, true)
                || limited(field, where, false, lowest, highest, true)
                || crossed(field, where, highest)) {
            return;
        }
        if (field.unique && !Model.type(field).canBeUnique()) {
            tooFewToBeUnique(field, where);
        }
    }

    private void decimal(DraftField field, String where) {
        BigDecimal precision = field.precision == null ? BigDecimal.valueOf(Decimal.USUAL_PRECISION) : field.precision;
        BigDecimal scale = field.scale == null ? BigDecimal.valueOf(Decimal.USUAL_SCALE) : field.scale;
        boolean possible = isWhole(precision)
                && isWhole(scale)
                && scale.signum() >= 0
                && precision.compareTo(scale) >= 0
                && precision.signum() > 0
                && precision.compareTo(BigDecimal.valueOf(Decimal.GREATEST_PRECISION)) <= 0;
        if (!possible) {
            Runnable usual = () -> {
                field.precision = null;
                field.scale = null;
            };
            found.add(Doubt.of(
                    "%s is no decimal I can keep: at most %d digits in all, as in decimal(10,2). What is meant?"
                            .formatted(Quoted.words(field.said), Decimal.GREATEST_PRECISION),
                    "%s is decimal(%d,%d)".formatted(where, Decimal.USUAL_PRECISION, Decimal.USUAL_SCALE),
                    usual,
                    answer -> settles(field, answer, usual)));
            return;
        }
        BigDecimal reach = Decimal.reach(precision.intValue(), scale.intValue());
        if (limited(field, where, true, reach.negate(), reach, false)
                || limited(field, where, false, reach.negate(), reach, false)
                || tooFine(field, where, scale.intValue())
                || crossed(field, where, reach)) {
            return;
        }
        if (field.unique && !Model.type(field).canBeUnique()) {
            tooFewToBeUnique(field, where);
        }
    }

    private boolean tooFine(DraftField field, String where, int scale) {
        boolean minFits = field.min == null || field.min.stripTrailingZeros().scale() <= scale;
        boolean maxFits = field.max == null || field.max.stripTrailingZeros().scale() <= scale;
        if (minFits && maxFits) {
            return false;
        }
        Runnable drop = () -> {
            field.min = minFits ? field.min : null;
            field.max = maxFits ? field.max : null;
        };
        found.add(Doubt.of(
                "%s has %d digits after the point, but its bounds in %s have more. What is meant?"
                        .formatted(where, scale, Quoted.words(field.said)),
                where + " has no such bound",
                drop,
                answer -> settles(field, answer, drop)));
        return true;
    }

    private void choice(DraftField field, String where) {
        noBounds(field, where, TypeWord.CHOICE);
        List<String> values = field.choices;
        boolean usable = !values.isEmpty()
                && values.size() <= Choice.MOST_VALUES
                && values.stream()
                        .allMatch(value ->
                                Names.isUsable(value) && Reserved.choice(value).isEmpty())
                && values.stream()
                                .map(value -> value.toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        == values.size();
        Runnable asText = () -> {
            field.type = TypeWord.STRING;
            field.choices = new ArrayList<>();
        };
        if (!usable) {
            found.add(Doubt.of(
                    "%s: which values can it have? 1 to %d different words of letters and digits, as in enum(open|closed)."
                            .formatted(where, Choice.MOST_VALUES),
                    where + " is a string",
                    asText,
                    answer -> settles(field, answer.startsWith("enum") ? answer : "enum(" + answer + ")", asText)));
        } else if (field.unique && values.size() < 10) {
            tooFewToBeUnique(field, where);
        }
    }

    private void tooFewToBeUnique(DraftField field, String where) {
        found.add(Doubt.of(
                "%s is unique but can have only a handful of values. What is meant?".formatted(where),
                where + " is not unique",
                () -> field.unique = false,
                answer -> settles(field, answer, () -> field.unique = false)));
    }

    /** Doubts a bound that the type cannot reach. */
    private boolean limited(
            DraftField field, String where, boolean lower, BigDecimal lowest, BigDecimal highest, boolean whole) {
        BigDecimal bound = lower ? field.min : field.max;
        if (bound == null
                || (bound.compareTo(lowest) >= 0 && bound.compareTo(highest) <= 0 && (!whole || isWhole(bound)))) {
            return false;
        }
        String name = lower ? "min" : "max";
        Runnable drop = () -> {
            field.min = lower ? null : field.min;
            field.max = lower ? field.max : null;
        };
        found.add(Doubt.of(
                "%s of %s must be a %snumber from %s to %s, not %s. What is meant?"
                        .formatted(name, where, whole ? "whole " : "", plain(lowest), plain(highest), plain(bound)),
                "%s has no %s".formatted(where, name),
                drop,
                answer -> settles(field, answer, drop)));
        return true;
    }

    /** Doubts a min above the max, whether the max was said or is the type's own. */
    private boolean crossed(DraftField field, String where, BigDecimal usualMax) {
        BigDecimal max = field.max == null ? usualMax : field.max;
        if (field.min == null || field.min.compareTo(max) <= 0) {
            return false;
        }
        Runnable drop = () -> {
            field.min = null;
            field.max = null;
        };
        found.add(Doubt.of(
                "min %s of %s is above its max %s. What is meant?".formatted(plain(field.min), where, plain(max)),
                where + " has neither of the two bounds",
                drop,
                answer -> settles(field, answer, drop)));
        return true;
    }

    /** Takes an answer that describes the field anew, or one that wants the doubtful words left out. */
    private static boolean settles(DraftField field, String answer, Runnable drop) {
        DraftField described = new DraftField(answer, field.name);
        FieldNotation.describe(described, answer);
        if (Listening.isLeaveOut(answer)) {
            drop.run();
            return true;
        }
        boolean saysSomething = described.type != null
                || described.min != null
                || described.max != null
                || described.required
                || described.otherwise != null
                || described.unique;
        if (!described.unknown.isEmpty() || !saysSomething) {
            return false;
        }
        drop.run();
        if (described.type != null) {
            field.type = null;
            field.precision = null;
            field.scale = null;
        }
        FieldNotation.describe(field, answer);
        return true;
    }

    // ---- relations

    private void relations() {
        for (DraftRelation proposal : draft.proposed) {
            propose(proposal);
        }
        boolean allKnown = true;
        for (DraftRelation relation : draft.relations) {
            allKnown &= relation(relation);
        }
        if (allKnown) {
            circle();
            roles();
            links();
            draft.entities.forEach(this::uniques);
        }
    }

    private void propose(DraftRelation proposal) {
        boolean stillOpen = draft.entity(proposal.parent).isPresent()
                && draft.entity(proposal.child).isPresent()
                && draft.relations.stream().noneMatch(known -> known.connects(proposal.parent, proposal.child));
        if (!stillOpen) {
            return;
        }
        boolean many = proposal.kind == DraftRelation.Kind.MANY_TO_MANY;
        String parent = new Noun(proposal.parent).aWords();
        String question = many
                ? "Can %s have several %s, and the other way round? (a) yes (b) no, they are not related."
                        .formatted(parent, new Noun(proposal.child).pluralWords())
                : "Does every %s belong to %s? (a) yes, always (b) it may (c) no."
                        .formatted(new Noun(proposal.child).words(), parent);
        found.add(Doubt.of(question, proposal.said, () -> draft.relate(proposal), answer -> settles(proposal, answer)));
    }

    private boolean settles(DraftRelation proposal, String answer) {
        boolean many = proposal.kind == DraftRelation.Kind.MANY_TO_MANY;
        String said = answer.strip().toLowerCase(Locale.ROOT).replaceFirst("[.!]$", "");
        String letter = said.matches("\\(?[abc]\\)?([ ,].*)?") ? said.replaceAll("[^abc].*", "") : "";
        letter = said.startsWith("(") && said.length() > 1 ? said.substring(1, 2) : letter;
        boolean none = Listening.isLeaveOut(answer) || (many ? letter.equals("b") : letter.equals("c"));
        boolean optional = !many
                && (letter.equals("b")
                        || said.matches("(it )?(may|can|might)|optional(ly)?|not always|not every|sometimes"));
        boolean always = letter.equals("a") || said.matches("yes,? .*|always|every( one)?|required");
        if (none) {
            draft.proposed.remove(proposal);
        } else if (optional || always) {
            proposal.required = !optional;
            draft.relate(proposal);
        }
        return none || optional || always || new Listening(draft, false, List.of()).statement(answer);
    }

    /** Doubts one relation; true if both its ends are known and it is one to many. */
    private boolean relation(DraftRelation relation) {
        for (String end : List.of(relation.parent, relation.child)) {
            if (draft.entity(end).isEmpty()) {
                if (strangers.add(end.toLowerCase(Locale.ROOT))) {
                    unknownEnd(relation, end);
                }
                return false;
            }
        }
        return switch (relation.kind) {
            case ONE_TO_MANY -> true;
            case ONE_TO_ONE -> {
                found.add(Doubt.of(
                        "%s is one to one, which I do not do. What instead?".formatted(Quoted.words(relation.said)),
                        "%s 1-n %s".formatted(relation.parent, relation.child),
                        () -> relation.kind = DraftRelation.Kind.ONE_TO_MANY,
                        answer -> replaces(relation, answer)));
                yield false;
            }
            case MANY_TO_MANY -> linked(relation);
        };
    }

    /** Doubts a link; true if it can be made. */
    private boolean linked(DraftRelation relation) {
        boolean itself = relation.parent.equalsIgnoreCase(relation.child);
        boolean twice = draft.relations.stream()
                .anyMatch(other -> other != relation
                        && other.kind == DraftRelation.Kind.MANY_TO_MANY
                        && other.connects(relation.parent, relation.child));
        if (itself || twice) {
            found.add(Doubt.of(
                    itself
                            ? "%s links %s with itself, which I do not do. What instead?"
                                    .formatted(Quoted.words(relation.said), relation.parent)
                            : "%s is there twice. What is meant?".formatted(Quoted.words(relation.said)),
                    Quoted.words(relation.said) + " is left out",
                    () -> draft.relations.remove(relation),
                    answer -> replaces(relation, answer)));
        }
        return !itself && !twice;
    }

    private void unknownEnd(DraftRelation relation, String end) {
        Optional<String> similar = Similar.to(
                end, draft.entities.stream().map(entity -> entity.name).toList());
        boolean canBeMade = Names.objectionToEntity(end).isEmpty();
        String assumption = similar.map(name -> "%s means %s".formatted(Quoted.words(end), name))
                .orElse(canBeMade ? end + ": " + Vocabulary.fields(end) : Quoted.words(relation.said) + " is left out");
        found.add(Doubt.of(
                "In %s I do not know %s. Which fields has it, or who is meant?"
                        .formatted(Quoted.words(relation.said), Quoted.words(end)),
                assumption,
                () -> {
                    if (similar.isPresent()) {
                        moveEnd(relation, end, similar.get());
                    } else if (canBeMade) {
                        draft.entityOrNew(end).describe(FieldNotation.fields(Vocabulary.fields(end)));
                    } else {
                        draft.relations.remove(relation);
                    }
                },
                answer -> {
                    Optional<DraftEntity> meant = draft.meant(answer.strip());
                    if (meant.isPresent()) {
                        moveEnd(relation, end, meant.get().name);
                        return true;
                    }
                    if (canBeMade && FieldNotation.looksLikeFields(answer) && answer.indexOf(':') < 0) {
                        draft.entityOrNew(end).describe(FieldNotation.fields(answer));
                        return true;
                    }
                    return replaces(relation, answer);
                }));
    }

    private void moveEnd(DraftRelation relation, String from, String to) {
        draft.relations.remove(relation);
        if (relation.parent.equals(from)) {
            relation.parent = to;
        } else {
            relation.child = to;
        }
        draft.relate(relation);
    }

    private boolean replaces(DraftRelation relation, String answer) {
        if (Listening.isLeaveOut(answer)) {
            draft.relations.remove(relation);
            return true;
        }
        Optional<DraftRelation> other = RelationNotation.read(answer);
        other.ifPresent(fresh -> {
            draft.relations.remove(relation);
            draft.relate(fresh);
        });
        return other.isPresent() || new Listening(draft, false, List.of()).statement(answer);
    }

    /** A link takes three names of its owner's; whichever side owns it, all of them have to be free. */
    private void links() {
        for (DraftRelation relation : draft.relations) {
            if (relation.kind != DraftRelation.Kind.MANY_TO_MANY) {
                continue;
            }
            for (Link link : List.of(
                    new Link(known(relation.parent), known(relation.child)),
                    new Link(known(relation.child), known(relation.parent)))) {
                DraftEntity owner = draft.entity(link.owner()).orElseThrow();
                for (String member : List.of(link.role(), link.idsName(), link.idName())) {
                    owner.field(member).ifPresent(field -> clash(owner, field, relation));
                }
                boolean roleTaken = draft.relations.stream()
                        .anyMatch(other -> other.kind != DraftRelation.Kind.MANY_TO_MANY
                                && other.child.equalsIgnoreCase(owner.name)
                                && (Draft.roleOf(other) + "Id").equalsIgnoreCase(link.idName()));
                if (roleTaken) {
                    found.add(Doubt.of(
                            "%s belongs to %s and is linked with it too; both need the name %s. Which one do I leave out?"
                                    .formatted(owner.name, link.other(), link.idName()),
                            Quoted.words(relation.said) + " is left out",
                            () -> draft.relations.remove(relation),
                            answer -> replaces(relation, answer)));
                    return;
                }
            }
        }
    }

    private void uniques(DraftEntity entity) {
        for (List<String> group : List.copyOf(entity.uniques)) {
            Optional<String> wrong = whatIsWrong(entity, group);
            wrong.ifPresent(why -> found.add(Doubt.of(
                    "unique(%s) of %s: %s. What is meant?"
                            .formatted(
                                    String.join(
                                            ", ",
                                            group.stream()
                                                    .map(name ->
                                                            Quoted.words(name).replace("`", ""))
                                                    .toList()),
                                    entity.name,
                                    why),
                    "that rule is left out",
                    () -> entity.uniques.remove(group),
                    answer -> {
                        if (Listening.isLeaveOut(answer)) {
                            entity.uniques.remove(group);
                            return true;
                        }
                        int before = entity.uniques.size();
                        entity.describe(FieldNotation.fields(answer));
                        boolean said = entity.uniques.size() > before;
                        if (said) {
                            entity.uniques.remove(group);
                        }
                        return said;
                    })));
        }
    }

    private Optional<String> whatIsWrong(DraftEntity entity, List<String> group) {
        if (group.size() < 2) {
            return Optional.of("it takes two names or more; for one say `name string unique`");
        }
        if (entity.uniques.size() > EntityModel.MOST_UNIQUES) {
            return Optional.of("I do at most %d such rules".formatted(EntityModel.MOST_UNIQUES));
        }
        boolean roomToDiffer = false;
        for (String member : group) {
            Optional<DraftField> field = entity.field(member);
            Optional<DraftRelation> parent = draft.relations.stream()
                    .filter(relation -> relation.kind != DraftRelation.Kind.MANY_TO_MANY
                            && relation.child.equalsIgnoreCase(entity.name)
                            && Draft.roleOf(relation).equals(member))
                    .findFirst();
            if (field.isEmpty() && parent.isEmpty()) {
                return Optional.of("it has no %s".formatted(Quoted.words(member)));
            }
            roomToDiffer |= parent.isPresent();
            roomToDiffer |= field.isPresent()
                    && field.get().type != null
                    && field.get().unknown.isEmpty()
                    && EchoDraft.canBeUnique(field.get());
        }
        return roomToDiffer ? Optional.empty() : Optional.of("all of them together have only a handful of values");
    }

    private void circle() {
        List<String> names = draft.entities.stream().map(entity -> entity.name).toList();
        List<Relation> relations = draft.relations.stream()
                .filter(relation -> relation.kind != DraftRelation.Kind.MANY_TO_MANY)
                .filter(relation -> Names.isUsable(Draft.roleOf(relation))
                        && Reserved.role(Draft.roleOf(relation)).isEmpty())
                .map(relation -> new Relation(
                        known(relation.parent), known(relation.child), Draft.roleOf(relation), relation.required))
                .toList();
        Optional<List<String>> circle = ServiceModel.circle(names, relations);
        if (circle.isEmpty()) {
            return;
        }
        DraftRelation last = draft.relations.reversed().stream()
                .filter(relation -> relation.kind != DraftRelation.Kind.MANY_TO_MANY)
                .filter(relation -> circle.get().contains(known(relation.parent))
                        && circle.get().contains(known(relation.child)))
                .findFirst()
                .orElseThrow();
        found.add(Doubt.of(
                "The relations go round in a circle: %s. Which one do I leave out?"
                        .formatted(String.join(", ", circle.get())),
                "%s 1-n %s is left out".formatted(last.parent, last.child),
                () -> draft.relations.remove(last),
                answer -> {
                    Optional<DraftRelation> named = RelationNotation.read(answer);
                    return named.isPresent()
                            && draft.relations.removeIf(relation -> relation.parent.equalsIgnoreCase(named.get().parent)
                                    && relation.child.equalsIgnoreCase(named.get().child));
                }));
    }

    private void roles() {
        Set<String> taken = new HashSet<>();
        for (DraftRelation relation : draft.relations) {
            if (relation.kind == DraftRelation.Kind.MANY_TO_MANY) {
                continue;
            }
            String role = Draft.roleOf(relation);
            boolean usable = Names.isUsable(role)
                    && Character.isLowerCase(role.charAt(0))
                    && Reserved.role(role).isEmpty();
            String place = relation.child.toLowerCase(Locale.ROOT) + "." + role.toLowerCase(Locale.ROOT);
            boolean free = taken.add(place) && taken.add(place + "id");
            if (!usable || !free) {
                renameRole(relation, role);
                continue;
            }
            DraftEntity child = draft.entity(relation.child).orElseThrow();
            for (String member : List.of(role, role + "Id")) {
                child.field(member).ifPresent(field -> clash(child, field, relation));
            }
        }
    }

    private void renameRole(DraftRelation relation, String role) {
        String instead = freeRole(relation);
        found.add(Doubt.of(
                "%s cannot be what %s calls its %s. Which word instead?"
                        .formatted(
                                Quoted.words(role),
                                new Noun(relation.child).aWords(),
                                new Noun(relation.parent).words()),
                "it is called " + instead,
                () -> relation.role = instead,
                answer -> {
                    String word = Names.field(answer.strip());
                    boolean free = Names.isUsable(word) && isFreeRole(relation, word);
                    relation.role = free ? word : relation.role;
                    return free;
                }));
    }

    /** The parent's name if it is free, else with a number. */
    private String freeRole(DraftRelation relation) {
        String parent = Draft.lowerFirst(relation.parent);
        String base = Reserved.role(parent).isEmpty() ? parent : "the" + relation.parent;
        String role = base;
        for (int number = 2; !isFreeRole(relation, role); number++) {
            String suffix = Integer.toString(number);
            role = base.substring(0, Math.min(base.length(), 40 - suffix.length())) + suffix;
        }
        return role;
    }

    private boolean isFreeRole(DraftRelation relation, String role) {
        return Reserved.role(role).isEmpty()
                && draft.relations.stream()
                        .filter(other -> other != relation && other.child.equalsIgnoreCase(relation.child))
                        .map(Draft::roleOf)
                        .noneMatch(other -> other.equalsIgnoreCase(role)
                                || other.equalsIgnoreCase(role + "Id")
                                || role.equalsIgnoreCase(other + "Id"));
    }

    private void clash(DraftEntity child, DraftField field, DraftRelation relation) {
        boolean isId = field.name.equalsIgnoreCase(Draft.roleOf(relation) + "Id");
        String instead = Names.fieldInstead(field.name, child);
        found.add(Doubt.of(
                "%s has a field %s, and the relation to %s needs that name. Which name has the field instead?"
                        .formatted(child.name, field.name, relation.parent),
                isId
                        ? "the relation takes the place of the field " + field.name
                        : "the field %s of %s is called %s".formatted(field.name, child.name, instead),
                () -> {
                    if (isId) {
                        child.fields.remove(field);
                        child.bare = true;
                    } else {
                        field.name = instead;
                    }
                },
                answer -> {
                    if (Listening.isLeaveOut(answer)) {
                        child.fields.remove(field);
                        child.bare = true;
                        return true;
                    }
                    String name = Names.field(answer);
                    boolean usable = Names.objectionToField(name).isEmpty()
                            && child.field(name).isEmpty();
                    field.name = usable ? name : field.name;
                    return usable;
                }));
    }

    private String known(String name) {
        return draft.entity(name).orElseThrow().name;
    }

    // ---- the whole

    private void tooMany() {
        int count = draft.entities.size();
        List<DraftEntity> surplus = List.copyOf(draft.entities.subList(ServiceModel.MOST_ENTITIES, count));
        String names = String.join(
                ", ", surplus.stream().map(entity -> Quoted.words(entity.name)).toList());
        found.add(Doubt.of(
                "%d entities are more than the %d that I do in one service. Which do I leave out? Say for example: remove %s"
                        .formatted(count, ServiceModel.MOST_ENTITIES, Quoted.words(surplus.getFirst().name)),
                (surplus.size() > MOST_NAMED ? "the last %d".formatted(surplus.size()) : names) + " are left out",
                () -> surplus.forEach(draft::remove),
                answer -> new Listening(draft, false, List.of()).statement(answer)));
    }

    private void service() {
        if (draft.service != null && objectionToService(draft.service).isEmpty()) {
            return;
        }
        String instead = serviceInstead();
        Predicate<String> takesName = answer -> {
            String name = answer.strip().toLowerCase(Locale.ROOT);
            boolean usable = objectionToService(name).isEmpty();
            draft.service = usable ? name : draft.service;
            return usable;
        };
        String question = draft.service == null
                ? "What is the service called?"
                : "The service cannot be called %s: %s. What is it called?"
                        .formatted(
                                Quoted.words(draft.service),
                                objectionToService(draft.service).orElse(""));
        found.add(Doubt.of(question, "the service is called " + instead, () -> draft.service = instead, takesName));
    }

    private void security() {
        String asked = draft.unsettledSecurity;
        if (asked == null) {
            return;
        }
        Security offered = asked.matches("oauth.*|.*logins?") ? Security.OIDC : Security.API_KEY;
        found.add(Doubt.of(
                "You speak of %s. Who is let in: (a) whoever shows a bearer token of your OIDC provider (b) whoever shows an API key (c) everybody, as a gateway in front of the service asks."
                        .formatted(Quoted.words(asked)),
                Echo.security(offered),
                () -> draft.secure(offered),
                answer -> {
                    Optional<Security> decided = decided(answer);
                    decided.ifPresent(draft::secure);
                    return decided.isPresent();
                }));
    }

    private static Optional<Security> decided(String answer) {
        String said = answer.strip().toLowerCase(Locale.ROOT).replaceAll("[().!]", "");
        if (Listening.isLeaveOut(answer) || said.matches("c|no.*|every.*|.*gateway.*")) {
            return Optional.of(Security.NONE);
        }
        if (said.matches("b|.*\\bkeys?\\b.*")) {
            return Optional.of(Security.API_KEY);
        }
        return said.matches("a|.*(?:oidc|openid|bearer|token|provider|keycloak).*")
                ? Optional.of(Security.OIDC)
                : Optional.empty();
    }

    private String serviceInstead() {
        String wished = draft.service == null
                ? ""
                : draft.service.replaceAll("[^a-z0-9]", "").replaceFirst("^[0-9]+", "");
        String first = draft.entities.stream()
                .map(entity -> entity.name)
                .filter(Names::isUsable)
                .findFirst()
                .map(name -> new Noun(name).pluralWords().replace(" ", ""))
                .orElse("service");
        for (String candidate : List.of(wished, first, first + "service")) {
            String name = candidate.substring(0, Math.min(candidate.length(), 40));
            if (objectionToService(name).isEmpty()) {
                return name;
            }
        }
        return "service";
    }

    private static Optional<String> objectionToService(String name) {
        return name.matches("[a-z][a-z0-9]{0,39}")
                ? Reserved.service(name).map(owner -> "it is " + owner)
                : Optional.of("a name is 1 to 40 letters and digits of the English alphabet, a letter first");
    }

    private void load() {
        boolean given = draft.peak != null || draft.p99Millis != null || draft.rows != null;
        List<String> objections = new ArrayList<>();
        outside(draft.peak, 1, Load.HIGHEST_PEAK, "a peak is 1 to 100,000 requests per second")
                .ifPresent(objections::add);
        outside(draft.p99Millis, 1, Load.LONGEST_P99.toMillis(), "p99 is 1 ms to 60 s")
                .ifPresent(objections::add);
        outside(draft.rows, 1, Load.MOST_ROWS, "a table has 1 to 100,000,000,000 rows")
                .ifPresent(objections::add);
        if ((given || draft.loadAsked) && objections.isEmpty()) {
            return;
        }
        String question = objections.isEmpty()
                ? "Which load do you expect: requests per second at peak, the p99 you need, rows in the largest table?"
                : "That load is out of my range: %s. Which load do you expect?"
                        .formatted(String.join("; ", objections));
        String assumption = Echo.load(Load.USUAL);
        found.add(new Doubt(
                Doubt.Kind.LOAD,
                question + " I would take this: " + assumption + ".",
                Optional.of(assumption),
                () -> {
                    draft.loadAsked = true;
                    draft.peak = null;
                    draft.p99Millis = null;
                    draft.rows = null;
                },
                answer -> LoadNotation.read(answer, draft)));
    }

    private static Optional<String> outside(@Nullable BigDecimal number, long lowest, long highest, String rule) {
        boolean fits = number == null
                || (number.compareTo(BigDecimal.valueOf(lowest)) >= 0
                        && number.compareTo(BigDecimal.valueOf(highest)) <= 0);
        return fits ? Optional.empty() : Optional.of(rule);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
