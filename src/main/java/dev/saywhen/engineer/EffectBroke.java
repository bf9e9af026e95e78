package dev.saywhen.engineer;

/** An effect was begun and went wrong; the message says what was being done. */
public final class EffectBroke extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EffectBroke(String message) {
        super(message);
    }
}
