package dev.saywhen.safety;

/** Does one kind of effect (port). Only the gate calls it. */
public interface EffectHandler<E extends Effect<R>, R> {
    /** Spends the clearance right before the change and then makes it. Throws if it could not be made. */
    R perform(Clearance<E> clearance) throws Exception;
}
