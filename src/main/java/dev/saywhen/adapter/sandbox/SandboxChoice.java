package dev.saywhen.adapter.sandbox;

import java.util.List;

/** What isolation there is for commands on this machine, and why. */
public sealed interface SandboxChoice {
    /** One for each level that was tried, in that order. */
    List<SelfTest> tried();

    /**
     * Commands run.
     *
     * @param isolation the way commands run; its self-test, the last of {@code tried}, has passed, except where the
     *     configuration wants no isolation
     */
    record Chosen(Isolation isolation, List<SelfTest> tried) implements SandboxChoice {
        public Chosen {
            tried = List.copyOf(tried);
        }
    }

    /** Commands are refused. */
    record Refused(List<SelfTest> tried) implements SandboxChoice {
        public Refused {
            tried = List.copyOf(tried);
        }

        /** One sentence for each level that was tried. */
        public String reason() {
            return String.join(
                    " ",
                    tried.stream()
                            .map(test -> "Level " + test.level() + ": " + test.reason())
                            .toList());
        }
    }
}
