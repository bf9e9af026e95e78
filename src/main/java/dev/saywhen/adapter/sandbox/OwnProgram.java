package dev.saywhen.adapter.sandbox;

/** A program of the service's own, kept apart. */
public final class OwnProgram {
    private final RunningCommand running;

    OwnProgram(RunningCommand running) {
        this.running = running;
    }

    /** Kills all of it and waits until its output is closed. Idempotent. */
    public void end() {
        running.kill();
        try {
            running.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
