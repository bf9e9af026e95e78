package dev.saywhen.adapter.git;

/** Git, or the file system under it, did not do what was asked. The message says what was being done, and why not. */
public sealed class GitBroke extends RuntimeException permits GitCommand.NeverBegan {
    private static final long serialVersionUID = 1;

    public GitBroke(String message) {
        super(message);
    }

    public GitBroke(String message, Throwable cause) {
        super(message, cause);
    }
}
