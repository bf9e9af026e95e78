package dev.saywhen.engineer;

/** How commands are kept apart (port). */
public interface Sandbox {
    /** One line for plans and receipts, as the self-test at start found it. */
    String isolation();

    /** Whether commands are kept apart so well that a STOP can be confirmed. */
    boolean isComplete();

    /** Whether commands can be run at all. */
    boolean isAvailable();
}
