package dev.saywhen.safety;

/**
 * What came of a call of a tool outside.
 *
 * @param text the server's own words; ours where nothing was called
 */
public record ToolAnswer(Ending ending, String text) {
    /** How the reason ends where there is no answer and nobody knows what came of the call. */
    public static final String UNKNOWN = "outcome unknown";

    /** How the call is over. Where that is not known there is no answer. */
    public enum Ending {
        ANSWERED,
        FAILED,
        NOT_CALLED
    }

    /** Without the words: the trail holds no content. */
    @Override
    public String toString() {
        return ending + ", " + text.length() + " characters";
    }
}
