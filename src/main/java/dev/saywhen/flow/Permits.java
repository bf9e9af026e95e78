package dev.saywhen.flow;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.Permit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The permits of runs that act. In memory only; they die with the process. */
final class Permits {
    private final Map<RunId, Permit> permits = new ConcurrentHashMap<>();

    void put(Permit permit) {
        permits.put(permit.plan().run(), permit);
    }

    Optional<Permit> of(RunId run) {
        return Optional.ofNullable(permits.get(run));
    }

    void drop(RunId run) {
        permits.remove(run);
    }

    Iterable<Permit> all() {
        return permits.values();
    }
}
