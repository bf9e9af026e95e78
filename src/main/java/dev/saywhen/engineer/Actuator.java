package dev.saywhen.engineer;

import dev.saywhen.plan.CommandScope;
import dev.saywhen.safety.CommandResult;

/**
 * The hands of an engineer: it exists only while a permit does. Every call passes the gate.
 *
 * <p>Each method throws {@link EffectRefused} if the gate said no, and {@link EffectBroke} if the effect went wrong.
 */
public interface Actuator extends WorkTree {
    void write(String path, String content);

    CommandResult run(CommandScope command);
}
