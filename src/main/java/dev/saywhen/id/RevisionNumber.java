package dev.saywhen.id;

/** The number of a plan revision within its run, counted from 1. Written {@code r3}. */
public record RevisionNumber(int value) implements Comparable<RevisionNumber> {
    public static final RevisionNumber FIRST = new RevisionNumber(1);

    public RevisionNumber {
        if (value < 1) {
            throw new IllegalArgumentException("a revision's number is 1 or more, not " + value);
        }
    }

    public RevisionNumber next() {
        return new RevisionNumber(value + 1);
    }

    @Override
    public int compareTo(RevisionNumber other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "r" + value;
    }
}
