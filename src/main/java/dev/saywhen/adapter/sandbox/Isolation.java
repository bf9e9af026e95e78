package dev.saywhen.adapter.sandbox;

import java.io.IOException;

/** A way of running commands apart from everything else. */
public interface Isolation {
    /** As in the configuration: {@code bubblewrap}, {@code unshare} or {@code none}. */
    String name();

    /**
     * Starts a command and returns when it can be killed, some ten milliseconds later. From any thread: the command's life
     * hangs on the lease, not on the thread.
     *
     * @throws IOException if it could not be started; then nothing of it is left
     */
    RunningCommand start(SandboxCommand command) throws IOException;
}
