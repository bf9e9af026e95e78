package dev.saywhen.safety;

/** What became of a reply that may be a yes. */
public sealed interface Decision {
    /** It is a yes: the only place where a permit comes from. */
    record Granted(Authorization authorization, Permit permit, String movement) implements Decision {}

    /** It is a yes, and more people have to say so. */
    record Counted(Authorization authorization, int missing) implements Decision {}

    /** It is none. Nothing changed. */
    record Denied(Denial denial) implements Decision {}
}
