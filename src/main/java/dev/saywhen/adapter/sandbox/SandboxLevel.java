package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the configuration asks for. A level that was asked for and does not hold is refused, not replaced by a lesser one. */
public enum SandboxLevel {
    /** Bubblewrap, else unshare, else none of both: commands are refused. */
    AUTO,
    BUBBLEWRAP,
    UNSHARE,
    /** Commands run as the service's user, with all it can reach. */
    NONE;

    /**
     * Tries the level, or the levels, on this machine.
     *
     * @param folder for files of the sandbox's own; it belongs to one service, and no command can write there
     */
    public SandboxChoice choose(Toolchain tools, Path folder, Lease lease) {
        return switch (this) {
            case AUTO ->
                firstThatHolds(List.of(bubblewrap(tools, folder, lease), unshare(tools, folder, lease)), folder);
            case BUBBLEWRAP -> firstThatHolds(List.of(bubblewrap(tools, folder, lease)), folder);
            case UNSHARE -> firstThatHolds(List.of(unshare(tools, folder, lease)), folder);
            case NONE -> {
                Isolation none = new Unisolated(tools, lease);
                yield new SandboxChoice.Chosen(none, List.of(SelfTest.of(none, folder)));
            }
        };
    }

    private interface Construction {
        Isolation construct() throws IOException;
    }

    private record Candidate(String name, List<String> programs, Construction construction) {}

    private static Candidate bubblewrap(Toolchain tools, Path folder, Lease lease) {
        return new Candidate("bubblewrap", Bubblewrap.PROGRAMS, () -> new Bubblewrap(tools, folder, lease));
    }

    private static Candidate unshare(Toolchain tools, Path folder, Lease lease) {
        return new Candidate("unshare", Unshare.PROGRAMS, () -> new Unshare(tools, folder, lease));
    }

    private static SandboxChoice firstThatHolds(List<Candidate> candidates, Path folder) {
        List<SelfTest> tried = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<String> missing = Supervisor.firstMissing(candidate.programs());
            if (missing.isPresent()) {
                tried.add(SelfTest.impossible(candidate.name(), "The program " + missing.get() + " is not installed."));
                continue;
            }
            try {
                Isolation isolation = candidate.construction().construct();
                SelfTest test = SelfTest.of(isolation, folder);
                tried.add(test);
                if (test.passes()) {
                    return new SandboxChoice.Chosen(isolation, tried);
                }
            } catch (IOException e) {
                tried.add(SelfTest.impossible(
                        candidate.name(),
                        "Its files could not be laid out in " + folder + ": " + e.getMessage() + "."));
            }
        }
        return new SandboxChoice.Refused(tried);
    }
}
