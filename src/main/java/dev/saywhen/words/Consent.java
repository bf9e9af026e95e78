package dev.saywhen.words;

import java.util.List;
import java.util.OptionalInt;

/**
 * An authorization phrase that somebody said. It is words only: whether it counts is for the gate to find out.
 *
 * @param phrase the phrase of the list, in its normalised form, without the revision
 * @param revision the revision that was named, as in {@code proceed r3}
 */
public record Consent(String phrase, OptionalInt revision) {

    private static final List<String> ANSWERS_TO_ANYBODY =
            List.of("yes", "i confirm", "confirmed", "authorized", "authorised");

    /**
     * Could this be the answer to another person's question? Read as a plain prefix, so that a configured phrase such
     * as {@code yes-and-go} falls under it too.
     */
    public boolean couldAnswerAnybody() {
        return revision.isEmpty() && ANSWERS_TO_ANYBODY.stream().anyMatch(phrase::startsWith);
    }
}
