package dev.saywhen.flow;

import dev.saywhen.run.Run;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells whoever listens that a run changed. Listeners are called on the thread that changed it and must be quick. */
public final class RunFeed {
    private final List<Consumer<Run>> listeners = new CopyOnWriteArrayList<>();

    public void onChange(Consumer<Run> listener) {
        listeners.add(listener);
    }

    public void changed(Run run) {
        listeners.forEach(listener -> listener.accept(run));
    }
}
