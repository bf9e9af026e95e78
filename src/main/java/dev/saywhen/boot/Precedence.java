package dev.saywhen.boot;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Which threads come first where all want a processor: those that read sockets and end work; then the garbage collector;
 * then the virtual threads, which do what can wait. A virtual thread has no priority of its own; the threads that carry them
 * have. Commands of runs come last, each with its own niceness.
 *
 * <p>It has an effect where the JVM passes priorities on, as the launcher has it do: on Linux, the lowest is a niceness of
 * 10. Of the collector's threads Java knows nothing, so that the kernel is asked itself.
 */
public final class Precedence {
    private static final Logger LOG = Logger.getLogger(Precedence.class);
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int COLLECTORS_NICENESS = 4;
    private static final int ONE_THREAD = 0; // PRIO_PROCESS: on Linux it means a thread (setpriority(2))
    private static final String CARRIERS = "CarrierThreads"; // the JDK's name for their group

    private Precedence() {}

    /** For this process, from now on. */
    public static void establish() {
        virtualThreadsGiveWay();
        theCollectorGivesWay();
    }

    /** The carriers there are give way, and all that will be. Where the JDK has no such group, nothing changes. */
    static void virtualThreadsGiveWay() {
        group().ifPresent(group -> group.setMaxPriority(Thread.MIN_PRIORITY));
        carriers().forEach(carrier -> carrier.setPriority(Thread.MIN_PRIORITY));
    }

    /** ZGC works while the service does; it would take half of two processors from whoever reads. */
    static void theCollectorGivesWay() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            MethodHandle setPriority = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            for (Path task : tasks.filter(Precedence::isOfTheCollector).toList()) {
                int thread = Integer.parseInt(task.getFileName().toString());
                int ignored = (int) setPriority.invokeExact(ONE_THREAD, thread, COLLECTORS_NICENESS);
            }
        } catch (Throwable unable) { // what the call of a foreign function declares
            LOG.debug("The garbage collector keeps its priority.", unable);
        }
    }

    /** Those that do the work, and those that start more of them, which inherit it. */
    private static boolean isOfTheCollector(Path task) {
        try {
            String name = Files.readString(task.resolve("comm"));
            return name.startsWith("ZWorker") || name.startsWith("ZDriver");
        } catch (IOException ended) {
            return false;
        }
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
