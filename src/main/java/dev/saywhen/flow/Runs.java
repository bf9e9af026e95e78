package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.RunId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Moves runs from state to state: the machine decides, the store compares versions, the index and the latch follow. */
public final class Runs {
    private final RunStore store;
    private final LiveThreads threads;
    private final StopSwitch stops;
    private final RunFeed feed;

    public Runs(RunStore store, LiveThreads threads, StopSwitch stops, RunFeed feed) {
        this.store = store;
        this.threads = threads;
        this.stops = stops;
        this.feed = feed;
    }

    public RunStore store() {
        return store;
    }

    public Run get(RunId run) {
        return store.find(run).orElseThrow(() -> new IllegalStateException("run " + run + " is not in the store"));
    }

    /** Applies an event to whatever the run is now; empty if it means nothing there. */
    public Optional<Run> happen(RunId id, RunEvent event, Function<Run, Change> change) {
        while (true) {
            Run before = get(id);
            Optional<Run> after = before.after(event);
            if (after.isEmpty()) {
                return Optional.empty();
            }
            Optional<Run> stored = advance(before, after.get(), change.apply(before), event);
            if (stored.isPresent()) {
                return stored;
            }
        }
    }

    /** Stores a next form of exactly {@code before}; empty if the run moved meanwhile. */
    public Optional<Run> advance(Run before, Run after, Change change, RunEvent event) {
        List<AuditEvent> audit = new ArrayList<>(change.audit());
        if (!before.state().getClass().equals(after.state().getClass())
                || before.state().phase() != after.state().phase()) {
            audit.add(
                    new AuditEvent.StateChanged(place(before), event.getClass().getSimpleName(), place(after)));
        }
        Optional<Run> stored =
                store.advance(before, after, new Change(audit, change.outgoing(), change.revision(), change.used()));
        stored.ifPresent(this::known);
        return stored;
    }

    /** Tells the index, the latch and the listeners about a run's newest form. */
    public void known(Run run) {
        threads.put(run);
        if (run.state().hasEnded()) {
            stops.forget(run.id());
        } else {
            stops.track(run.id(), false);
        }
        feed.changed(run);
    }

    private static String place(Run run) {
        return run.state().name() + " " + run.state().phase();
    }
}
