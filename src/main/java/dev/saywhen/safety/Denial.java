package dev.saywhen.safety;

/** A no of the gate: why, and what to do, in one line for the thread. */
public record Denial(Reason reason, String sentence) {
    /** Why something was refused. */
    public enum Reason {
        NOT_A_PHRASE,
        EDITED,
        OTHER_THREAD,
        QUOTED,
        REPLY_TO_OTHER,
        MACHINE,
        OTHER_TEAM,
        GUEST,
        NOT_APPROVER,
        APPROVERS_UNREADABLE,
        SECOND_PERSON,
        ALREADY_APPROVED,
        BEFORE_PLAN,
        STOPPED,
        READING_TIME,
        OTHER_REVISION,
        NOT_AWAITING,
        EXPIRED,
        QUESTION_OPEN,
        COULD_ANSWER_ANYBODY,
        OBJECTED,
        STALE,
        BASE_UNREADABLE,
        USED_MESSAGE,
        MOVED,
        UNHEARD,
        SHARED_NETWORK,
        NOT_CHECKED,
        PAST_DEADLINE,
        OUT_OF_SCOPE,
        ALL_CALLS_MADE,
        NOT_RECORDED
    }
}
