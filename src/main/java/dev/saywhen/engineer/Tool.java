package dev.saywhen.engineer;

import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Phase;
import java.util.Set;

/**
 * Something that an engineer with a model can use; one file each in {@code dev.saywhen.tool}.
 *
 * <p>A tool holds no state and never a permit: what it may touch lies on the {@link Desk} that it is given. It can be
 * called with anything, by a model that means no good, and must give an answer to all of it.
 *
 * @param <A> its arguments: a record of {@code String}, {@code int}, {@code boolean}, {@code List<String>}, or of those
 *     boxed and {@code @Nullable} where they can be left out, each told about by {@link About}
 */
public interface Tool<A extends Record> {
    /** Lower case with underscores, as the model calls it: {@code read_file}. */
    String name();

    /** What it is for, for the model: one sentence, and how to use it well if that is not plain. */
    String purpose();

    /** Where it exists at all. Tools that write or run something exist only where a permit can: EXECUTE, DEBUG, DOCUMENT. */
    Set<Phase> phases();

    /** Whether it has anything to do under a plan; where it has not, it does not exist there. */
    default boolean serves(PlanRevision plan) {
        return true;
    }

    Class<A> arguments();

    /**
     * Uses it and tells the model what came of it, long texts by way of {@link Desk#shorten}.
     *
     * <p>An {@link EffectRefused} because of the plan's scopes or a locked test is caught and told by {@link Desk#refused};
     * any other, and an {@link EffectBroke} of a command that was cut off, goes through.
     */
    String use(A arguments, Desk desk);
}
