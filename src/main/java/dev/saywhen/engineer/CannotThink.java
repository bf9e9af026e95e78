package dev.saywhen.engineer;

import dev.saywhen.plan.Raise;
import java.util.List;

/** Thinking cannot go on; the run is held with this sentence, which says what to do. */
@SuppressWarnings("serial") // it is caught where it was thrown, and never written anywhere
public final class CannotThink extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<Raise> raises;

    public CannotThink(String sentence) {
        this(sentence, List.of());
    }

    /** @param raises what a yes to the next plan could raise, so that it goes on */
    public CannotThink(String sentence, List<Raise> raises) {
        super(sentence);
        this.raises = List.copyOf(raises);
    }

    public List<Raise> raises() {
        return raises;
    }
}
