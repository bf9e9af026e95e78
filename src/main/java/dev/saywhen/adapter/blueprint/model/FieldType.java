package dev.saywhen.adapter.blueprint.model;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of value a field holds, and within which bounds. */
public sealed interface FieldType {

    /** A unique value must have room to differ in: below this many possible values uniqueness is surely a slip. */
    int FEWEST_UNIQUE_VALUES = 10;

    /** Whether enough different values exist for no two to be the same. */
    default boolean canBeUnique() {
        return switch (this) {
            case Text text -> text.max() > 1;
            case Whole whole ->
                whole.highest().subtract(whole.lowest()).compareTo(BigDecimal.valueOf(FEWEST_UNIQUE_VALUES)) >= 0;
            case Decimal decimal ->
                decimal.highest()
                                .subtract(decimal.lowest())
                                .movePointRight(decimal.scale())
                                .compareTo(BigDecimal.valueOf(FEWEST_UNIQUE_VALUES))
                        >= 0;
            case Choice choice -> choice.values().size() >= FEWEST_UNIQUE_VALUES;
            case Flag ignored -> false;
            case Date ignored -> true;
            case Timestamp ignored -> true;
            case Identifier ignored -> true;
        };
    }

    /**
     * Characters.
     *
     * @param min fewest characters, 0 for no lower bound
     * @param max most characters
     */
    record Text(Kind kind, int min, int max) implements FieldType {

        /** What stands before the @ may have 64 characters. */
        public static final int LONGEST_EMAIL_MIN = 64;

        /** What the characters are: one line, many lines, or an e-mail address. */
        public enum Kind {
            STRING(255, 10_000),
            TEXT(10_000, 100_000),
            EMAIL(254, 254);

            private final int usualMax;
            private final int greatestMax;

            Kind(int usualMax, int greatestMax) {
                this.usualMax = usualMax;
                this.greatestMax = greatestMax;
            }

            /** What max is when nobody said. */
            public int usualMax() {
                return usualMax;
            }

            /** The greatest max that can be asked for. */
            public int greatestMax() {
                return greatestMax;
            }

            /** The shortest value that can be one at all. */
            public int shortest() {
                return this == EMAIL ? 6 : 1;
            }
        }

        public Text {
            if (min < 0 || max < kind.shortest() || min > max || max > kind.greatestMax()) {
                throw new IllegalArgumentException("no length: " + min + " to " + max);
            }
            if (kind == Kind.EMAIL && min > LONGEST_EMAIL_MIN) {
                throw new IllegalArgumentException("no e-mail address needs " + min + " characters");
            }
        }
    }

    /**
     * Whole numbers, 32 or 64 bits.
     *
     * @param min lower bound, or absent for the type's own
     * @param max upper bound, or absent for the type's own
     */
    record Whole(boolean wide, Optional<BigDecimal> min, Optional<BigDecimal> max) implements FieldType {

        public Whole {
            requireOrder(min, max);
            requireWithin(min, typeLowest(wide), typeHighest(wide));
            requireWithin(max, typeLowest(wide), typeHighest(wide));
            min = min.map(bound -> bound.setScale(0));
            max = max.map(bound -> bound.setScale(0));
        }

        public BigDecimal lowest() {
            return min.orElse(typeLowest(wide));
        }

        public BigDecimal highest() {
            return max.orElse(typeHighest(wide));
        }

        public static BigDecimal typeLowest(boolean wide) {
            return BigDecimal.valueOf(wide ? Long.MIN_VALUE : Integer.MIN_VALUE);
        }

        public static BigDecimal typeHighest(boolean wide) {
            return BigDecimal.valueOf(wide ? Long.MAX_VALUE : Integer.MAX_VALUE);
        }
    }

    /**
     * Exact decimal numbers.
     *
     * @param precision digits in all
     * @param scale digits after the point
     */
    record Decimal(int precision, int scale, Optional<BigDecimal> min, Optional<BigDecimal> max) implements FieldType {

        public static final int USUAL_PRECISION = 19;
        public static final int USUAL_SCALE = 4;
        public static final int GREATEST_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > GREATEST_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("no precision and scale: " + precision + ", " + scale);
            }
            requireOrder(min, max);
            BigDecimal reach = reach(precision, scale);
            requireWithin(min, reach.negate(), reach);
            requireWithin(max, reach.negate(), reach);
            int digits = scale;
            min = min.map(bound -> bound.setScale(digits));
            max = max.map(bound -> bound.setScale(digits));
        }

        public BigDecimal lowest() {
            return min.orElse(reach(precision, scale).negate());
        }

        public BigDecimal highest() {
            return max.orElse(reach(precision, scale));
        }

        /** The greatest number with so many digits. */
        public static BigDecimal reach(int precision, int scale) {
            return BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale);
        }
    }

    /** True or false. */
    record Flag() implements FieldType {}

    /** A day in the calendar, without a time zone. */
    record Date() implements FieldType {}

    /** A moment, kept to the microsecond. */
    record Timestamp() implements FieldType {}

    /** A UUID. */
    record Identifier() implements FieldType {}

    /** One of a few words. */
    record Choice(List<String> values) implements FieldType {

        public static final int MOST_VALUES = 30;

        public Choice {
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() > MOST_VALUES) {
                throw new IllegalArgumentException("a choice has 1 to " + MOST_VALUES + " values");
            }
            if (values.stream().anyMatch(value -> !value.matches("[A-Za-z][A-Za-z0-9]{0,39}"))) {
                throw new IllegalArgumentException("no values for a choice: " + values);
            }
            if (values.stream().anyMatch(value -> Reserved.choice(value).isPresent())) {
                throw new IllegalArgumentException("a value that cannot be chosen: " + values);
            }
            if (new HashSet<>(values.stream()
                                    .map(value -> value.toLowerCase(Locale.ROOT))
                                    .toList())
                            .size()
                    < values.size()) {
                throw new IllegalArgumentException("a value twice: " + values);
            }
        }
    }

    private static void requireOrder(Optional<BigDecimal> min, Optional<BigDecimal> max) {
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            throw new IllegalArgumentException("min is above max: " + min.get() + ", " + max.get());
        }
    }

    private static void requireWithin(Optional<BigDecimal> bound, BigDecimal lowest, BigDecimal highest) {
        if (bound.isPresent()
                && (bound.get().compareTo(lowest) < 0 || bound.get().compareTo(highest) > 0)) {
            throw new IllegalArgumentException("out of reach: " + bound.get());
        }
    }
}
