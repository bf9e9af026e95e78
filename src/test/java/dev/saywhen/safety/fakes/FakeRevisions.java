package dev.saywhen.safety.fakes;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Authorization;
import dev.saywhen.safety.CurrentRevisions;
import dev.saywhen.safety.PendingRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The store of what waits, in memory; it compares versions as the real one does. */
public final class FakeRevisions implements CurrentRevisions {
    /** One transition to acting. */
    public record Settled(Authorization authorization, long epoch, Instant deadline) {}

    private final Map<RunId, PendingRevision> waiting = new TreeMap<>();
    private final Set<MessageId> used = new HashSet<>();
    private final List<Settled> settled = new ArrayList<>();
    private final List<Authorization> counted = new ArrayList<>();

    public synchronized void await(PendingRevision pending) {
        waiting.put(pending.plan().run(), pending);
    }

    public synchronized void await(PlanWaits pending) {
        await(pending.build());
    }

    public synchronized void awaitNothing(RunId run) {
        waiting.remove(run);
    }

    /** Marks a message as one that authorized something before. */
    public synchronized void used(MessageId message) {
        used.add(message);
    }

    /** Every transition to acting there was. */
    public synchronized List<Settled> settled() {
        return List.copyOf(settled);
    }

    /** Every yes of several that was stored. */
    public synchronized List<Authorization> counted() {
        return List.copyOf(counted);
    }

    @Override
    public synchronized Optional<PendingRevision> pending(RunId run) {
        return Optional.ofNullable(waiting.get(run));
    }

    @Override
    public synchronized boolean isUsed(MessageId message) {
        return used.contains(message);
    }

    @Override
    public synchronized boolean count(PendingRevision seen, Authorization yes, int missing) {
        if (!isNewest(seen)) {
            return false;
        }
        counted.add(yes);
        used.add(yes.message());
        await(new PlanWaits(seen).approvedBy(yes.approvers()).version(seen.version() + 1));
        return true;
    }

    @Override
    public synchronized boolean settle(PendingRevision seen, Authorization yes, long epoch, Instant deadline) {
        if (!isNewest(seen)) {
            return false;
        }
        settled.add(new Settled(yes, epoch, deadline));
        used.add(yes.message());
        waiting.remove(seen.plan().run());
        return true;
    }

    private boolean isNewest(PendingRevision seen) {
        PendingRevision now = waiting.get(seen.plan().run());
        return now != null
                && now.version() == seen.version()
                && now.plan().number().equals(seen.plan().number());
    }
}
