package basket;

/** A percentage off, from 0 to 100. */
public record Discount(int percent) {
    public Discount {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a discount is 0 to 100 percent, not " + percent);
        }
    }

    /** What is left to pay of a total in cents. */
    public long of(long cents) {
        return cents - cents * (percent / 100);
    }
}
