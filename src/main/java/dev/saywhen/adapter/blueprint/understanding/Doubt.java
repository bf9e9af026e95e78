package dev.saywhen.adapter.blueprint.understanding;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One thing in a draft that is not settled, and the two ways to settle it.
 *
 * @param kind what sort of doubt it is; load is the one that is asked only once
 * @param question what to ask
 * @param assumption what is taken if nobody answers, as a sentence of a plan; absent where nothing can be
 * @param assume writes the assumption down in the draft
 * @param answer writes an answer down in the draft; false, and nothing written, if it is none
 */
record Doubt(Kind kind, String question, Optional<String> assumption, Runnable assume, Predicate<String> answer) {

    enum Kind {
        SUBSTANCE,
        LOAD
    }

    static Doubt of(String question, String assumption, Runnable assume, Predicate<String> answer) {
        return new Doubt(
                Kind.SUBSTANCE,
                question + " I would take this: " + assumption + ".",
                Optional.of(assumption),
                assume,
                answer);
    }
}
