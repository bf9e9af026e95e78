package dev.saywhen.flow;

import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The index in memory of threads that have a run, so that ordinary talk costs no database and STOP never waits for one.
 *
 * <p>Loaded before anything is let in, kept current by {@link RunFeed}. An unknown thread counts as anywhere else.
 */
public final class LiveThreads {
    private final Map<ThreadId, Run> byThread = new ConcurrentHashMap<>();
    private final Map<RunId, ThreadId> byRun = new ConcurrentHashMap<>();

    /** Those of {@link #byThread} that act; written while their thread is, so that the two never differ for long. */
    private final Map<ThreadId, Run> acting = new ConcurrentHashMap<>();

    /** Takes in a run's newest form; an older one changes nothing. */
    public void put(Run run) {
        byRun.put(run.id(), run.thread());
        byThread.compute(run.thread(), (_, known) -> {
            Run newest = known == null || run.version() >= known.version() ? run : known;
            if (newest.state() instanceof RunState.Acting) {
                acting.put(newest.thread(), newest);
            } else {
                acting.remove(newest.thread());
            }
            return newest;
        });
    }

    public Optional<Run> in(ThreadId thread) {
        return Optional.ofNullable(byThread.get(thread));
    }

    public Optional<Run> of(RunId run) {
        return Optional.ofNullable(byRun.get(run)).flatMap(this::in);
    }

    public boolean isActing(ThreadId thread) {
        return acting.containsKey(thread);
    }

    public Collection<Run> acting() {
        return acting.values();
    }

    public Collection<Run> all() {
        return byThread.values();
    }
}
