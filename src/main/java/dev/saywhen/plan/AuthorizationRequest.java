package dev.saywhen.plan;

/** The four sentences with which the bot asks, in the order in which they are chosen (gate.md, section 3). */
public enum AuthorizationRequest {
    NEW_SERVICE("Should I begin implementation of the proposed backend architecture?"),
    CHANGES_DATABASE("Do you authorize me to execute this database/API plan?"),
    CHANGES_EXISTING_FILES("Please confirm if you want me to proceed with these backend changes."),
    OTHERWISE("May I proceed with implementing this backend solution?");

    private final String sentence;

    AuthorizationRequest(String sentence) {
        this.sentence = sentence;
    }

    /** The sentence, verbatim: the last line of the plan message. */
    public String sentence() {
        return sentence;
    }
}
