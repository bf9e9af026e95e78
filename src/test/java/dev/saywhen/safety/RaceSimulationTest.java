package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.BO;
import static dev.saywhen.safety.World.TEAM;
import static dev.saywhen.safety.World.THREAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.safety.fakes.FakeRevisions.Settled;
import dev.saywhen.safety.fakes.PlanWaits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Everything that can happen to two runs, in every order that a seed makes up. Between any two calls of a port something
 * else may happen, as on another thread; the seed is in the message of a failure, and alone makes it happen again.
 */
class RaceSimulationTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 40;

    @Test
    void a_stop_wins_every_race() {
        Totals totals = new Totals();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Simulation(seed, totals).run();
            } catch (AssertionError | RuntimeException broken) {
                fail("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
        assertTrue(totals.granted > SEEDS, "permits: " + totals.granted);
        assertTrue(totals.done > SEEDS / 2, "effects: " + totals.done);
        assertTrue(totals.halted > SEEDS / 50, "effects that a stop ended in the last instant: " + totals.halted);
        assertTrue(totals.stoppedYes > SEEDS / 50, "yeses that a stop overtook: " + totals.stoppedYes);
    }

    /** That the races happened at all. */
    private static final class Totals {
        private int granted;
        private int done;
        private int halted;
        private int stoppedYes;
    }

    /** A permit and what must hold of it. */
    private static final class Minted {
        private final RunId run;
        private final Permit permit;
        private boolean dead;

        Minted(RunId run, Permit permit) {
            this.run = run;
            this.permit = permit;
        }
    }

    /** A registered cut-off and what must hold of it. */
    private static final class Registered {
        private final RunId run;
        private final CountDownLatch cut = new CountDownLatch(1);
        private StopSwitch.@Nullable Registration registration;
        private boolean mustBeCut;

        Registered(RunId run) {
            this.run = run;
        }
    }

    /** Something that began without a permit, such as thinking. */
    private static final class Thought {
        private final StopSwitch.Epoch began;
        private boolean dead;

        Thought(StopSwitch.Epoch began) {
            this.began = began;
        }
    }

    private record Asked(StopSwitch.Epoch epoch, int stopsBefore) {}

    private static final class Simulation {
        private final Random random;
        private final Totals totals;
        private final World world = new World();
        private final List<RunId> runs = List.of(World.RUN, new RunId(8));
        private final List<Minted> permits = new ArrayList<>();
        private final List<Registered> cutOffs = new ArrayList<>();
        private final List<Asked> asked = new ArrayList<>();
        private final List<Thought> thoughts = new ArrayList<>();
        private final List<StopPull> pulls = new ArrayList<>();
        private final Set<RunId> tracked = new HashSet<>();
        private final Map<RunId, Boolean> halted = new HashMap<>();
        private final Map<RunId, Integer> stopsOf = new HashMap<>();
        private final Map<RunId, Integer> revision = new HashMap<>();
        private int depth;

        Simulation(long seed, Totals totals) {
            this.random = new Random(seed);
            this.totals = totals;
            world.use(racing(CurrentRevisions.class, world.revisions));
            world.use(racing(Approvers.class, world.approvers));
            world.use(racing(BaseCheck.class, world.base));
            world.use(racing(AuditTrail.class, world.trail));
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
            world.stops.forget(World.RUN);
            runs.forEach(run -> halted.put(run, true));
        }

        void run() {
            runs.forEach(this::track);
            for (int step = 0; step < STEPS; step++) {
                something();
                check();
            }
            pulls.forEach(pull -> pull.settle(Duration.ofSeconds(5)));
            for (Registered cutOff : cutOffs) {
                assertTrue(!cutOff.mustBeCut || isCut(cutOff), "a cut-off was missed");
            }
        }

        private static boolean isCut(Registered cutOff) {
            try {
                return cutOff.cut.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        private void something() {
            RunId run = runs.get(random.nextInt(runs.size()));
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> authorize(run);
                case 4, 5, 6, 7 -> perform();
                case 8 -> pull(run);
                case 9 -> pull(null);
                case 10, 11 -> goOn(run);
                case 12 -> goOnAsAsked();
                case 13 -> {
                    asked.add(new Asked(world.stops.epochOf(run), stops(run)));
                    thoughts.add(new Thought(world.stops.epochOf(run)));
                }
                case 14 -> register(run);
                case 15 -> close();
                case 16 -> track(run);
                case 17 -> hold(run);
                case 18 -> end(run);
                default -> plan(run);
            }
        }

        private void plan(RunId run) {
            int next = revision.merge(run, 1, Integer::sum);
            world.revisions.await(
                    new PlanWaits(PlanSample.plan(run, next), THREAD, world.clock.instant()).version(next));
            tick();
        }

        private void tick() {
            world.clock.tick(Duration.ofMillis(1));
            world.hearing.heard(TEAM);
        }

        private void authorize(RunId run) {
            int before = stops(run);
            Decision decision = world.gate.authorize(
                    run, world.says(random.nextBoolean() ? ANA : BO, "proceed").build());
            if (decision instanceof Decision.Granted granted) {
                totals.granted++;
                assertEquals(before, stops(run), "a yes won against a stop");
                permits.add(new Minted(run, granted.permit()));
            } else if (before != stops(run)) {
                totals.stoppedYes++;
            }
            tick();
        }

        private void perform() {
            if (permits.isEmpty()) {
                return;
            }
            int which = permits.size() - 1 - random.nextInt(Math.min(3, permits.size()));
            Minted minted = permits.get(which);
            boolean wasDead = minted.dead;
            Effect.WriteFile effect = new Effect.WriteFile(minted.run, "src/" + which, "");
            Outcome<Boolean> outcome = world.gate.perform(minted.permit, effect);
            if (outcome instanceof Outcome.Done<Boolean>) {
                totals.done++;
            } else if (!wasDead && minted.dead) {
                totals.halted++;
            }
        }

        private Boolean write(Clearance<Effect.WriteFile> clearance) {
            Minted minted =
                    permits.get(Integer.parseInt(clearance.effect().path().substring(4)));
            meanwhile();
            boolean wasDead = minted.dead;
            clearance.spend();
            assertTrue(!wasDead, "an effect was done after a stop had returned");
            meanwhile();
            return true;
        }

        private void pull(@Nullable RunId run) {
            StopPull pull = switch (random.nextInt(3)) {
                case 0 -> world.stopFromHost(run);
                case 1 -> world.stop(run);
                default -> {
                    Instant earlier = world.clock.instant().minusMillis(random.nextInt(5));
                    yield world.stopSaid(run, TEAM.platform(), earlier);
                }
            };
            assertTrue(pulls.isEmpty() || pulls.getLast().epoch() < pull.epoch(), "epochs rise");
            pulls.add(pull);
            for (RunId covered : pull.covered()) {
                halted.put(covered, true);
                stopsOf.merge(covered, 1, Integer::sum);
                kill(covered);
                mustBeCut(covered);
            }
        }

        private void goOn(RunId run) {
            if (isTracked(run)) {
                world.stops.rearm(world.stops.epochOf(run));
                halted.put(run, false);
                kill(run);
                plan(run);
            }
        }

        private void goOnAsAsked() {
            if (asked.isEmpty()) {
                return;
            }
            Asked resume = asked.removeLast();
            RunId run = resume.epoch().run();
            if (world.stops.rearm(resume.epoch())) {
                assertEquals(resume.stopsBefore(), stops(run), "a resume lifted a stop that came after it");
                halted.put(run, false);
                kill(run);
                plan(run);
            }
        }

        private void track(RunId run) {
            boolean isNew = !isTracked(run);
            world.stops.track(run, false);
            if (isNew) {
                tracked.add(run);
                halted.put(run, false);
                plan(run);
            }
        }

        private void hold(RunId run) {
            if (isTracked(run)) {
                world.stops.track(run, true);
                halted.put(run, true);
                kill(run);
            }
        }

        private void end(RunId run) {
            world.stops.forget(run);
            tracked.remove(run);
            halted.put(run, true);
            kill(run);
            mustBeCut(run);
        }

        private void register(RunId run) {
            StopSwitch.Epoch began = random.nextBoolean() || asked.isEmpty()
                    ? world.stops.epochOf(run)
                    : asked.get(random.nextInt(asked.size())).epoch();
            meanwhile();
            Registered cutOff = new Registered(began.run());
            cutOff.registration = world.stops.onPull(began, () -> {
                cutOff.cut.countDown();
                return CutOff.Report.NOTHING;
            });
            cutOff.mustBeCut = !world.stops.isLive(began);
            cutOffs.add(cutOff);
        }

        private void close() {
            if (cutOffs.isEmpty()) {
                return;
            }
            Registered cutOff = cutOffs.get(random.nextInt(cutOffs.size()));
            if (cutOff.registration != null) {
                cutOff.registration.close();
                cutOff.registration = null;
            }
        }

        /** What must hold at any time. */
        private void check() {
            Set<RunId> acting = new HashSet<>();
            for (Minted minted : permits) {
                boolean lives = minted.permit.objection().isEmpty();
                assertTrue(!lives || !minted.dead, "a permit lived again");
                assertTrue(!lives || acting.add(minted.run), "two permits of a run lived at once");
                minted.dead |= minted.permit
                        .objection()
                        .filter(no -> no.reason() == Reason.STOPPED)
                        .isPresent();
            }
            for (Thought thought : thoughts) {
                boolean lives = world.stops.isLive(thought.began);
                assertTrue(!lives || !thought.dead, "a thought lived again");
                thought.dead = !lives;
            }
            runs.forEach(run -> assertEquals(halted.get(run), world.stops.isHalted(run), "the latch of run " + run));
            Set<Object> settled = new HashSet<>();
            for (Settled one : world.revisions.settled()) {
                assertTrue(
                        settled.add(List.of(
                                one.authorization().run(), one.authorization().revision())),
                        "a revision was authorized twice");
            }
        }

        private boolean isTracked(RunId run) {
            return tracked.contains(run);
        }

        private int stops(RunId run) {
            return stopsOf.getOrDefault(run, 0);
        }

        private void kill(RunId run) {
            permits.stream().filter(minted -> minted.run.equals(run)).forEach(minted -> minted.dead = true);
        }

        private void mustBeCut(RunId run) {
            cutOffs.stream()
                    .filter(cutOff -> cutOff.run.equals(run) && cutOff.registration != null)
                    .forEach(cutOff -> cutOff.mustBeCut = true);
        }

        /** What another thread does while this one is between two steps. */
        private void meanwhile() {
            if (depth < 2 && random.nextInt(4) == 0) {
                depth++;
                something();
                depth--;
            }
        }

        private <T> T racing(Class<T> port, T real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                        meanwhile();
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException wrapped) {
                            throw wrapped.getCause();
                        } finally {
                            meanwhile();
                        }
                    }));
        }
    }
}
