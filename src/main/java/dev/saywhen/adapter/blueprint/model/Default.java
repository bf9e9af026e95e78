package dev.saywhen.adapter.blueprint.model;

import dev.saywhen.adapter.blueprint.model.FieldType.Choice;
import dev.saywhen.adapter.blueprint.model.FieldType.Date;
import dev.saywhen.adapter.blueprint.model.FieldType.Decimal;
import dev.saywhen.adapter.blueprint.model.FieldType.Flag;
import dev.saywhen.adapter.blueprint.model.FieldType.Identifier;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.FieldType.Timestamp;
import dev.saywhen.adapter.blueprint.model.FieldType.Whole;
import java.math.BigDecimal;

/**
 * What a field holds where nobody says: one word, as it stands in the notation.
 *
 * @param word a number, {@code true}, {@code false}, a value of a choice, a plain word, {@code today} or {@code now}
 */
public record Default(String word) {
    public static final String TODAY = "today";
    public static final String NOW = "now";

    public Default {
        if (!word.matches("[A-Za-z0-9_.+-]{1,60}")) {
            throw new IllegalArgumentException("no default: " + word);
        }
    }

    /** Whether a field of this type can hold it. */
    public boolean fits(FieldType type) {
        return switch (type) {
            case Text text ->
                text.kind() != Text.Kind.EMAIL
                        && word.length() >= text.min()
                        && word.length() <= text.max()
                        && Reserved.choice(word).isEmpty();
            case Whole whole -> isNumber(0) && isWithin(whole.lowest(), whole.highest());
            case Decimal decimal -> isNumber(decimal.scale()) && isWithin(decimal.lowest(), decimal.highest());
            case Flag ignored -> word.equals("true") || word.equals("false");
            case Date ignored -> word.equals(TODAY);
            case Timestamp ignored -> word.equals(NOW);
            case Identifier ignored -> false;
            case Choice choice -> choice.values().contains(word);
        };
    }

    /** The number that it is; only where it fits a type of numbers. */
    public BigDecimal number() {
        return new BigDecimal(word);
    }

    private boolean isNumber(int scale) {
        return word.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?")
                && Math.max(0, number().stripTrailingZeros().scale()) <= scale;
    }

    private boolean isWithin(BigDecimal lowest, BigDecimal highest) {
        return number().compareTo(lowest) >= 0 && number().compareTo(highest) <= 0;
    }
}
