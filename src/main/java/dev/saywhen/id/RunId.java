package dev.saywhen.id;

/** The number of a run, counted from 1 over the whole installation. */
public record RunId(long number) implements Comparable<RunId> {
    public RunId {
        if (number < 1) {
            throw new IllegalArgumentException("a run's number is 1 or more, not " + number);
        }
    }

    /** Reads a number of 1 or more in ASCII digits; anything else is an {@link IllegalArgumentException}. */
    public static RunId parse(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a run is named by its number");
        }
        return new RunId(Long.parseLong(text));
    }

    /** The branch on which the run's commits stand. */
    public String branch() {
        return "saywhen/run-" + number;
    }

    @Override
    public int compareTo(RunId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
