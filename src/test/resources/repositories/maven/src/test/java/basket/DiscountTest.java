package basket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DiscountTest {
    @Test
    void nothing_off_leaves_the_total() {
        assertEquals(250, new Discount(0).of(250));
    }

    @Test
    void everything_off_leaves_nothing() {
        assertEquals(0, new Discount(100).of(250));
    }

    @Test
    void more_than_everything_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Discount(101));
    }
}
