package dev.saywhen.adapter.blueprint.service;

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
import dev.saywhen.adapter.blueprint.model.Noun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One field as the generated service spells it: its Java type, its column, its rules. */
public final class FieldView {

    private static final String CONSTRAINTS = "jakarta.validation.constraints.";

    private final FieldModel field;
    private final String column;
    private final Optional<String> uniqueName;
    private final Optional<String> checkName;

    FieldView(FieldModel field, String table, SqlNames names) {
        this.field = field;
        this.column = SqlNames.column(new Noun(field.name()).snake());
        this.uniqueName = field.unique() ? Optional.of(names.name(table, column, "key")) : Optional.empty();
        this.checkName = condition().map(condition -> names.name(table, column, "check"));
    }

    public String name() {
        return field.name();
    }

    public String column() {
        return column;
    }

    public boolean required() {
        return field.required();
    }

    public boolean unique() {
        return field.unique();
    }

    public String words() {
        return new Noun(field.name()).words();
    }

    public String snake() {
        return new Noun(field.name()).snake();
    }

    FieldType type() {
        return field.type();
    }

    Optional<String> uniqueName() {
        return uniqueName;
    }

    public String javaType() {
        return switch (field.type()) {
            case Text ignored -> "String";
            case Whole whole -> whole.wide() ? "Long" : "Integer";
            case Decimal ignored -> "BigDecimal";
            case Flag ignored -> "Boolean";
            case Date ignored -> "LocalDate";
            case Timestamp ignored -> "Instant";
            case Identifier ignored -> "UUID";
            case Choice ignored -> "String";
        };
    }

    Set<String> typeImports() {
        return switch (field.type()) {
            case Text ignored -> Set.of();
            case Whole ignored -> Set.of();
            case Decimal ignored -> Set.of("java.math.BigDecimal");
            case Flag ignored -> Set.of();
            case Date ignored -> Set.of("java.time.LocalDate");
            case Timestamp ignored -> Set.of("java.time.Instant");
            case Identifier ignored -> Set.of("java.util.UUID");
            case Choice ignored -> Set.of();
        };
    }

    /** What the entity needs to import for this field. */
    Set<String> entityImports() {
        Set<String> imports = new TreeSet<>(typeImports());
        if (field.type() instanceof Timestamp) {
            imports.add("java.time.temporal.ChronoUnit");
        }
        return imports;
    }

    /** What the request needs to import for this field. */
    Set<String> requestImports() {
        Set<String> imports = new TreeSet<>(typeImports());
        if (field.type() instanceof Choice) {
            imports.add("org.eclipse.microprofile.openapi.annotations.media.Schema");
        }
        for (String rule : rules()) {
            String annotation = rule.substring(1).replaceAll("\\(.*", "");
            if (!annotation.equals("Schema")) {
                imports.add(CONSTRAINTS + annotation);
            }
        }
        return imports;
    }

    /** The annotations that state the field's rules, in the order they are read. */
    List<String> rules() {
        List<String> rules = new ArrayList<>();
        if (field.required()) {
            rules.add(field.type() instanceof Text ? "@NotBlank" : "@NotNull");
        }
        switch (field.type()) {
            case Text text -> {
                if (text.kind() == Text.Kind.EMAIL) {
                    rules.add("@Email");
                }
                rules.add(
                        text.min() > 0
                                ? "@Size(min = %d, max = %d)".formatted(text.min(), text.max())
                                : "@Size(max = %d)".formatted(text.max()));
            }
            case Whole whole -> {
                whole.min().ifPresent(min -> rules.add("@Min(" + literal(min) + ")"));
                whole.max().ifPresent(max -> rules.add("@Max(" + literal(max) + ")"));
            }
            case Decimal decimal -> {
                rules.add("@Digits(integer = %d, fraction = %d)"
                        .formatted(decimal.precision() - decimal.scale(), decimal.scale()));
                decimal.min().ifPresent(min -> rules.add("@DecimalMin(\"" + plain(min) + "\")"));
                decimal.max().ifPresent(max -> rules.add("@DecimalMax(\"" + plain(max) + "\")"));
            }
            case Choice choice -> {
                rules.add("@Pattern(regexp = \"%s\", message = \"must be one of %s\")"
                        .formatted(String.join("|", choice.values()), String.join(", ", choice.values())));
                rules.add("@Schema(enumeration = {%s})"
                        .formatted(choice.values().stream()
                                .map(value -> '"' + value + '"')
                                .collect(Collectors.joining(", "))));
            }
            case Flag ignored -> {}
            case Date ignored -> {}
            case Timestamp ignored -> {}
            case Identifier ignored -> {}
        }
        return rules;
    }

    /** What stands in the entity's {@code @Column}. */
    public String columnAttributes() {
        StringBuilder attributes = new StringBuilder("name = \"" + column + "\"");
        if (field.required()) {
            attributes.append(", nullable = false");
        }
        if (field.unique()) {
            attributes.append(", unique = true");
        }
        switch (field.type()) {
            case Text text ->
                attributes.append(
                        text.kind() == Text.Kind.TEXT ? ", columnDefinition = \"text\"" : ", length = " + text.max());
            case Decimal decimal ->
                attributes.append(", precision = %d, scale = %d".formatted(decimal.precision(), decimal.scale()));
            case Choice choice -> attributes.append(", length = " + longest(choice));
            case Whole ignored -> {}
            case Flag ignored -> {}
            case Date ignored -> {}
            case Timestamp ignored -> {}
            case Identifier ignored -> {}
        }
        return attributes.toString();
    }

    /** The expression by which the entity takes its value from the request, as it will come back from the database. */
    public String taken() {
        String said = "request." + field.name() + "()";
        String kept = switch (field.type()) {
            case Decimal decimal -> said + ".setScale(" + decimal.scale() + ")";
            case Timestamp ignored -> said + ".truncatedTo(ChronoUnit.MICROS)";
            case Text ignored -> said;
            case Whole ignored -> said;
            case Flag ignored -> said;
            case Date ignored -> said;
            case Identifier ignored -> said;
            case Choice ignored -> said;
        };
        return field.required() || kept.equals(said) ? kept : said + " == null ? null : " + kept;
    }

    /** The column in {@code create table}. */
    String columnDefinition() {
        return column + " " + sqlType() + (field.required() ? " not null" : "");
    }

    public String sqlType() {
        return switch (field.type()) {
            case Text text -> text.kind() == Text.Kind.TEXT ? "text" : "varchar(" + text.max() + ")";
            case Whole whole -> whole.wide() ? "bigint" : "integer";
            case Decimal decimal -> "numeric(%d, %d)".formatted(decimal.precision(), decimal.scale());
            case Flag ignored -> "boolean";
            case Date ignored -> "date";
            case Timestamp ignored -> "timestamp with time zone";
            case Identifier ignored -> "uuid";
            case Choice choice -> "varchar(" + longest(choice) + ")";
        };
    }

    /** The constraints that the column has in {@code create table}. */
    List<String> constraints() {
        List<String> constraints = new ArrayList<>();
        uniqueName.ifPresent(name -> constraints.add("constraint %s unique (%s)".formatted(name, column)));
        checkName.ifPresent(name -> constraints.add(
                "constraint %s check (%s)".formatted(name, condition().orElseThrow())));
        return constraints;
    }

    /** Rules in the words of a specification, such as {@code required, at most 200 characters}. */
    public String rulesInWords() {
        List<String> words = new ArrayList<>();
        if (field.required()) {
            words.add("required");
        }
        if (field.unique()) {
            words.add("unique");
        }
        switch (field.type()) {
            case Text text ->
                words.add(
                        text.min() > 0
                                ? "%d to %d characters".formatted(text.min(), text.max())
                                : "at most %d characters".formatted(text.max()));
            case Whole whole -> {
                whole.min().ifPresent(min -> words.add("at least " + plain(min)));
                whole.max().ifPresent(max -> words.add("at most " + plain(max)));
            }
            case Decimal decimal -> {
                decimal.min().ifPresent(min -> words.add("at least " + plain(min)));
                decimal.max().ifPresent(max -> words.add("at most " + plain(max)));
                words.add("%d digits before and %d after the point"
                        .formatted(decimal.precision() - decimal.scale(), decimal.scale()));
            }
            case Choice choice -> words.add("one of " + String.join(", ", choice.values()));
            case Flag ignored -> {}
            case Date ignored -> {}
            case Timestamp ignored -> words.add("kept to the microsecond");
            case Identifier ignored -> {}
        }
        return String.join(", ", words);
    }

    /** What kind of value it is, in the words in which fields are described. */
    public String typeInWords() {
        return switch (field.type()) {
            case Text text ->
                switch (text.kind()) {
                    case STRING -> "string";
                    case TEXT -> "text";
                    case EMAIL -> "email";
                };
            case Whole whole -> whole.wide() ? "long" : "int";
            case Decimal ignored -> "decimal";
            case Flag ignored -> "boolean";
            case Date ignored -> "date";
            case Timestamp ignored -> "timestamp";
            case Identifier ignored -> "uuid";
            case Choice ignored -> "choice";
        };
    }

    private Optional<String> condition() {
        List<String> conditions = new ArrayList<>();
        switch (field.type()) {
            case Text text -> {
                if (text.min() > 0) {
                    conditions.add("char_length(" + column + ") >= " + text.min());
                }
                if (text.kind() == Text.Kind.TEXT) {
                    conditions.add("char_length(" + column + ") <= " + text.max());
                }
            }
            case Whole whole -> {
                whole.min().ifPresent(min -> conditions.add(column + " >= " + plain(min)));
                whole.max().ifPresent(max -> conditions.add(column + " <= " + plain(max)));
            }
            case Decimal decimal -> {
                decimal.min().ifPresent(min -> conditions.add(column + " >= " + plain(min)));
                decimal.max().ifPresent(max -> conditions.add(column + " <= " + plain(max)));
            }
            case Choice choice ->
                conditions.add(column + " in ("
                        + choice.values().stream()
                                .map(value -> "'" + value + "'")
                                .collect(Collectors.joining(", "))
                        + ")");
            case Flag ignored -> {}
            case Date ignored -> {}
            case Timestamp ignored -> {}
            case Identifier ignored -> {}
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", conditions));
    }

    private static int longest(Choice choice) {
        return choice.values().stream().mapToInt(String::length).max().orElseThrow();
    }

    private static String literal(BigDecimal number) {
        long value = number.longValueExact();
        return value == (int) value ? Long.toString(value) : value + "L";
    }

    /** Without superfluous zeros and without an exponent. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
