package dev.saywhen.plan;

import dev.saywhen.id.Digest;

/** How the whole is checked once every step is done. */
public sealed interface Verification {
    /** By a command that runs the whole test suite. */
    record Suite(CommandScope command) implements Verification {
        @Override
        public String toString() {
            return command.toString();
        }
    }

    /** By looking at the database again: its schema is the one that the last rehearsal came to. */
    record SameSchema(Digest schema) implements Verification {
        @Override
        public String toString() {
            return "the schema is the rehearsed one, " + schema;
        }
    }

    /**
     * By comparison: every file is as it was worked out when the plan was made.
     *
     * @param tree the hash of git's tree object that holds them
     */
    record SameFiles(String tree) implements Verification {
        public SameFiles {
            if (!tree.matches("[0-9a-f]{40}([0-9a-f]{24})?")) {
                throw new IllegalArgumentException("a tree is named by its hash, not \"" + tree + "\"");
            }
        }

        @Override
        public String toString() {
            return "every file is as in tree " + tree;
        }
    }
}
