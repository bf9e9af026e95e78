package dev.saywhen.engineer;

import dev.saywhen.safety.Denial;

/** The gate refused an effect. It did not happen. */
public final class EffectRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Denial denial;

    public EffectRefused(Denial denial) {
        super(denial.sentence());
        this.denial = denial;
    }

    public Denial denial() {
        return denial;
    }
}
