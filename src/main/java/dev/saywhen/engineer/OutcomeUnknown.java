package dev.saywhen.engineer;

/**
 * Something outside was told to change and nobody knows whether it did. Nothing tells it again by itself: the run is held
 * with the message, and a person looks.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OutcomeUnknown(String message) {
        super(message);
    }
}
