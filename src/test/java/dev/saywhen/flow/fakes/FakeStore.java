package dev.saywhen.flow.fakes;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.RunStore;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of runs in memory; versions are compared and a change is stored whole or not at all. */
public final class FakeStore implements RunStore {
    private record Place(RunId run, RevisionNumber revision) {}

    private final Map<RunId, Run> runs = new TreeMap<>();
    private final Map<Place, PlanRevision> plans = new HashMap<>();
    private final Map<MessageId, InboundMessage> kept = new LinkedHashMap<>();
    private final Set<MessageId> handled = new HashSet<>();
    private final Set<MessageId> used = new HashSet<>();
    private final Set<Place> spoiled = new HashSet<>();
    private final FakeOutbox outbox;
    private final FakeLedger ledger;
    private final Power power;

    public FakeStore(FakeOutbox outbox, FakeLedger ledger, Power power) {
        this.outbox = outbox;
        this.ledger = ledger;
        this.power = power;
    }

    @Override
    public synchronized Run open(Opening opening) {
        power.use();
        Optional<Run> known = of(opening.thread());
        if (known.isPresent()) {
            return known.get();
        }
        Run run = Run.opened(
                new RunId(runs.size() + 1L),
                opening.project(),
                opening.thread(),
                opening.requester(),
                opening.brief(),
                opening.message(),
                opening.at());
        runs.put(run.id(), run);
        opening.audit().forEach(event -> ledger.add(AuditChain.of(run.id()), event));
        power.count();
        return run;
    }

    @Override
    public synchronized Optional<Run> find(RunId run) {
        power.use();
        return Optional.ofNullable(runs.get(run));
    }

    @Override
    public synchronized Optional<Run> inThread(ThreadId thread) {
        power.use();
        return of(thread);
    }

    private Optional<Run> of(ThreadId thread) {
        return runs.values().stream().filter(run -> run.thread().equals(thread)).findFirst();
    }

    @Override
    public synchronized List<Run> live() {
        power.use();
        return runs.values().stream().filter(run -> !run.state().hasEnded()).toList();
    }

    @Override
    public synchronized List<Run> newest(int limit) {
        power.use();
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Run> advance(Run before, Run after, Change change) {
        power.use();
        Run known = runs.get(before.id());
        if (known == null) {
            throw new IllegalArgumentException("there is no run " + before.id());
        }
        if (known.version() != before.version()) {
            return Optional.empty();
        }
        @Nullable MessageId message = change.used();
        @Nullable PlanRevision revision = change.revision();
        if (message != null && !used.add(message)) {
            throw new IllegalStateException("message " + message + " authorized something before");
        }
        if (revision != null && plans.putIfAbsent(new Place(revision.run(), revision.number()), revision) != null) {
            throw new IllegalStateException("there is a revision " + revision.number() + " already");
        }
        Run next = after.versioned(before.version() + 1);
        runs.put(next.id(), next);
        outbox.add(change.outgoing());
        change.audit().forEach(event -> ledger.add(AuditChain.of(before.id()), event));
        power.count();
        return Optional.of(next);
    }

    @Override
    public synchronized Optional<PlanRevision> plan(RunId run, RevisionNumber revision) {
        power.use();
        if (spoiled.contains(new Place(run, revision))) {
            throw new PlanUnreadable("cannot read the stored plan " + revision + " of run " + run, null);
        }
        return Optional.ofNullable(plans.get(new Place(run, revision)));
    }

    /** A plan that nobody can read from now on. */
    public synchronized void spoil(RunId run, RevisionNumber revision) {
        spoiled.add(new Place(run, revision));
    }

    @Override
    public synchronized boolean remember(InboundMessage message) {
        power.use();
        boolean isNew = !handled.contains(message.id()) && kept.putIfAbsent(message.id(), message) == null;
        power.count();
        return isNew;
    }

    @Override
    public synchronized void handled(MessageId message) {
        power.use();
        handled.add(message);
        power.count();
    }

    @Override
    public synchronized List<InboundMessage> unhandled() {
        power.use();
        return new ArrayList<>(kept.values())
                .stream().filter(message -> !handled.contains(message.id())).toList();
    }

    @Override
    public synchronized boolean isUsed(MessageId message) {
        power.use();
        return used.contains(message);
    }

    /** What is stored, whether or not the database answers now. */
    public synchronized List<Run> all() {
        return List.copyOf(runs.values());
    }
}
