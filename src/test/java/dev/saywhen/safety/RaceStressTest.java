package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.fakes.PlanWaits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same races on real threads, for a second: people say yes, work is done, and somebody keeps stopping it. */
class RaceStressTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);
    private static final int WORKERS = 4;

    private final World world = new World();
    private final AtomicLong newestStop = new AtomicLong(); // the epoch of the newest pull that has returned
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger halted = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    @Test
    @Timeout(20)
    void nothing_happens_after_a_stop_has_returned() throws InterruptedException {
        world.use(new EffectHandlers(
                world.openWorkTree,
                this::write,
                world.runCommand,
                world.commitFiles,
                world.revertCommit,
                world.publishBranch,
                world.applyChangeSets,
                world.rollBackChangeSets,
                world.callTool));
        List<Thread> threads = new ArrayList<>();
        threads.add(start(this::stopAndGoOn));
        for (int worker = 0; worker < WORKERS; worker++) {
            threads.add(start(this::sayYesAndWork));
        }
        threads.add(start(this::think));
        assertTrue(threads.getFirst().join(Duration.ofSeconds(15)));
        for (Thread thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(15)));
        }

        assertEquals(List.of(), List.copyOf(wrong));
        assertTrue(done.get() > 0 && halted.get() > 0, done + " done, " + halted + " halted");
        long settled = world.revisions.settled().size();
        long revisions = world.revisions.settled().stream()
                .map(one -> one.authorization().revision())
                .distinct()
                .count();
        assertEquals(revisions, settled, "each revision was authorized once");
    }

    private void stopAndGoOn() {
        int revision = 1;
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (System.nanoTime() < end) {
            newestStop.set(world.stopFromHost(null).epoch());
            world.stops.rearm(world.stops.epochOf(RUN));
            PlanRevision plan = PlanSample.plan(RUN, ++revision);
            world.revisions.await(new PlanWaits(plan, World.THREAD, world.clock.instant()).version(revision));
            world.clock.tick(Duration.ofMillis(1));
            world.hearing.heard(TEAM);
            spin();
        }
        running = false;
    }

    private void sayYesAndWork() {
        while (running) {
            Reply yes;
            synchronized (this) {
                yes = world.says(ANA, "proceed").build();
            }
            if (world.gate.authorize(RUN, yes) instanceof Decision.Granted granted) {
                Outcome<Boolean> outcome = new Outcome.Done<>(true);
                while (running && outcome instanceof Outcome.Done<Boolean>) {
                    outcome = world.gate.perform(granted.permit(), World.write("src/Book.java"));
                }
                (outcome instanceof Outcome.Done<Boolean> ? done : halted).incrementAndGet();
            }
        }
    }

    private Boolean write(Clearance<Effect.WriteFile> clearance) {
        long stopped = newestStop.get();
        clearance.spend();
        if (stopped > clearance.epoch().number()) {
            wrong.add("an effect of epoch %d was done after the stop of epoch %d had returned"
                    .formatted(clearance.epoch().number(), stopped));
        }
        done.incrementAndGet();
        return true;
    }

    private void think() {
        while (running) {
            StopSwitch.Epoch began = world.stops.epochOf(RUN);
            CountDownLatch cut = new CountDownLatch(1);
            CutOff cutOff = () -> {
                cut.countDown();
                return CutOff.Report.NOTHING;
            };
            try (var _ = world.stops.onPull(began, cutOff)) {
                spin();
                if (newestStop.get() > began.number() && !cut.await(5, TimeUnit.SECONDS)) {
                    wrong.add("a thought of epoch %d was not cut off".formatted(began.number()));
                }
            } catch (InterruptedException interrupted) {
                wrong.add("interrupted");
            }
        }
    }

    /** Longer than a few steps of the others and shorter than a few hundred. */
    private static void spin() {
        long end = System.nanoTime() + 50_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Thread start(Runnable work) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error broken) {
                running = false;
                wrong.add(broken.toString());
            }
        });
    }
}
