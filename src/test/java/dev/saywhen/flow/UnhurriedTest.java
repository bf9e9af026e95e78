package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What can wait is done in its order, however much it is, and only so much of it waits. */
final class UnhurriedTest {
    private static final int MEGABYTE = 1 << 20;

    private final List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());
    private final Unhurried unhurried = new Unhurried("unhurried-test", broken::add);
    private final CountDownLatch held = new CountDownLatch(1);

    /** Nothing is done until this is counted down. */
    private void hold() {
        unhurried.later(() -> awaited(held));
    }

    @Test
    void everything_is_done_in_its_order_though_one_of_it_fails() {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        IntStream.range(0, 1_000).forEach(number -> unhurried.later(() -> done.add(number)));
        unhurried.later(() -> {
            throw new IllegalStateException("broken");
        });
        IntStream.range(1_000, 2_000).forEach(number -> unhurried.later(() -> done.add(number)));
        awaitDone();
        assertEquals(IntStream.range(0, 2_000).boxed().toList(), done);
        assertEquals(1, broken.size());
    }

    @Test
    void there_is_room_for_many_short_ones_and_for_few_long_ones() {
        hold();
        IntStream.range(0, 31).forEach(_ -> unhurried.later(MEGABYTE, () -> {}));
        assertTrue(unhurried.hasRoom(MEGABYTE));
        assertFalse(unhurried.hasRoom(MEGABYTE + 1));
        unhurried.later(MEGABYTE, () -> {});
        assertFalse(unhurried.hasRoom(1));
        held.countDown();
        awaitDone();
        assertTrue(unhurried.hasRoom(MEGABYTE));
    }

    @Test
    void there_is_room_for_no_more_than_so_many() {
        hold();
        for (int waiting = 1; waiting < 20_000; waiting++) {
            assertTrue(unhurried.hasRoom(1));
            unhurried.later(1, () -> {});
        }
        assertFalse(unhurried.hasRoom(1));
        held.countDown();
        awaitDone();
        assertTrue(unhurried.hasRoom(1));
    }

    @Test
    void what_comes_though_there_is_no_room_is_done_all_the_same() {
        hold();
        CountDownLatch all = new CountDownLatch(50);
        IntStream.range(0, 50).forEach(_ -> unhurried.later(MEGABYTE, all::countDown));
        held.countDown();
        awaited(all);
    }

    /** What was left to wait is done, and its room is free again. */
    private void awaitDone() {
        CountDownLatch last = new CountDownLatch(1);
        unhurried.later(last::countDown);
        awaited(last);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS), "not done");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
