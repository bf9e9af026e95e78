package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Maven runs the tests with the collector that the launcher starts the service with. */
    @Test
    void so_do_the_threads_that_collect_garbage() throws IOException {
        Precedence.theCollectorGivesWay();

        assertEquals(Set.of(4), nicenessOf("ZWorker"));
    }

    /** The 19th word of a thread's state, behind its name, which may hold blanks (proc(5)). */
    private static Set<Integer> nicenessOf(String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(PrecedenceTest::state)
                    .filter(state -> state.contains("(" + name))
                    .map(state -> state.substring(state.lastIndexOf(')') + 2).split(" ")[16])
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
        }
    }

    private static String state(Path task) {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }
}
