package dev.saywhen.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which threads come first where all want a processor: those that read sockets and end work, before the virtual threads,
 * which do what can wait. A virtual thread has no priority of its own; the threads that carry them have.
 *
 * <p>It has an effect where the JVM passes priorities on, as the launcher has it do: on Linux, the lowest is a niceness of 4.
 */
final class Precedence {
    private static final String CARRIERS = "CarrierThreads"; // the JDK's name for their group

    private Precedence() {}

    /** The carriers there are give way, and all that will be. Where the JDK has no such group, nothing changes. */
    static void virtualThreadsGiveWay() {
        group().ifPresent(group -> group.setMaxPriority(Thread.MIN_PRIORITY));
        carriers().forEach(carrier -> carrier.setPriority(Thread.MIN_PRIORITY));
    }

    static List<Thread> carriers() {
        return group().map(Precedence::threads).orElse(List.of());
    }

    private static Optional<ThreadGroup> group() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = parent.getParent()) {
            root = parent;
        }
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 8];
        int count = root.enumerate(groups);
        return Arrays.stream(groups, 0, count)
                .filter(group -> group.getName().equals(CARRIERS))
                .findFirst();
    }

    private static List<Thread> threads(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 8];
        return List.of(Arrays.copyOf(threads, group.enumerate(threads)));
    }
}
