package dev.saywhen.flow;

import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.Permit;
import java.time.InstantSource;
import java.util.List;

/** Ends what is over time, permits at their deadline and plans without a yes, and does again what did not work out. */
public final class Limits {
    private final Runs runs;
    private final LiveThreads threads;
    private final RunDriver driver;
    private final Router router;
    private final InstantSource clock;

    public Limits(Runs runs, LiveThreads threads, RunDriver driver, Router router, InstantSource clock) {
        this.runs = runs;
        this.threads = threads;
        this.driver = driver;
        this.router = router;
        this.clock = clock;
    }

    /** Looks once; called every second or so. */
    public void look() {
        driver.holdAgain();
        router.again();
        for (Permit permit : driver.expired()) {
            driver.hold(permit.plan().run(), "the time of " + permit.plan().number() + " is over");
        }
        for (Run run : threads.all()) {
            if (run.state() instanceof RunState.AwaitingAuthorization waiting
                    && !clock.instant().isBefore(waiting.pending().expiresAt())) {
                String text = waiting.revision() + " expired, nothing was done. `plan` makes a fresh one.";
                var hold = new RunState.Hold("saywhen", clock.instant(), waiting.revision() + " expired");
                runs.happen(
                        run.id(),
                        new RunEvent.PlanVoided(hold),
                        before -> new Change(
                                List.of(),
                                List.of(new Outgoing.Message(
                                        "run-" + run.id() + "/expired/" + waiting.revision(),
                                        run.thread(),
                                        Outgoing.Purpose.HELD,
                                        text,
                                        null)),
                                null,
                                null));
            }
        }
    }
}
