package dev.saywhen.adapter.sandbox;

import dev.saywhen.engineer.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The isolation that the self-test at start found, or the reason why there is none. */
public final class ProvenSandbox implements Sandbox {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long MOST_OUTPUT = 50L << 20;

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

    /**
     * Starts a program of the service's own, kept apart as commands are and without a network, for as long as a rehearsal
     * may take.
     *
     * @param folder the only one it can write in; inside it is {@code /work}
     */
    public OwnProgram start(List<String> argv, Path folder, Path output) throws IOException {
        return new OwnProgram(isolationOrThrow()
                .start(new SandboxCommand(argv, folder, Map.of(), LONGEST, MOST_OUTPUT, output, false)));
    }

    Isolation isolationOrThrow() throws IOException {
        return switch (choice) {
            case SandboxChoice.Chosen chosen -> chosen.isolation();
            case SandboxChoice.Refused refused ->
                throw new IOException("Commands are refused here. " + refused.reason());
        };
    }
}
