package dev.saywhen.engineer;

/** Thinking cannot go on; the run is held with this sentence, which says what to do. */
public final class CannotThink extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotThink(String sentence) {
        super(sentence);
    }
}
