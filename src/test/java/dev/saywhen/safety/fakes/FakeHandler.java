package dev.saywhen.safety.fakes;

import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.EffectHandler;
import java.util.ArrayList;
import java.util.List;

/** Spends the clearance and notes the effect; what happens before and after can be set. */
public final class FakeHandler<E extends Effect<R>, R> implements EffectHandler<E, R> {
    /** Something that happens inside a handler. */
    @FunctionalInterface
    public interface Happening {
        void happen() throws Exception;
    }

    private final List<E> done = new ArrayList<>();
    private final R result;
    private volatile Happening beforeSpending = () -> {};
    private volatile Happening afterSpending = () -> {};

    public FakeHandler(R result) {
        this.result = result;
    }

    public void beforeSpending(Happening next) {
        beforeSpending = next;
    }

    public void afterSpending(Happening next) {
        afterSpending = next;
    }

    /** The effects that came to pass, in order. */
    public synchronized List<E> done() {
        return List.copyOf(done);
    }

    @Override
    public R perform(Clearance<E> clearance) throws Exception {
        beforeSpending.happen();
        clearance.spend();
        afterSpending.happen();
        synchronized (this) {
            done.add(clearance.effect());
        }
        return result;
    }
}
