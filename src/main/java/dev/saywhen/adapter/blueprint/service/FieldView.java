package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Default;
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
    private final Optional<Check> check;
    private final Optional<String> index;

    /** A rule that the column's values obey, as it stands in the schema. */
    record Check(String name, String condition) {
        String definition() {
            return "constraint %s check (%s)".formatted(name, condition);
        }
    }

    FieldView(FieldModel field, String table, SqlNames names) {
        this.field = field;
        this.column = SqlNames.column(new Noun(field.name()).snake());
        this.uniqueName = field.unique() ? Optional.of(names.name(table, column, "key")) : Optional.empty();
        this.index = isLookedUpByTime() ? Optional.of(names.name(table, column, "idx")) : Optional.empty();
        this.check = condition().map(condition -> new Check(names.name(table, column, "check"), condition));
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

    Optional<Check> check() {
        return check;
    }

    /** Whether a request that leaves it out is refused. */
    public boolean mustBeSaid() {
        return field.mustBeSaid();
    }

    public boolean hasDefault() {
        return field.otherwise().isPresent();
    }

    /** What it is where nobody says, as JSON in a Java string; empty where that depends on the time. */
    public Optional<String> defaultJson() {
        return field.otherwise()
                .filter(otherwise -> !otherwise.word().equals(Default.TODAY)
                        && !otherwise.word().equals(Default.NOW))
                .map(otherwise -> switch (field.type()) {
                    case Text ignored -> quotedInJava(otherwise.word());
                    case Choice ignored -> quotedInJava(otherwise.word());
                    case Decimal decimal -> '"' + SampleValues.json(otherwise.number(), decimal.scale()) + '"';
                    default -> '"' + otherwise.word() + '"';
                });
    }

    private static String quotedInJava(String word) {
        return "\"\\\"" + word + "\\\"\"";
    }

    /** The index for lists that are narrowed to a time; what is unique has one already. */
    Optional<String> indexDefinition(String table) {
        return index.map(name -> "create index %s on %s (%s);".formatted(name, table, column));
    }

    private boolean isLookedUpByTime() {
        return !field.unique() && (field.type() instanceof Date || field.type() instanceof Timestamp);
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
        if (field.type() instanceof Date && field.otherwise().isPresent()) {
            imports.add("java.time.ZoneOffset");
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
        if (field.mustBeSaid()) {
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
        if (field.otherwise().isPresent()) {
            return unlessNull(said, defaultInJava(field.otherwise().get()), kept);
        }
        return field.required() || kept.equals(said) ? kept : unlessNull(said, "null", kept);
    }

    /** A choice on one line, or on three where one is too short. */
    private String unlessNull(String said, String otherwise, String kept) {
        String line = "%s == null ? %s : %s".formatted(said, otherwise, kept);
        boolean fits = "        this. = ;".length() + field.name().length() + line.length() <= 120;
        return fits ? line : "%s == null\n                ? %s\n                : %s".formatted(said, otherwise, kept);
    }

    private String defaultInJava(Default otherwise) {
        return switch (field.type()) {
            case Text ignored -> '"' + otherwise.word() + '"';
            case Choice ignored -> '"' + otherwise.word() + '"';
            case Whole whole -> plain(otherwise.number()) + (whole.wide() ? "L" : "");
            case Decimal decimal ->
                "new BigDecimal(\""
                        + otherwise.number().setScale(decimal.scale()).toPlainString() + "\")";
            case Flag ignored -> otherwise.word();
            case Date ignored -> "LocalDate.now(ZoneOffset.UTC)";
            case Timestamp ignored -> "Instant.now().truncatedTo(ChronoUnit.MICROS)";
            case Identifier ignored -> throw new IllegalStateException("a UUID has no default");
        };
    }

    private String defaultInSql(Default otherwise) {
        return switch (field.type()) {
            case Text ignored -> "'" + otherwise.word() + "'";
            case Choice ignored -> "'" + otherwise.word() + "'";
            case Whole ignored -> plain(otherwise.number());
            case Decimal ignored -> plain(otherwise.number());
            case Flag ignored -> otherwise.word();
            case Date ignored -> "current_date";
            case Timestamp ignored -> "now()";
            case Identifier ignored -> throw new IllegalStateException("a UUID has no default");
        };
    }

    /** The column in {@code create table}. */
    String columnDefinition() {
        return column + " " + sqlType() + (field.required() ? " not null" : "")
                + field.otherwise()
                        .map(otherwise -> " default " + defaultInSql(otherwise))
                        .orElse("");
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
    List<String> constraints(boolean softDelete) {
        List<String> constraints = new ArrayList<>();
        if (!softDelete) {
            uniqueName.ifPresent(name -> constraints.add("constraint %s unique (%s)".formatted(name, column)));
        }
        check.ifPresent(rule -> constraints.add(rule.definition()));
        return constraints;
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

    /** How a list can be narrowed by it; empty where it cannot. */
    Optional<FilterView> filter() {
        if (FilterView.TAKEN.contains(field.name())) {
            return Optional.empty();
        }
        return switch (field.type()) {
            case Text ignored -> Optional.of(FilterView.contains(field.name(), words()));
            case Whole ignored -> Optional.of(FilterView.equal(field.name(), words(), javaType()));
            case Decimal ignored -> Optional.of(FilterView.equal(field.name(), words(), javaType()));
            case Date ignored -> Optional.of(FilterView.equal(field.name(), words(), javaType()));
            case Timestamp ignored -> Optional.of(FilterView.equal(field.name(), words(), javaType()));
            case Identifier ignored -> Optional.of(FilterView.equal(field.name(), words(), javaType()));
            case Flag ignored -> Optional.of(FilterView.word(field.name(), words(), List.of("true", "false"), true));
            case Choice choice -> Optional.of(FilterView.word(field.name(), words(), choice.values(), false));
        };
    }

    /**
     * The two bounds that a list can be narrowed by.
     *
     * @param taken names that other filters have: a range whose bounds would need one of them is none
     */
    List<FilterView> range(Set<String> taken) {
        if (taken.contains(FilterView.from(field.name())) || taken.contains(FilterView.to(field.name()))) {
            return List.of();
        }
        return switch (field.type()) {
            case Whole ignored -> FilterView.range(field.name(), words(), javaType(), false);
            case Decimal ignored -> FilterView.range(field.name(), words(), javaType(), false);
            case Date ignored -> FilterView.range(field.name(), words(), javaType(), true);
            case Timestamp ignored -> FilterView.range(field.name(), words(), javaType(), true);
            case Text ignored -> List.of();
            case Flag ignored -> List.of();
            case Identifier ignored -> List.of();
            case Choice ignored -> List.of();
        };
    }

    /** Whether a list can be sorted by it: everything but long text. */
    boolean isSortable() {
        return !(field.type() instanceof Text text && text.kind() == Text.Kind.TEXT);
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
