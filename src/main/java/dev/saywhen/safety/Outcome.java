package dev.saywhen.safety;

/** What became of an effect. */
public sealed interface Outcome<R> {
    /** It happened. */
    record Done<R>(R result) implements Outcome<R> {}

    /** It did not happen. */
    record Refused<R>(Denial denial) implements Outcome<R> {}

    /** It was begun and broke; how far it got is not known. */
    record Broke<R>(String why) implements Outcome<R> {}
}
