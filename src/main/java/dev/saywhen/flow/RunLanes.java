package dev.saywhen.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** One thing at a time per lane, in order; lanes run beside each other. STOP never queues here. */
public final class RunLanes {
    private final Executor executor;
    private final BiConsumer<String, Throwable> broken;
    private final Map<String, Deque<Runnable>> lanes = new HashMap<>(); // guarded by this

    /** @param broken told of what a task threw; the lane goes on with the next one */
    public RunLanes(Executor executor, BiConsumer<String, Throwable> broken) {
        this.executor = executor;
        this.broken = broken;
    }

    public void submit(String lane, Runnable task) {
        boolean idle;
        synchronized (this) {
            idle = !lanes.containsKey(lane);
            lanes.computeIfAbsent(lane, _ -> new ArrayDeque<>()).add(task);
        }
        if (idle) {
            executor.execute(() -> drain(lane));
        }
    }

    private void drain(String lane) {
        for (Runnable task = next(lane); task != null; task = next(lane)) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                broken.accept(lane, failure);
            }
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next(String lane) {
        Deque<Runnable> waiting = lanes.get(lane);
        Runnable task = waiting == null ? null : waiting.poll();
        if (task == null) {
            lanes.remove(lane);
        }
        return task;
    }
}
