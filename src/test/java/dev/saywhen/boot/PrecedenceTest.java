package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PrecedenceTest {
    /** From the first virtual thread on there is a group of carriers. */
    @BeforeEach
    void aVirtualThread() throws InterruptedException {
        Thread.ofVirtual().start(() -> {}).join();
    }

    @Test
    void the_carriers_of_virtual_threads_give_way() {
        Precedence.virtualThreadsGiveWay();

        assertEquals(
                Set.of(Thread.MIN_PRIORITY),
                Precedence.carriers().stream().map(Thread::getPriority).collect(Collectors.toSet()));
    }

    @Test
    void so_do_carriers_that_come_later_and_no_other_thread() {
        Precedence.virtualThreadsGiveWay();

        List<Thread> carriers = Precedence.carriers();
        Thread later = new Thread(carriers.getFirst().getThreadGroup(), () -> {});
        assertEquals(Thread.MIN_PRIORITY, later.getPriority());
        assertEquals(Thread.NORM_PRIORITY, new Thread(() -> {}).getPriority());
    }
}
