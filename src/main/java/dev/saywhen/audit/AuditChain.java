package dev.saywhen.audit;

import dev.saywhen.id.RunId;

/** A chain of records: one for each run and one for the installation. */
public sealed interface AuditChain {
    /** The chain of what concerns no single run. */
    record Installation() implements AuditChain {
        @Override
        public String toString() {
            return "installation";
        }
    }

    /** The chain of one run. */
    record OfRun(RunId run) implements AuditChain {
        @Override
        public String toString() {
            return "run-" + run;
        }
    }

    static AuditChain of(RunId run) {
        return new OfRun(run);
    }

    static AuditChain installation() {
        return new Installation();
    }
}
