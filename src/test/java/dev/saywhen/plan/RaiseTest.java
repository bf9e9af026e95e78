package dev.saywhen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaiseTest {
    private static final Raise DAY_TWICE = raise(Raise.Limit.DAY, Raise.Unit.TOKENS, "100", "200");
    private static final Raise DAY_THRICE = raise(Raise.Limit.DAY, Raise.Unit.TOKENS, "100", "300");
    private static final Raise STEP = raise(Raise.Limit.STEP, Raise.Unit.TOKENS, "50", "100");
    private static final Raise DAY_MONEY = raise(Raise.Limit.DAY, Raise.Unit.DOLLARS, "1", "2");

    @Test
    void of_several_raises_of_the_same_the_highest_counts_whichever_comes_first() {
        assertEquals(List.of(DAY_THRICE), Raise.all(List.of(DAY_THRICE), List.of(DAY_TWICE)));
        assertEquals(List.of(DAY_THRICE), Raise.all(List.of(DAY_TWICE), List.of(DAY_THRICE)));
        assertEquals(
                List.of(DAY_THRICE, STEP, DAY_MONEY),
                Raise.all(List.of(DAY_TWICE, STEP), List.of(DAY_MONEY, DAY_THRICE)));
    }

    @Test
    void a_raise_is_read_as_it_counts() {
        assertEquals(
                "raised for this run only: all runs of the project within 24 hours may use $2.00 for the model, not $1.00"
                        + " for the model",
                DAY_MONEY.toString());
    }

    @Test
    void what_does_not_go_up_is_no_raise() {
        assertThrows(IllegalArgumentException.class, () -> raise(Raise.Limit.DAY, Raise.Unit.TOKENS, "100", "100"));
    }

    private static Raise raise(Raise.Limit limit, Raise.Unit unit, String from, String to) {
        return new Raise(limit, unit, new BigDecimal(from), new BigDecimal(to));
    }
}
