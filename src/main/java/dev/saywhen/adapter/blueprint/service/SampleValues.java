package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.FieldType;
import dev.saywhen.adapter.blueprint.model.FieldType.Choice;
import dev.saywhen.adapter.blueprint.model.FieldType.Date;
import dev.saywhen.adapter.blueprint.model.FieldType.Decimal;
import dev.saywhen.adapter.blueprint.model.FieldType.Flag;
import dev.saywhen.adapter.blueprint.model.FieldType.Identifier;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.FieldType.Timestamp;
import dev.saywhen.adapter.blueprint.model.FieldType.Whole;
import dev.saywhen.adapter.blueprint.service.EntityView.Neighbours;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values to test a field with: three that are fine, those that are only just fine, and those that are not.
 *
 * <p>Fine ones are JSON; the others are Java expressions that make JSON, so that two hundred characters do not have to
 * be written out.
 */
final class SampleValues {

    private static final int FINE = 3;

    private SampleValues() {}

    /** Three JSON values within all rules, all different wherever the rules leave room for that. */
    static List<String> fine(String name, FieldType type) {
        List<String> values = new ArrayList<>();
        for (int number = 1; number <= FINE; number++) {
            values.add(
                    switch (type) {
                        case Text text -> quoted(fineText(name, text, number));
                        case Whole whole -> fineWhole(whole, number).toPlainString();
                        case Decimal decimal -> json(fineDecimal(decimal, number), decimal.scale());
                        case Flag ignored -> number % 2 == 1 ? "true" : "false";
                        case Date ignored -> quoted("2024-01-0" + number);
                        case Timestamp ignored -> quoted("2024-01-01T12:00:0" + number + "Z");
                        case Identifier ignored -> quoted("00000000-0000-4000-8000-00000000000" + number);
                        case Choice choice ->
                            quoted(choice.values()
                                    .get((number - 1) % choice.values().size()));
                    });
        }
        return values;
    }

    /** Java expressions for JSON values that are as far out as the rules allow. */
    static List<String> edges(FieldType type) {
        return switch (type) {
            case Text text -> {
                List<String> edges = new ArrayList<>();
                if (text.kind() != Text.Kind.EMAIL) {
                    edges.add(repeated(text.max()));
                    if (text.max() - 1 >= Math.max(1, text.min())) {
                        edges.add(repeated(text.max() - 1));
                    }
                    if (text.min() > 1) {
                        edges.add(repeated(text.min()));
                    }
                    if (text.min() > 1 && text.min() + 1 < text.max()) {
                        edges.add(repeated(text.min() + 1));
                    }
                }
                yield edges;
            }
            case Whole whole -> fromEdges(whole.lowest(), whole.highest(), BigDecimal.ONE);
            case Decimal decimal ->
                fromEdges(decimal.lowest(), decimal.highest(), BigDecimal.ONE.movePointLeft(decimal.scale()));
            case Choice choice -> List.of(javaString(quoted(choice.values().getLast())));
            case Flag ignored -> List.of();
            case Date ignored -> List.of();
            case Timestamp ignored -> List.of();
            case Identifier ignored -> List.of();
        };
    }

    /** Both ends of a range and the first value inside of each. */
    private static List<String> fromEdges(BigDecimal lowest, BigDecimal highest, BigDecimal step) {
        return Stream.of(lowest, lowest.add(step), highest.subtract(step), highest)
                .filter(value -> value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0)
                .map(SampleValues::javaString)
                .distinct()
                .toList();
    }

    /** Java expressions for JSON values that break a rule of this type, apart from being absent. */
    static List<String> breaches(FieldType type, boolean required) {
        List<String> breaches = new ArrayList<>();
        switch (type) {
            case Text text -> {
                if (required) {
                    breaches.add(javaString(quoted(" ")));
                }
                if (text.kind() == Text.Kind.EMAIL) {
                    breaches.add(javaString(quoted("nobody")));
                }
                if (text.min() > 0) {
                    breaches.add(text.min() == 1 ? javaString(quoted("")) : repeated(text.min() - 1));
                }
                breaches.add(repeated(text.max() + 1));
            }
            case Whole whole -> {
                whole.min()
                        .filter(min -> min.compareTo(Whole.typeLowest(whole.wide())) > 0)
                        .ifPresent(min -> breaches.add(javaString(min.subtract(BigDecimal.ONE))));
                whole.max()
                        .filter(max -> max.compareTo(Whole.typeHighest(whole.wide())) < 0)
                        .ifPresent(max -> breaches.add(javaString(max.add(BigDecimal.ONE))));
            }
            case Decimal decimal -> {
                BigDecimal step = BigDecimal.ONE.movePointLeft(decimal.scale());
                breaches.add(javaString(decimal.lowest().subtract(step)));
                breaches.add(javaString(decimal.highest().add(step)));
                breaches.add(javaString(decimal.lowest().add(step.movePointLeft(1))));
            }
            case Choice ignored -> breaches.add(javaString(quoted("?")));
            case Flag ignored -> {}
            case Date ignored -> {}
            case Timestamp ignored -> {}
            case Identifier ignored -> {}
        }
        return breaches;
    }

    /** The second of the fine values with its neighbours; empty where the three do not come one after the other. */
    static Optional<Neighbours> neighbours(String name, FieldType type) {
        return switch (type) {
            case Whole whole ->
                neighbours(name, fineWhole(whole, 1), fineWhole(whole, 2), fineWhole(whole, FINE), BigDecimal.ONE);
            case Decimal decimal ->
                neighbours(
                        name,
                        fineDecimal(decimal, 1),
                        fineDecimal(decimal, 2),
                        fineDecimal(decimal, FINE),
                        BigDecimal.ONE.movePointLeft(decimal.scale()));
            case Date ignored -> Optional.of(new Neighbours(name, "2024-01-01", "2024-01-02", "2024-01-03"));
            case Timestamp ignored ->
                Optional.of(new Neighbours(
                        name, "2024-01-01T12:00:01.999999Z", "2024-01-01T12:00:02Z", "2024-01-01T12:00:02.000001Z"));
            case Text ignored -> Optional.empty();
            case Flag ignored -> Optional.empty();
            case Identifier ignored -> Optional.empty();
            case Choice ignored -> Optional.empty();
        };
    }

    private static Optional<Neighbours> neighbours(
            String name, BigDecimal first, BigDecimal second, BigDecimal third, BigDecimal step) {
        boolean ascend = first.compareTo(second) < 0 && second.compareTo(third) < 0;
        return ascend
                ? Optional.of(new Neighbours(
                        name,
                        FieldView.plain(second.subtract(step)),
                        FieldView.plain(second),
                        FieldView.plain(second.add(step))))
                : Optional.empty();
    }

    private static String fineText(String name, Text text, int number) {
        if (text.kind() == Text.Kind.EMAIL) {
            return fineEmail(text, number);
        }
        String start = name + " ";
        int length = Math.clamp((long) start.length() + 1, Math.max(text.min(), 1), text.max());
        String body = start.length() + 1 > length
                ? start.substring(0, length - 1)
                : start + "x".repeat(length - start.length() - 1);
        return body + number;
    }

    private static String fineEmail(Text text, int number) {
        String usual = "a@example.org";
        if (text.max() <= usual.length()) {
            return number + "@" + "a".repeat(Math.max(1, text.max() - 5)) + ".bc";
        }
        return "a".repeat(Math.max(1, text.min() - usual.length())) + number + "@example.org";
    }

    private static BigDecimal fineWhole(Whole whole, int number) {
        BigDecimal first = within(BigDecimal.ONE, whole.lowest(), whole.highest(), BigDecimal.TWO);
        return first.add(BigDecimal.valueOf(number - 1L)).min(whole.highest());
    }

    private static BigDecimal fineDecimal(Decimal decimal, int number) {
        BigDecimal range = decimal.highest().subtract(decimal.lowest());
        BigDecimal step = range.compareTo(BigDecimal.valueOf(FINE)) > 0
                ? BigDecimal.ONE
                : BigDecimal.ONE.movePointLeft(decimal.scale());
        BigDecimal wished = decimal.scale() > 0 ? new BigDecimal("1.5") : BigDecimal.ONE;
        BigDecimal first = within(wished, decimal.lowest(), decimal.highest(), step.multiply(BigDecimal.TWO));
        return first.add(step.multiply(BigDecimal.valueOf(number - 1L))).min(decimal.highest());
    }

    /** The wished value, moved between the bounds and so that there is room above it if there can be. */
    private static BigDecimal within(BigDecimal wished, BigDecimal lowest, BigDecimal highest, BigDecimal room) {
        return wished.min(highest.subtract(room)).max(lowest);
    }

    /** With a point wherever the column has one: tests compare JSON, in which 1 and 1.0 are of different kinds. */
    static String json(BigDecimal number, int scale) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), Math.min(scale, 1))).toPlainString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String repeated(int length) {
        return "Json.text(" + length + ")";
    }

    private static String javaString(BigDecimal number) {
        return javaString(FieldView.plain(number));
    }

    private static String javaString(String json) {
        return '"' + json.replace("\"", "\\\"") + '"';
    }
}
