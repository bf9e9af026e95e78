package dev.saywhen.run;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import java.time.Instant;
import java.util.List;

/** Where a run stands. Each record holds only what is valid in that state. */
public sealed interface RunState {
    /** The phase it is in, or was in when it was held or ended. */
    Phase phase();

    /** The name outside: {@code asking}, {@code planning}, {@code awaiting-authorization} and so on. */
    String name();

    /**
     * Gathering what has to be known.
     *
     * @param rounds how often questions were asked
     * @param waiting whether the next word is a person's
     */
    record Asking(int rounds, boolean waiting) implements RunState {
        @Override
        public Phase phase() {
            return Phase.ASK;
        }

        @Override
        public String name() {
            return "asking";
        }
    }

    /** The engineer is making a plan. */
    record Planning() implements RunState {
        @Override
        public Phase phase() {
            return Phase.PLAN;
        }

        @Override
        public String name() {
            return "planning";
        }
    }

    /** A plan is made; the platform has not yet confirmed all of its messages. */
    record Posting(RevisionNumber revision) implements RunState {
        @Override
        public Phase phase() {
            return Phase.PLAN;
        }

        @Override
        public String name() {
            return "planning";
        }
    }

    /** The plan stands in the thread and waits for a yes. */
    record AwaitingAuthorization(RevisionNumber revision, Pending pending) implements RunState {
        @Override
        public Phase phase() {
            return Phase.PLAN;
        }

        @Override
        public String name() {
            return "awaiting-authorization";
        }
    }

    /** Doing what was authorized. */
    record Acting(Phase phase, RevisionNumber revision, Yes yes) implements RunState {
        public Acting {
            if (!phase.acts()) {
                throw new IllegalArgumentException("nothing is done in " + phase);
            }
        }

        @Override
        public String name() {
            return "acting";
        }
    }

    /** Ceased by a STOP, a fault or a limit; only a person makes it go on. */
    record Held(Phase phase, Hold hold) implements RunState {
        @Override
        public String name() {
            return "held";
        }
    }

    /** All six phases are done. */
    record Completed() implements RunState {
        @Override
        public Phase phase() {
            return Phase.DOCUMENT;
        }

        @Override
        public String name() {
            return "completed";
        }
    }

    /** It cannot be done, for the reason given. */
    record Failed(Phase phase, String why) implements RunState {
        @Override
        public String name() {
            return "failed";
        }
    }

    /** Ended by a person; {@code resume} takes that back for a while. */
    record Cancelled(Phase phase, Instant at) implements RunState {
        @Override
        public String name() {
            return "cancelled";
        }
    }

    /** Who held it, when, and the words that were heard or the reason. */
    record Hold(String by, Instant at, String words) {}

    /** The yes under which a run acts. */
    record Yes(ActorId by, MessageId message, String phrase, Instant at, List<ActorId> approvers) {
        public Yes {
            approvers = List.copyOf(approvers);
        }
    }

    /** Whether nothing more will happen by itself or by a STOP. */
    default boolean hasEnded() {
        return switch (this) {
            case Completed _, Failed _, Cancelled _ -> true;
            case Asking _, Planning _, Posting _, AwaitingAuthorization _, Acting _, Held _ -> false;
        };
    }
}
