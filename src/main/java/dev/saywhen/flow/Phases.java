package dev.saywhen.flow;

import dev.saywhen.phase.AskPhase;
import dev.saywhen.phase.DebugPhase;
import dev.saywhen.phase.DocumentPhase;
import dev.saywhen.phase.ExecutePhase;
import dev.saywhen.phase.PlanPhase;
import dev.saywhen.phase.ReviewPhase;

/** The six phases; none can be missing. */
public record Phases(
        AskPhase ask,
        PlanPhase plan,
        ExecutePhase execute,
        DebugPhase debug,
        ReviewPhase review,
        DocumentPhase document) {}
