package dev.saywhen.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A limit of the project's that is raised for one run, by the yes to the plan that names it and as long as that plan is
 * carried out.
 *
 * @param from what the operator set
 * @param to what counts instead
 */
public record Raise(Limit limit, Unit unit, BigDecimal from, BigDecimal to) {
    /** What is limited. */
    public enum Limit {
        STEP("one step of a plan"),
        DAY("all runs of the project within 24 hours");

        private final String words;

        Limit(String words) {
            this.words = words;
        }
    }

    /** In what it is counted. */
    public enum Unit {
        TOKENS,
        DOLLARS
    }

    public Raise {
        int scale = unit == Unit.TOKENS ? 0 : 2;
        from = from.setScale(scale, RoundingMode.DOWN);
        to = to.setScale(scale, RoundingMode.DOWN);
        if (from.signum() < 0 || to.compareTo(from) <= 0) {
            throw new IllegalArgumentException("a raise goes up: " + from + " to " + to);
        }
    }

    /** Both lists, the higher of two that raise the same. */
    public static List<Raise> all(List<Raise> before, List<Raise> later) {
        Map<Raised, Raise> highest = new LinkedHashMap<>();
        Stream.concat(before.stream(), later.stream())
                .forEach(one -> highest.merge(new Raised(one.limit, one.unit), one, Raise::higher));
        return List.copyOf(highest.values());
    }

    private record Raised(Limit limit, Unit unit) {}

    private Raise higher(Raise other) {
        return other.to.compareTo(to) > 0 ? other : this;
    }

    /** The new limit, for people: {@code 100,000 model tokens}. */
    public String shown() {
        return shown(to);
    }

    private String shown(BigDecimal number) {
        return switch (unit) {
            case TOKENS -> String.format(Locale.ROOT, "%,d model tokens", number.longValueExact());
            case DOLLARS -> String.format(Locale.ROOT, "$%s for the model", number.toPlainString());
        };
    }

    @Override
    public String toString() {
        return "raised for this run only: %s may use %s, not %s".formatted(limit.words, shown(), shown(from));
    }
}
