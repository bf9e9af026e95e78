package dev.saywhen.words;

/** What a person can order a run to do by a typed word. None of it needs a permit, and none of it is consent. */
public sealed interface Command {

    /** Plan to go on with a held run, and ask again. */
    record Resume() implements Command {}

    /** Plan the way back, and ask. */
    record Undo() implements Command {}

    record Status() implements Command {}

    /** Enough questions, plan now; later: show the newest plan. */
    record Plan() implements Command {}

    record Diff() implements Command {}

    record Cancel() implements Command {}

    /** An objection, {@code no} or {@code not yet}, which stands until it is withdrawn. */
    record No() implements Command {}

    record Withdraw() implements Command {}

    record Whoami() implements Command {}

    record Help() implements Command {}

    /** A request to change the plan; the text is what follows the word, as it was written. */
    record Change(String text) implements Command {}

    /** Talk between people, none of the bot's business; the text may be empty. */
    record Aside(String text) implements Command {}
}
