package dev.saywhen.boot;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import sun.misc.Signal;

/**
 * Ends the service when it is told to: the step at work may come to its end first, and STOP is heard until then (gate.md,
 * section 8). Told a second time it ends at once.
 */
@ApplicationScoped
@UnlessBuildProfile("test")
final class PlannedEnd {
    private static final Duration AT_MOST = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final AtomicBoolean told = new AtomicBoolean();
    private final Core core;

    PlannedEnd(Core core) {
        this.core = core;
    }

    void listen(@Observes StartupEvent started) {
        Signal.handle(new Signal("TERM"), this::tell);
        Signal.handle(new Signal("INT"), this::tell);
    }

    /** On a thread of its own: the next signal has to get through. */
    private void tell(Signal signal) {
        boolean again = !told.compareAndSet(false, true);
        Thread.ofPlatform().name("planned end").start(() -> {
            if (!again) {
                letStepEnd();
            }
            System.exit(128 + signal.getNumber());
        });
    }

    private void letStepEnd() {
        core.beginNoMore();
        if (core.isAtWork()) {
            System.out.println("Letting the step at work end, for " + AT_MOST.toMinutes()
                    + " min at most. It can still be halted; told again to end, I end at once.");
        }
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (core.isAtWork() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
