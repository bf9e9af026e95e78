package dev.saywhen.safety;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to do one effect now, once. Made by the gate from a live permit. */
public final class Clearance<E extends Effect<?>> {
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final E effect;
    private final Permit permit;
    private final AtomicBoolean spent = new AtomicBoolean();
    private final CompletableFuture<CutOff.Report> ended = new CompletableFuture<>();

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

    /** Uses it up and looks at halt, deadline and hearing once more. Throws {@link Halted} if it is void. */
    public void spend() {
        if (!spent.compareAndSet(false, true)) {
            throw new Halted(new Denial(Denial.Reason.STOPPED, "What was cleared once cannot be done twice."));
        }
        lookAgain();
    }

    /** For what takes time after it was spent and is not final yet. Throws {@link Halted} if its permit is void by now. */
    public void lookAgain() {
        permit.objection().ifPresent(no -> {
            throw new Halted(no);
        });
    }

    /** Whatever holds it can do nothing with it any more. */
    void end() {
        spent.set(true);
        ended.complete(CutOff.Report.NOTHING);
    }

    /**
     * What a STOP has to wait for before it can be confirmed: an effect that was let through in the last instant is
     * registered nowhere else until its handler has begun it. One that was not let through yet never will be.
     */
    CutOff.Report awaitEnd() {
        if (!spent.get()) {
            return CutOff.Report.NOTHING;
        }
        CutOff.Report underWay = new CutOff.Report(0, List.of("under way: " + Gate.name(effect)));
        return ended.copy()
                .completeOnTimeout(underWay, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "clearance";
    }

    /** The permit died, or the clearance was used before: the effect must not happen. */
    public static final class Halted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Denial denial;

        Halted(Denial denial) {
            super(denial.sentence());
            this.denial = denial;
        }

        Denial denial() {
            return denial;
        }
    }
}
