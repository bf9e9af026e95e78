package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.run.Pending;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Carries what the outbox holds to one platform, and tells runs when their plan stands there. */
public final class Deliveries {
    private static final int BATCH = 10; // small, so that a receipt does not wait behind many others
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final PlanPosts posts;
    private final ChatGateway gateway;
    private final Runs runs;
    private final Duration timeToLive;
    private final InstantSource clock;
    private final BiConsumer<String, RuntimeException> broken;
    private final Set<RunId> planned = ConcurrentHashMap.newKeySet(); // whose plan was taken, until that is stored

    public Deliveries(
            Outbox outbox,
            ChatGateway gateway,
            Runs runs,
            Duration timeToLive,
            InstantSource clock,
            BiConsumer<String, RuntimeException> broken) {
        this.outbox = outbox;
        this.posts = new PlanPosts(outbox);
        this.gateway = gateway;
        this.runs = runs;
        this.timeToLive = timeToLive;
        this.clock = clock;
        this.broken = broken;
    }

    /** Delivers what is due; true if there was anything. Called by one thread at a time. */
    public boolean round() {
        planned.forEach(run -> runs.store().find(run).ifPresent(this::confirm));
        planned.clear();
        List<Outgoing> due = outbox.due(gateway.platform(), clock.instant(), BATCH);
        for (Outgoing one : due) {
            try {
                outbox.delivered(one.key(), deliver(one));
            } catch (ChatGateway.Busy busy) {
                outbox.failed(
                        one.key(),
                        String.valueOf(busy.getMessage()),
                        clock.instant().plus(busy.pause()));
                continue;
            } catch (RuntimeException failure) {
                broken.accept(one.key(), failure);
                outbox.failed(
                        one.key(),
                        String.valueOf(failure.getMessage()),
                        clock.instant().plus(RETRY));
                continue;
            }
            planStands(one);
        }
        return !due.isEmpty();
    }

    private ChatGateway.Sent deliver(Outgoing one) {
        return switch (one) {
            case Outgoing.Message message -> gateway.send(message);
            case Outgoing.Edit edit -> {
                ChatGateway.Sent sent = outbox.sent(edit.messageKey())
                        .orElseThrow(() ->
                                new IllegalStateException("the message to edit was not sent: " + edit.messageKey()));
                onWhatIsLeft(() -> gateway.edit(sent.id(), edit.text()));
                yield sent;
            }
            case Outgoing.Reaction reaction -> {
                onWhatIsLeft(() -> gateway.react(reaction.to(), reaction.emoji()));
                yield new ChatGateway.Sent(reaction.to(), clock.instant());
            }
        };
    }

    /** Somebody may have deleted the message meanwhile: then nothing is left to be done. */
    private static void onWhatIsLeft(Runnable change) {
        try {
            change.run();
        } catch (ChatGateway.MessageGone gone) {
            // Whoever deleted it knows.
        }
    }

    private void planStands(Outgoing one) {
        if (one instanceof Outgoing.Message message && message.purpose() == Outgoing.Purpose.PLAN) {
            RunId run = RunId.parse(
                    message.key().substring("run-".length(), message.key().indexOf('/')));
            planned.add(run);
            runs.store().find(run).ifPresent(this::confirm);
            planned.remove(run);
        }
    }

    /** If every message of a run's newest plan is on the platform, the run awaits its authorization. Idempotent. */
    void confirm(Run run) {
        if (!(run.state() instanceof RunState.Posting posting)) {
            return;
        }
        Optional<PlanPosts.Posted> stands = posts.of(run.id(), posting.revision());
        if (stands.isEmpty()) {
            return;
        }
        PlanPosts.Posted posted = stands.get();
        PlanRevision plan = runs.store().plan(run.id(), posting.revision()).orElseThrow();
        Pending pending =
                Pending.posted(posted.messages(), posted.at(), posted.at().plus(timeToLive));
        runs.happen(
                run.id(),
                new RunEvent.PlanPosted(posting.revision(), pending),
                _ -> new Change(
                        List.of(new AuditEvent.RequestPosted(
                                posted.messages().getLast(),
                                posting.revision(),
                                plan.outline().request().sentence())),
                        List.of(),
                        null,
                        null));
    }
}
