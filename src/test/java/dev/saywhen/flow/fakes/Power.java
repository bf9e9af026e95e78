package dev.saywhen.flow.fakes;

/** Whether the database answers, and when the service dies. Every stand-in that stores asks here first. */
public final class Power {
    /** The service is dead: nothing catches this, as nothing survives a kill. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the service died");
        }
    }

    /** For whoever catches what breaks: a crash is not caught. */
    public static void dieOf(Throwable failure) {
        if (failure instanceof Crash crash) {
            throw crash;
        }
    }

    private boolean away;
    private boolean crashed;
    private int callsLeft = Integer.MAX_VALUE;

    /** From now on every use fails. */
    public synchronized void cut() {
        away = true;
    }

    public synchronized void restore() {
        away = false;
    }

    /** The service dies at the use after {@code calls} more. */
    public synchronized void crashAfter(int calls) {
        callsLeft = calls;
    }

    public synchronized boolean isCrashed() {
        return crashed;
    }

    /** A new process, the database as it was. */
    public synchronized void restart() {
        crashed = false;
        callsLeft = Integer.MAX_VALUE;
    }

    synchronized void use() {
        count();
        if (away) {
            throw new IllegalStateException("the database is away");
        }
    }

    /** Where an answer can get lost: what was done is done. */
    synchronized void count() {
        if (crashed || --callsLeft < 0) {
            crashed = true;
            throw new Crash();
        }
    }
}
