package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.RunStore;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The records of runs in PostgreSQL. */
@ApplicationScoped
public class PostgresRunStore implements RunStore {
    private static final Logger LOG = Logger.getLogger(PostgresRunStore.class);

    /** How long a handled message is remembered at least: platforms deliver again for that long. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    private final RunRows runs;
    private final PlanRows plans;
    private final UsedMessageRows used;
    private final KeptMessageRows kept;
    private final OutgoingRows outgoing;
    private final AuditChains chains;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Set<PlanRow.Place> unreadable = ConcurrentHashMap.newKeySet(); // logged once each

    PostgresRunStore(
            RunRows runs,
            PlanRows plans,
            UsedMessageRows used,
            KeptMessageRows kept,
            OutgoingRows outgoing,
            AuditChains chains,
            Transactions transactions,
            InstantSource clock) {
        this.runs = runs;
        this.plans = plans;
        this.used = used;
        this.kept = kept;
        this.outgoing = outgoing;
        this.chains = chains;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes the lock of the run numbers first: who waited for it sees the run that the other one opened. */
    @Override
    public Run open(Opening opening) {
        return transactions.in(() -> {
            long newest = runs.lockNumbers();
            return runs.inThread(opening.thread().toString())
                    .map(RunRow::run)
                    .orElseGet(() -> opened(new RunId(newest + 1), opening));
        });
    }

    @Override
    public Optional<Run> find(RunId run) {
        return transactions.in(() -> runs.findByIdOptional(run.number()).map(RunRow::run));
    }

    @Override
    public Optional<Run> inThread(ThreadId thread) {
        return transactions.in(() -> runs.inThread(thread.toString()).map(RunRow::run));
    }

    @Override
    public List<Run> live() {
        return transactions.in(() -> runs.live().stream().map(RunRow::run).toList());
    }

    @Override
    public List<Run> newest(int limit) {
        return transactions.in(
                () -> runs.newest(limit).stream().map(RunRow::run).toList());
    }

    @Override
    public Optional<Run> advance(Run before, Run after, Change change) {
        checkSameRun(before, after, change.revision());
        return transactions.in(() -> {
            RunRow row = runs.locked(before.id())
                    .orElseThrow(() -> new IllegalArgumentException("there is no run " + before.id()));
            if (row.version() != before.version()) {
                return Optional.empty();
            }
            Run next = after.versioned(before.version() + 1);
            row.become(next);
            PlanRevision revision = change.revision();
            if (revision != null) {
                plans.persist(PlanRow.of(revision));
            }
            MessageId message = change.used();
            if (message != null) {
                use(message, before.id());
            }
            outgoing.put(change.outgoing());
            chains.append(AuditChain.of(before.id()), change.audit());
            return Optional.of(next);
        });
    }

    @Override
    public Optional<PlanRevision> plan(RunId run, RevisionNumber revision) {
        PlanRow.Place place = new PlanRow.Place(run.number(), revision.value());
        try {
            return transactions.in(() -> plans.findByIdOptional(place).map(PlanRow::revision));
        } catch (PlanUnreadable never) {
            if (unreadable.add(place)) {
                LOG.errorf(
                        "A plan cannot be read, and its run cannot go on run=%s revision=%s why=%s",
                        run, revision, never.getMessage());
            }
            throw never;
        }
    }

    @Override
    public boolean remember(InboundMessage message) {
        return transactions.in(() -> kept.add(message));
    }

    @Override
    public void handled(MessageId message) {
        transactions.run(() -> kept.handled(message, clock.instant()));
    }

    @Override
    public List<InboundMessage> unhandled() {
        return transactions.in(
                () -> kept.unhandled().stream().map(KeptMessageRow::inbound).toList());
    }

    @Override
    public boolean isUsed(MessageId message) {
        return transactions.in(() -> used.has(message));
    }

    /**
     * Forgets messages that were handled before {@code before}, which lies at least {@link #REMEMBERED} back.
     *
     * @return how many
     */
    public long forgetHandled(Instant before) {
        if (before.isAfter(clock.instant().minus(REMEMBERED))) {
            throw new IllegalArgumentException(
                    "a handled message is remembered for " + REMEMBERED + ", so it cannot be forgotten at " + before);
        }
        return transactions.in(() -> kept.deleteHandledBefore(before));
    }

    private Run opened(RunId id, Opening opening) {
        Run run = Run.opened(
                id,
                opening.project(),
                opening.thread(),
                opening.requester(),
                opening.brief(),
                opening.message(),
                opening.at().truncatedTo(ChronoUnit.MICROS));
        runs.numberGiven(id);
        runs.persist(RunRow.of(run));
        chains.append(AuditChain.of(id), opening.audit());
        return run;
    }

    private void use(MessageId message, RunId run) {
        if (used.has(message)) {
            throw new IllegalStateException(
                    "message " + message + " authorized something before; nothing of this change is stored");
        }
        used.persist(UsedMessageRow.of(message, run));
    }

    private static void checkSameRun(Run before, Run after, @Nullable PlanRevision revision) {
        boolean same = before.id().equals(after.id())
                && before.project().equals(after.project())
                && before.thread().equals(after.thread())
                && before.requester().equals(after.requester())
                && before.openedAt().equals(after.openedAt())
                && (revision == null || revision.run().equals(before.id()));
        if (!same) {
            throw new IllegalArgumentException("run " + before.id() + " cannot become another run");
        }
    }
}
