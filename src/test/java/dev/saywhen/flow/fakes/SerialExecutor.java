package dev.saywhen.flow.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Runs nothing until it is told to, then one task after the other. */
public final class SerialExecutor implements Executor {
    private final List<Runnable> waiting = new ArrayList<>(); // guarded by this

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** Runs the oldest task; false if there was none. */
    public boolean runOne() {
        return run(0);
    }

    /** Runs any of the tasks, as threads would; false if there was none. */
    public boolean runAny(RandomGenerator random) {
        int some = waiting();
        return some > 0 && run(random.nextInt(some));
    }

    private boolean run(int at) {
        Runnable task;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return false;
            }
            task = waiting.remove(at);
        }
        task.run();
        return true;
    }
}
