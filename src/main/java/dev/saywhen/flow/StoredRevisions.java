package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.Authorization;
import dev.saywhen.safety.CurrentRevisions;
import dev.saywhen.safety.PendingRevision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What waits for a yes, as the store has it. */
public final class StoredRevisions implements CurrentRevisions {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Runs runs;

    public StoredRevisions(Runs runs) {
        this.runs = runs;
    }

    @Override
    public Optional<PendingRevision> pending(RunId id) {
        return runs.store()
                .find(id)
                .flatMap(run -> run.state() instanceof RunState.AwaitingAuthorization waiting
                        ? runs.store().plan(id, waiting.revision()).map(plan -> pending(run, waiting, plan))
                        : Optional.empty());
    }

    private static PendingRevision pending(Run run, RunState.AwaitingAuthorization waiting, PlanRevision plan) {
        Set<ActorId> requesters = new HashSet<>(run.changers());
        requesters.add(run.requester());
        return new PendingRevision(
                plan,
                run.thread(),
                waiting.pending().planMessages(),
                waiting.pending().postedAt(),
                waiting.pending().expiresAt(),
                plan.number().value() > 1,
                false,
                requesters,
                Set.copyOf(waiting.pending().speakers()),
                Set.copyOf(waiting.pending().objectors()),
                waiting.pending().approvals(),
                run.version());
    }

    @Override
    public boolean isUsed(MessageId message) {
        return runs.store().isUsed(message);
    }

    @Override
    public boolean count(PendingRevision seen, Authorization yes, int missing) {
        return move(
                seen,
                new RunEvent.Approved(yes.revision(), yes.approvers()),
                new Change(
                        List.of(new AuditEvent.Approved(yes.by(), yes.message(), yes.revision(), missing)),
                        List.of(),
                        null,
                        yes.message()));
    }

    @Override
    public boolean settle(PendingRevision seen, Authorization yes, long epoch, Instant deadline) {
        var who = new RunState.Yes(yes.by(), yes.message(), yes.phrase(), yes.said(), yes.approvers());
        String text = "Yes from @%s for %s (%s) at %s. Working until %s at most. Say `stop` to hold me."
                .formatted(
                        yes.by().user(),
                        yes.revision(),
                        yes.digest().code(),
                        CLOCK.format(yes.said()),
                        CLOCK.format(deadline));
        return move(
                seen,
                new RunEvent.Authorized(yes.revision(), who),
                new Change(
                        List.of(
                                new AuditEvent.PhraseSaid(yes.by(), yes.message(), yes.phrase()),
                                new AuditEvent.PermitMinted(
                                        yes.by(),
                                        yes.message(),
                                        yes.phrase(),
                                        yes.revision(),
                                        yes.digest(),
                                        epoch,
                                        deadline)),
                        List.of(new Outgoing.Message(
                                "run-" + yes.run() + "/yes/" + yes.revision(),
                                seen.thread(),
                                Outgoing.Purpose.NOTE,
                                text,
                                null)),
                        null,
                        yes.message()));
    }

    private boolean move(PendingRevision seen, RunEvent event, Change change) {
        Run run = runs.get(seen.plan().run());
        return run.version() == seen.version()
                && run.after(event)
                        .flatMap(after -> runs.advance(run, after, change, event))
                        .isPresent();
    }
}
