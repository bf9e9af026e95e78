package dev.saywhen.engineer;

/** A thought was cut off from outside: by a STOP, or since nobody could be heard. Nothing goes on by itself. */
public final class ThoughtCut extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ThoughtCut() {
        super("a thought was cut off");
    }
}
