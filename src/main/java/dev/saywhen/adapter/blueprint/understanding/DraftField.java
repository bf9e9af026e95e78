package dev.saywhen.adapter.blueprint.understanding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A field as far as it is known; whatever was said about it, right or wrong, until the doubts are settled. */
final class DraftField {

    private static final int MOST_UNKNOWN = 5;

    /** The words it was described with, to be quoted in questions. */
    final String said;

    String name;

    @Nullable
    TypeWord type;

    boolean required;
    boolean unique;

    @Nullable
    BigDecimal min;

    @Nullable
    BigDecimal max;
    /** Digits in all and after the point, as in {@code decimal(10,2)}. */
    @Nullable
    BigDecimal precision;

    @Nullable
    BigDecimal scale;

    /** What is kept where nobody says, one word. */
    @Nullable
    String otherwise;

    List<String> choices = new ArrayList<>();
    /** Words that mean nothing here; after the first few the rest is not worth a question. */
    final List<String> unknown = new ArrayList<>();

    DraftField(String said, String name) {
        this.said = said;
        this.name = name;
    }

    void unknown(String word) {
        if (unknown.size() < MOST_UNKNOWN) {
            unknown.add(word);
        }
    }

    /** Takes from the same field as it was whatever was not said anew; of another type, only that it is required. */
    void keepWhatIsNotSaid(DraftField before) {
        boolean mayBeEmpty = said.toLowerCase(Locale.ROOT).matches(".*\\b(optional|nullable|not required)\\b.*");
        required |= before.required && !mayBeEmpty;
        if (type != null && type != before.type) {
            return;
        }
        type = before.type;
        unique |= before.unique;
        min = min == null ? before.min : min;
        max = max == null ? before.max : max;
        precision = precision == null ? before.precision : precision;
        scale = scale == null ? before.scale : scale;
        otherwise = otherwise == null ? before.otherwise : otherwise;
        choices = choices.isEmpty() ? before.choices : choices;
    }
}
