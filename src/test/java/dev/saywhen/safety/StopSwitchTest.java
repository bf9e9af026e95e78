package dev.saywhen.safety;

import static dev.saywhen.safety.World.LOCAL;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.Denial.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The latch (gate.md, sections 7 to 9). */
class StopSwitchTest {
    private static final RunId OTHER = new RunId(8);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final World world = new World();
    private final StopSwitch stops = world.stops;

    @Nested
    class It_covers {
        @Test
        void one_run_if_it_was_said_to_one() {
            stops.track(OTHER, false);

            assertEquals(List.of(RUN), world.stop(RUN).covered());
            assertTrue(stops.isHalted(RUN));
            assertFalse(stops.isHalted(OTHER));
        }

        @Test
        void every_run_if_it_was_said_to_none_the_oldest_first() {
            stops.track(OTHER, false);
            stops.track(new RunId(3), false);

            assertEquals(List.of(new RunId(3), RUN, OTHER), world.stop(null).covered());
        }

        @Test
        void runs_that_wait_and_runs_that_are_held() {
            stops.track(OTHER, true);

            assertEquals(List.of(RUN, OTHER), world.stop(null).covered());
        }

        @Test
        void no_run_that_has_ended() {
            stops.forget(RUN);

            assertEquals(List.of(), world.stop(null).covered());
        }

        @Test
        void no_run_that_was_authorized_after_it_was_said_on_the_same_platform() {
            Permit permit = world.permit();
            StopPull late =
                    world.stopSaid(null, TEAM.platform(), world.clock.instant().minusMillis(1));

            assertEquals(List.of(), late.covered());
            assertTrue(permit.objection().isEmpty());
        }

        @Test
        void a_run_that_was_authorized_at_the_very_moment_it_was_said() {
            world.permit();

            assertEquals(
                    List.of(RUN),
                    world.stopSaid(null, TEAM.platform(), world.clock.instant()).covered());
        }

        @Test
        void a_run_that_was_authorized_after_it_was_said_on_another_platform_by_order_of_receipt() {
            world.permit();

            assertEquals(
                    List.of(RUN),
                    world.stopSaid(null, LOCAL.platform(), world.clock.instant().minus(Duration.ofDays(1)))
                            .covered());
        }

        @Test
        void a_run_that_was_authorized_before_it_came_from_the_host() {
            world.permit();

            assertEquals(List.of(RUN), world.stopFromHost(null).covered());
        }

        @Test
        void a_run_whose_authorization_a_stop_ended_even_if_it_was_later() {
            world.permit();
            world.stopFromHost(RUN);
            stops.rearm(stops.epochOf(RUN));

            assertEquals(
                    List.of(RUN),
                    world.stopSaid(null, TEAM.platform(), world.clock.instant().minus(Duration.ofDays(1)))
                            .covered());
        }
    }

    @Nested
    class It_is_a_latch {
        @Test
        void that_stays_however_often_it_is_pulled() {
            world.stop(RUN);
            world.stop(RUN);
            world.stop(null);

            assertTrue(stops.isHalted(RUN));
        }

        @Test
        void that_tracking_does_not_clear() {
            world.stop(RUN);
            stops.track(RUN, false);

            assertTrue(stops.isHalted(RUN));
        }

        @Test
        void that_counts_for_runs_nobody_told_it_of() {
            assertTrue(stops.isHalted(OTHER));
            assertFalse(stops.isLive(stops.epochOf(OTHER)));
            stops.rearm(stops.epochOf(OTHER));
            assertTrue(stops.isHalted(OTHER));
        }

        @Test
        void that_is_set_for_runs_that_come_back_held() {
            stops.track(OTHER, true);

            assertTrue(stops.isHalted(OTHER));
        }

        @Test
        void whose_epochs_only_rise() {
            StopSwitch later = new StopSwitch(41);
            later.track(RUN, false);
            long first = later.pull(order(null)).epoch();
            later.rearm(later.epochOf(RUN));
            long second = later.pull(order(RUN)).epoch();
            later.forget(RUN);
            later.track(RUN, false);
            long third = later.pull(order(null)).epoch();

            assertTrue(41 < first && first < second && second < third, first + " " + second + " " + third);
        }
    }

    @Nested
    class Nothing_lives_again {
        @Test
        void when_a_held_run_is_told_to_think_again() {
            Permit permit = world.permit();
            StopSwitch.Epoch thought = stops.epochOf(RUN);
            world.stop(RUN);
            StopSwitch.Epoch begunWhileHeld = stops.epochOf(RUN);
            stops.rearm(stops.epochOf(RUN));

            assertFalse(stops.isHalted(RUN));
            assertEquals(Reason.STOPPED, permit.objection().orElseThrow().reason());
            assertFalse(stops.isLive(thought));
            assertFalse(stops.isLive(begunWhileHeld));
            assertTrue(stops.isLive(stops.epochOf(RUN)));
        }

        @Test
        void when_a_run_that_was_marked_as_held_is_told_to_think_again() {
            Permit permit = world.permit();
            stops.track(RUN, true);
            stops.rearm(stops.epochOf(RUN));

            assertEquals(Reason.STOPPED, permit.objection().orElseThrow().reason());
        }

        @Test
        void when_a_run_that_had_ended_is_taken_up_again() {
            Permit permit = world.permit();
            StopSwitch.Epoch thought = stops.epochOf(RUN);
            stops.forget(RUN);
            stops.track(RUN, false);

            assertEquals(Reason.STOPPED, permit.objection().orElseThrow().reason());
            assertFalse(stops.isLive(thought));
        }

        @Test
        void of_one_run_for_what_happens_to_another() {
            Permit permit = world.permit();
            stops.track(OTHER, false);
            world.stop(OTHER);
            stops.rearm(stops.epochOf(OTHER));
            stops.forget(OTHER);

            assertTrue(permit.objection().isEmpty());
        }
    }

    @Nested
    class A_person_who_says_resume {
        @Test
        void makes_the_run_think_again() {
            world.stop(RUN);

            assertTrue(stops.rearm(stops.epochOf(RUN)));
            assertFalse(stops.isHalted(RUN));
        }

        @Test
        void loses_to_a_stop_that_came_since() {
            world.stop(RUN);
            StopSwitch.Epoch asked = stops.epochOf(RUN);
            world.stop(null);

            assertFalse(stops.rearm(asked));
            assertTrue(stops.isHalted(RUN));
        }

        @Test
        void cannot_wake_what_nobody_could_stop() {
            assertFalse(stops.rearm(stops.epochOf(OTHER)));
        }
    }

    @Nested
    class A_cut_off {
        private final AtomicInteger cuts = new AtomicInteger();
        private final CutOff counting = () -> {
            cuts.incrementAndGet();
            return new CutOff.Report(1, List.of());
        };

        @Test
        void is_cut_by_a_stop() {
            stops.onPull(stops.epochOf(RUN), counting);

            assertEquals(
                    Map.of(RUN, new CutOff.Report(1, List.of())),
                    world.stop(RUN).settle(LONG));
            assertEquals(1, cuts.get());
        }

        @Test
        void is_not_cut_by_a_stop_that_does_not_cover_its_run() {
            stops.track(OTHER, false);
            stops.onPull(stops.epochOf(RUN), counting);

            assertEquals(Map.of(OTHER, CutOff.Report.NOTHING), world.stop(OTHER).settle(LONG));
            assertEquals(0, cuts.get());
        }

        @Test
        void is_cut_at_once_if_a_stop_came_before_it_was_registered() {
            StopSwitch.Epoch began = stops.epochOf(RUN);
            world.stop(RUN);
            stops.onPull(began, counting);

            assertEquals(1, cuts.get());
        }

        @Test
        void is_cut_at_once_if_a_stop_came_before_it_was_registered_and_the_run_goes_on_since() {
            StopSwitch.Epoch began = stops.epochOf(RUN);
            world.stop(RUN);
            stops.rearm(stops.epochOf(RUN));
            stops.onPull(began, counting);

            assertEquals(1, cuts.get());
        }

        @Test
        void of_a_run_that_nobody_could_stop_is_cut_at_once() {
            stops.onPull(stops.epochOf(OTHER), counting);

            assertEquals(1, cuts.get());
        }

        @Test
        void that_is_left_when_its_run_has_ended_is_cut() throws Exception {
            CountDownLatch cut = new CountDownLatch(1);
            stops.onPull(stops.epochOf(RUN), () -> {
                cut.countDown();
                return CutOff.Report.NOTHING;
            });
            stops.forget(RUN);

            assertTrue(cut.await(5, TimeUnit.SECONDS));
        }

        @Test
        void is_left_alone_once_its_registration_is_closed() {
            StopSwitch.Registration registration = stops.onPull(stops.epochOf(RUN), counting);
            registration.close();
            registration.close();

            assertEquals(Map.of(RUN, CutOff.Report.NOTHING), world.stop(RUN).settle(LONG));
            assertEquals(0, cuts.get());
        }

        @Test
        void that_is_registered_twice_is_there_until_both_are_closed() {
            StopSwitch.Registration first = stops.onPull(stops.epochOf(RUN), counting);
            stops.onPull(stops.epochOf(RUN), counting);
            first.close();

            assertEquals(
                    Map.of(RUN, new CutOff.Report(1, List.of())),
                    world.stop(RUN).settle(LONG));
        }

        @Test
        void is_cut_when_nobody_could_be_heard_and_the_permit_lives_on() throws Exception {
            Permit permit = world.permit();
            CountDownLatch cut = new CountDownLatch(1);
            stops.onPull(permit.epoch(), () -> {
                cut.countDown();
                return CutOff.Report.NOTHING;
            });
            stops.suspend(RUN);
            stops.suspend(OTHER);

            assertTrue(cut.await(5, TimeUnit.SECONDS));
            assertTrue(permit.objection().isEmpty());
        }

        @Test
        void that_hangs_is_cut_once_however_many_stops_come() {
            CountDownLatch free = new CountDownLatch(1);
            stops.onPull(stops.epochOf(RUN), () -> {
                cuts.incrementAndGet();
                await(free);
                return CutOff.Report.NOTHING;
            });
            List<StopPull> flood = new ArrayList<>();
            for (int at = 0; at < 1000; at++) {
                flood.add(world.stop(null));
            }
            free.countDown();

            flood.forEach(stop -> assertEquals(Map.of(RUN, CutOff.Report.NOTHING), stop.settle(LONG)));
            assertEquals(1, cuts.get());
        }

        @Test
        void is_not_kept_waiting_by_a_hundred_others_that_hang() throws Exception {
            CountDownLatch free = new CountDownLatch(1);
            CountDownLatch cut = new CountDownLatch(1);
            for (int hanging = 0; hanging < 100; hanging++) {
                stops.onPull(stops.epochOf(RUN), () -> {
                    await(free);
                    return CutOff.Report.NOTHING;
                });
            }
            stops.onPull(stops.epochOf(RUN), () -> {
                cut.countDown();
                return CutOff.Report.NOTHING;
            });
            world.stop(RUN);

            assertTrue(cut.await(5, TimeUnit.SECONDS));
            free.countDown();
        }

        @Test
        void is_not_kept_waiting_by_virtual_threads_that_only_compute() throws Exception {
            AtomicBoolean computing = new AtomicBoolean(true);
            List<Thread> busy = new ArrayList<>();
            for (int at = 0; at < 2 * Runtime.getRuntime().availableProcessors(); at++) {
                busy.add(Thread.ofVirtual().start(() -> {
                    while (computing.get()) {
                        Thread.onSpinWait();
                    }
                }));
            }
            stops.onPull(stops.epochOf(RUN), counting);
            Map<RunId, CutOff.Report> reports = world.stop(RUN).settle(LONG);
            computing.set(false);
            for (Thread thread : busy) {
                thread.join();
            }

            assertEquals(Map.of(RUN, new CutOff.Report(1, List.of())), reports);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(5, TimeUnit.SECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class The_settling {
        @Test
        void adds_up_what_was_killed_and_what_survived() {
            StopSwitch.Epoch epoch = stops.epochOf(RUN);
            stops.onPull(epoch, () -> new CutOff.Report(3, List.of()));
            stops.onPull(epoch, () -> new CutOff.Report(4, List.of("mvn, pid 4471")));

            assertEquals(
                    Map.of(RUN, new CutOff.Report(7, List.of("mvn, pid 4471"))),
                    world.stop(RUN).settle(LONG));
        }

        @Test
        void counts_a_cut_off_that_fails_as_a_survivor() {
            stops.onPull(stops.epochOf(RUN), () -> {
                throw new IllegalStateException("no such process table");
            });

            assertEquals(
                    Map.of(
                            RUN,
                            new CutOff.Report(
                                    0,
                                    List.of("something that could not be looked at: "
                                            + "java.lang.IllegalStateException: no such process table"))),
                    world.stop(RUN).settle(LONG));
        }

        @Test
        void counts_a_cut_off_that_takes_too_long_as_a_survivor_until_it_is_looked_at_again() {
            CountDownLatch free = new CountDownLatch(1);
            stops.onPull(stops.epochOf(RUN), () -> {
                A_cut_off.await(free);
                return new CutOff.Report(1, List.of());
            });
            StopPull pull = world.stop(RUN);

            assertEquals(
                    List.of("something that did not end in time"),
                    Objects.requireNonNull(pull.settle(Duration.ofMillis(1)).get(RUN))
                            .survivors());
            free.countDown();
            assertEquals(Map.of(RUN, new CutOff.Report(1, List.of())), pull.settle(LONG));
        }

        @Test
        void that_is_interrupted_confirms_nothing() {
            CountDownLatch free = new CountDownLatch(1);
            stops.onPull(stops.epochOf(RUN), () -> {
                A_cut_off.await(free);
                return CutOff.Report.NOTHING;
            });
            StopPull pull = world.stop(RUN);
            Thread.currentThread().interrupt();

            assertEquals(
                    List.of("something that could not be waited for"),
                    Objects.requireNonNull(pull.settle(LONG).get(RUN)).survivors());
            assertTrue(Thread.interrupted());
            free.countDown();
        }

        @Test
        void waits_for_an_effect_that_was_let_through_in_the_last_instant() {
            Permit permit = world.permit();
            List<StopPull> pulled = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            world.writeFile.afterSpending(() -> {
                pulled.add(world.stop(RUN));
                seen.addAll(Objects.requireNonNull(
                                pulled.getFirst().settle(Duration.ofMillis(1)).get(RUN))
                        .survivors());
            });
            world.gate.perform(permit, World.write("src/Book.java"));

            assertEquals(List.of("something that did not end in time"), seen);
            assertEquals(Map.of(RUN, CutOff.Report.NOTHING), pulled.getFirst().settle(LONG));
        }

        @Test
        void does_not_wait_for_an_effect_that_will_not_be_let_through() {
            Permit permit = world.permit();
            List<Map<RunId, CutOff.Report>> seen = new ArrayList<>();
            world.writeFile.beforeSpending(() -> seen.add(world.stop(RUN).settle(LONG)));
            world.gate.perform(permit, World.write("src/Book.java"));

            assertEquals(List.of(Map.of(RUN, CutOff.Report.NOTHING)), seen);
            assertEquals(List.of(), world.writeFile.done());
        }

        @Test
        void knows_what_it_was_for() {
            StopPull pull = world.stop(RUN);

            assertEquals("mei", pull.order().by());
            assertThrows(
                    UnsupportedOperationException.class, () -> pull.covered().clear());
        }
    }

    @Test
    void a_stop_is_remembered_as_said_when_it_was_said() {
        Instant said = world.clock.instant();
        world.stopSaid(RUN, TEAM.platform(), said);
        stops.rearm(stops.epochOf(RUN));

        assertTrue(stops.stoppedSince(RUN, new Moment(TEAM.platform(), said)));
        assertFalse(stops.stoppedSince(RUN, new Moment(TEAM.platform(), said.plusMillis(1))));
        assertFalse(stops.stoppedSince(RUN, new Moment(LOCAL.platform(), said)));
        assertTrue(stops.stoppedSince(OTHER, new Moment(TEAM.platform(), said)), "nobody could have stopped it");
    }

    private static StopOrder order(@org.jspecify.annotations.Nullable RunId run) {
        return new StopOrder(run, null, "root", "stop", "host", null);
    }
}
