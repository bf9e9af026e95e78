package dev.saywhen.safety.fakes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.Authorization;
import dev.saywhen.safety.PendingRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The stand-ins do what the ports promise. */
class FakesTest {
    private static final RunId RUN = new RunId(7);
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final ActorId ANA = ActorId.parse("slack:T1:ana");
    private static final ThreadId THREAD = ThreadId.parse("slack:T1:general:1");

    private final FakeRevisions revisions = new FakeRevisions();

    @Test
    void a_clock_stands_until_it_is_ticked() {
        TickingClock clock = new TickingClock(NOW);
        assertEquals(NOW, clock.instant());

        clock.tick(Duration.ofSeconds(2));
        assertEquals(NOW.plusSeconds(2), clock.instant());
    }

    @Test
    void a_revision_is_settled_once_and_uses_its_message() {
        PendingRevision pending = plan(1).build();
        revisions.await(pending);

        assertTrue(revisions.settle(pending, yes(pending), 3, NOW));
        assertFalse(revisions.settle(pending, yes(pending), 3, NOW));
        assertEquals(List.of(new FakeRevisions.Settled(yes(pending), 3, NOW)), revisions.settled());
        assertTrue(revisions.isUsed(yes(pending).message()));
        assertEquals(Optional.empty(), revisions.pending(RUN));
    }

    @Test
    void a_revision_that_moved_is_not_settled_and_not_counted() {
        PendingRevision old = plan(1).build();
        revisions.await(old);
        revisions.await(plan(1).version(2));

        assertFalse(revisions.settle(old, yes(old), 3, NOW));
        assertFalse(revisions.count(old, yes(old), 1));
        assertEquals(List.of(), revisions.settled());
    }

    @Test
    void a_yes_of_several_is_counted_and_moves_the_version() {
        PendingRevision pending = plan(1).build();
        revisions.await(pending);

        assertTrue(revisions.count(pending, yes(pending), 1));
        assertFalse(revisions.count(pending, yes(pending), 1));
        assertEquals(List.of(ANA), revisions.pending(RUN).orElseThrow().approvals());
        assertEquals(2, revisions.pending(RUN).orElseThrow().version());
    }

    @Test
    void the_trail_is_a_chain() {
        FakeTrail trail = new FakeTrail();
        AuditChain chain = AuditChain.of(RUN);
        AuditMark first = trail.append(chain, new AuditEvent.ServiceNoted("one"));
        AuditMark second = trail.append(chain, new AuditEvent.ServiceNoted("two"));

        assertEquals(1, first.sequence());
        assertEquals(2, second.sequence());
        assertEquals(second, trail.head(chain));
        assertEquals(AuditMark.START, trail.head(AuditChain.installation()));
        assertEquals(new AuditEvent.ServiceNoted("two"), trail.newest());
    }

    private static PlanWaits plan(int revision) {
        return new PlanWaits(PlanSample.plan(RUN, revision), THREAD, NOW);
    }

    private static Authorization yes(PendingRevision pending) {
        PlanRevision plan = pending.plan();
        return new Authorization(
                RUN,
                new RevisionNumber(1),
                plan.digest(),
                ANA,
                new MessageId(THREAD.channel(), "2"),
                "yes",
                NOW,
                List.of(ANA));
    }
}
