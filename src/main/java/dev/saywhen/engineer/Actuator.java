package dev.saywhen.engineer;

import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;

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

    /**
     * Calls a tool of a server outside.
     *
     * @param code what the tool takes, as an answer to a call without it told; with any other nothing is called
     * @param arguments a JSON object
     */
    ToolAnswer call(ToolScope tool, String code, String arguments);
}
