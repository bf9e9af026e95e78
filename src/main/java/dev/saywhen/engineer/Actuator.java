package dev.saywhen.engineer;

import dev.saywhen.plan.CommandScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;

/**
 * The hands of an engineer: it exists only while a permit does. Every call passes the gate.
 *
 * <p>Each method throws {@link EffectRefused} if the gate said no, and {@link EffectBroke} if the effect went wrong.
 */
public interface Actuator extends WorkTree {
    /** Where the permit was made; cut-offs of what is thought under it are registered under this. */
    StopSwitch.Epoch epoch();

    void write(String path, String content);

    CommandResult run(CommandScope command);
}
