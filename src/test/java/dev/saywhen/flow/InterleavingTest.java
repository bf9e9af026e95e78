package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditVerifier;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages, deliveries, duplicates, crashes, outages and STOPs in any order; whatever the order, the promises hold. A
 * failure names the seed that brings it back.
 */
class InterleavingTest {
    private static final int SCENARIOS = 75;
    private static final int MOVES = 120;
    private static final List<String> WORDS = List.of(
            "yes",
            "proceed",
            "proceed r1",
            "change a book has pages",
            "no",
            "withdraw",
            "withdraw",
            "resume",
            "plan",
            "cancel",
            "status",
            "nice",
            "ok",
            "undo",
            "!aside yes");
    private static final List<String> STOPS = List.of("stop", "please stop", "stop everything");

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 2_000, 3_000})
    void the_promises_hold_in_whatever_order_things_happen(long first) {
        for (long seed = first; seed < first + SCENARIOS; seed++) {
            try {
                new Scenario(seed).play();
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    /** One order of things. */
    private static final class Scenario {
        private final Random random;
        private final Stage stage = new Stage();
        private final List<ThreadId> threads = new ArrayList<>();
        private final List<InboundMessage> undelivered = new ArrayList<>();
        private final List<InboundMessage> said = new ArrayList<>();
        private final Set<RunId> stopped = new HashSet<>();
        private int seenEvents;

        Scenario(long seed) {
            random = new Random(seed);
            stage.effects.before((_, _) -> maybe(40, this::stopNow));
            stage.whilePausing(_ -> {
                if (random.nextInt(3) == 0) {
                    stage.power.restore();
                }
            });
            stage.effects.after((_, run) -> look(run));
        }

        void play() {
            for (int move = 0; move < MOVES; move++) {
                alive(this::move);
            }
            stage.power.restore();
            stage.power.crashAfter(Integer.MAX_VALUE);
            quiet();
            whatMustHoldAtTheEnd();
            stage.restart();
            quiet();
            whatMustHoldAtTheEnd();
        }

        private void move() {
            switch (random.nextInt(20)) {
                case 0 -> open();
                case 1, 2, 3 -> say(WORDS.get(random.nextInt(WORDS.size())));
                case 4 -> maybe(4, this::stopNow);
                case 5, 6, 7 -> stage.executor.runAny(random);
                case 8, 9 -> stage.deliveries.round();
                case 10 -> deliverAny();
                case 11 -> again();
                case 12 -> trouble();
                case 13 -> {
                    stage.clock.tick(Duration.ofMillis(random.nextInt(2_000)));
                    stage.limits.look();
                    stage.desk.unfold();
                }
                case 14, 15 -> goOn();
                case 16, 17, 18 -> sayWhatHelps();
                case 19 -> stage.power.restore();
                default -> throw new AssertionError();
            }
        }

        private void goOn() {
            for (int some = random.nextInt(8); some > 0; some--) {
                stage.executor.runAny(random);
                deliverAny();
                stage.deliveries.round();
            }
        }

        private void sayWhatHelps() {
            for (Run run : stage.store.all()) {
                if (run.state() instanceof RunState.AwaitingAuthorization waiting) {
                    undelivered.add(stage.in(run.thread(), "ana", "proceed " + waiting.revision()));
                } else if (run.state() instanceof RunState.Held) {
                    undelivered.add(stage.in(run.thread(), "bo", "resume"));
                }
            }
        }

        /** A crash ends whatever is under way; the next process goes on from what is stored. */
        private void alive(Runnable work) {
            try {
                work.run();
            } catch (Power.Crash died) {
                stage.restart();
            } catch (RuntimeException broken) {
                if (stage.power.isCrashed()) {
                    stage.restart();
                } else if (!String.valueOf(broken.getMessage()).contains("database is away")) {
                    throw broken;
                }
            }
        }

        private void trouble() {
            switch (random.nextInt(4)) {
                case 0 -> stage.power.cut();
                case 1, 2 -> stage.power.restore();
                case 3 -> stage.power.crashAfter(random.nextInt(60));
                default -> throw new AssertionError();
            }
        }

        private void maybe(int oneIn, Runnable work) {
            if (random.nextInt(oneIn) == 0) {
                work.run();
            }
        }

        private void open() {
            if (threads.size() < 3) {
                InboundMessage root = stage.root("ana", "@saywhen a library of books");
                threads.add(root.thread());
                undelivered.add(root);
            }
        }

        private void say(String words) {
            if (!threads.isEmpty()) {
                ThreadId thread = threads.get(random.nextInt(threads.size()));
                undelivered.add(stage.in(thread, random.nextBoolean() ? "ana" : "bo", words));
            }
        }

        /** Any of what is on its way: platforms promise no order. */
        private void deliverAny() {
            if (!undelivered.isEmpty()) {
                InboundMessage message = undelivered.get(random.nextInt(undelivered.size()));
                bring(message);
                undelivered.remove(message);
                said.add(message);
            }
        }

        private void again() {
            if (!said.isEmpty()) {
                bring(said.get(random.nextInt(said.size())));
            }
        }

        /** As an adapter does: what could not be stored is delivered again. */
        private void bring(InboundMessage message) {
            noteMints();
            stage.bring(new InboundEvent.Posted(message));
        }

        private void stopNow() {
            if (threads.isEmpty()) {
                return;
            }
            ThreadId thread = threads.get(random.nextInt(threads.size()));
            String words = STOPS.get(random.nextInt(STOPS.size()));
            InboundMessage stop = stage.in(thread, "mei", words);
            noteMints();
            boolean all = words.endsWith("everything") || stage.live.in(thread).isEmpty();
            for (Run run : stage.live.all()) {
                if (all || run.thread().equals(thread)) {
                    stopped.add(run.id());
                }
            }
            assertTrue(stage.inbox.hear(new InboundEvent.Posted(stop)));
            said.add(stop);
        }

        /** A yes that the gate granted is newer than whatever stopped the run before. */
        private void noteMints() {
            List<AuditEvent> events = stage.ledger.events();
            for (AuditEvent event : events.subList(seenEvents, events.size())) {
                if (event instanceof AuditEvent.PermitMinted mint) {
                    stage.store.all().stream()
                            .filter(run ->
                                    run.thread().channel().equals(mint.message().channel()))
                            .filter(run -> run.state() instanceof RunState.Acting acting
                                    && acting.yes().message().equals(mint.message()))
                            .forEach(run -> stopped.remove(run.id()));
                }
            }
            seenEvents = events.size();
        }

        /** Called right after an effect came to pass. */
        private void look(RunId id) {
            noteMints();
            Run run = stage.run(id);
            RunState state = run.state();
            assertTrue(!stopped.contains(id), "run " + id + " acted after a stop");
            RunState.Acting acting =
                    assertInstanceOf(RunState.Acting.class, state, "an effect of a run that does not act");
            assertEquals(run.newest(), acting.revision(), "an effect of a revision that is not the newest");
        }

        private void quiet() {
            for (int turn = 0; turn < 20; turn++) {
                while (!undelivered.isEmpty()) {
                    deliverAny();
                }
                stage.tick(Duration.ofSeconds(3));
            }
        }

        private void whatMustHoldAtTheEnd() {
            assertEquals(List.of(), stage.store.unhandled(), "a message that mattered is not handled");
            assertEquals(0, stage.outbox.waiting(), "something was not said");
            assertEquals(List.of(), stage.journal.lines(), "a stop is not recorded");
            assertEquals(threads.size(), stage.store.all().size(), "as many runs as were asked for");
            AuditVerifier verifier = new AuditVerifier(stage.ledger, stage.ledger);
            for (AuditChain chain : stage.ledger.chains()) {
                assertInstanceOf(AuditVerifier.Verdict.Holds.class, verifier.verify(chain, List.of()));
            }
            for (Run run : stage.store.all()) {
                everyEffectHasItsPermit(run);
                assertTrue(
                        !(run.state() instanceof RunState.Planning || run.state() instanceof RunState.Posting),
                        "run " + run.id() + " got stuck: " + run.state());
            }
        }

        private void everyEffectHasItsPermit(Run run) {
            String permitted = "";
            Set<String> messages = new HashSet<>();
            for (AuditRecord one : stage.ledger.records(AuditChain.of(run.id()), 0, Integer.MAX_VALUE)) {
                switch (one.type()) {
                    case "permit-minted" -> {
                        permitted = one.facts().get("revision");
                        assertTrue(messages.add(one.message()), "one message authorized twice");
                    }
                    case "plan-drafted" -> permitted = "";
                    case "effect-begun" ->
                        assertEquals(permitted, one.facts().get("revision"), "an effect without permit");
                    default -> {}
                }
            }
        }
    }
}
