package dev.saywhen.run;

/** The six phases of a run, in their order. */
public enum Phase {
    ASK,
    PLAN,
    EXECUTE,
    DEBUG,
    REVIEW,
    DOCUMENT;

    /** Whether effects may happen in it, given a permit. */
    public boolean acts() {
        return compareTo(EXECUTE) >= 0;
    }

    /** The phase after this one; DOCUMENT is the last and has none. */
    public Phase next() {
        if (this == DOCUMENT) {
            throw new IllegalStateException("DOCUMENT is the last phase");
        }
        return values()[ordinal() + 1];
    }
}
