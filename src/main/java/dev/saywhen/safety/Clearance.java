package dev.saywhen.safety;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to do one effect now, once. Made by the gate from a live permit. */
public final class Clearance<E extends Effect<?>> {
    private final E effect;
    private final Permit permit;
    private final AtomicBoolean spent = new AtomicBoolean();

    Clearance(E effect, Permit permit) {
        this.effect = effect;
        this.permit = permit;
    }

    public E effect() {
        return effect;
    }

    /** Where cut-offs of this effect are registered. */
    public StopSwitch.Epoch epoch() {
        return permit.epoch();
    }

    /** Uses it up and looks at the halt and the deadline once more. Throws {@link Halted} if it is void. */
    public void spend() {
        if (!spent.compareAndSet(false, true) || !permit.isLive() || permit.isPastDeadline()) {
            throw new Halted();
        }
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "clearance";
    }

    /** The permit died, or the clearance was used before: the effect must not happen. */
    public static final class Halted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Halted() {
            super("halted before the effect happened");
        }
    }
}
