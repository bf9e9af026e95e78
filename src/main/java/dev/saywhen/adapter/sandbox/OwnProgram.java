package dev.saywhen.adapter.sandbox;

/** A program of the service's own, kept apart. */
public final class OwnProgram {
    private final RunningCommand running;

    OwnProgram(RunningCommand running) {
        this.running = running;
    }

    /** Kills all of it and looks whether anything is left. Idempotent. */
    public KillReport kill() {
        return running.kill();
    }

    /** Waits until its output is closed. */
    public void awaitEnd() {
        try {
            running.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
