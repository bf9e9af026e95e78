package dev.saywhen.adapter.sandbox;

import dev.saywhen.engineer.Sandbox;
import java.io.IOException;

/** The isolation that the self-test at start found, or the reason why there is none. */
public final class ProvenSandbox implements Sandbox {
    private final SandboxChoice choice;

    public ProvenSandbox(SandboxChoice choice) {
        this.choice = choice;
    }

    @Override
    public String isolation() {
        return switch (choice) {
            case SandboxChoice.Chosen chosen
            when chosen.isolation() instanceof Unisolated ->
                "not kept apart (level none), so a stop is never confirmed";
            case SandboxChoice.Chosen chosen ->
                "kept apart by " + chosen.isolation().name() + ", proven at start";
            case SandboxChoice.Refused refused -> "refused. " + refused.reason();
        };
    }

    @Override
    public boolean isComplete() {
        return choice instanceof SandboxChoice.Chosen chosen && !(chosen.isolation() instanceof Unisolated);
    }

    @Override
    public boolean isAvailable() {
        return choice instanceof SandboxChoice.Chosen;
    }

    Isolation isolationOrThrow() throws IOException {
        return switch (choice) {
            case SandboxChoice.Chosen chosen -> chosen.isolation();
            case SandboxChoice.Refused refused ->
                throw new IOException("Commands are refused here. " + refused.reason());
        };
    }
}
