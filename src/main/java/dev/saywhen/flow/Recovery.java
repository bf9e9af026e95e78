package dev.saywhen.flow;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.RunId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a start does before anything is let in: restart never clears a halt, and nothing acts by itself. */
public final class Recovery {
    private final Runs runs;
    private final StopSwitch stops;
    private final StopDesk desk;
    private final StopJournal journal;
    private final RunDriver driver;
    private final Deliveries deliveries;
    private final Router router;

    public Recovery(
            Runs runs,
            StopSwitch stops,
            StopDesk desk,
            StopJournal journal,
            RunDriver driver,
            Deliveries deliveries,
            Router router) {
        this.runs = runs;
        this.stops = stops;
        this.desk = desk;
        this.journal = journal;
        this.driver = driver;
        this.deliveries = deliveries;
        this.router = router;
    }

    /** Loads the index, holds what was acting, carries out STOPs that were not finished. */
    public void load() {
        for (Run run : runs.store().live()) {
            stops.track(run.id(), run.state() instanceof RunState.Held);
            runs.known(run);
            if (run.state() instanceof RunState.Acting) {
                driver.hold(run.id(), "the service ended while it worked");
            }
        }
        for (String line : journal.lines()) {
            String[] parts = line.split(" ", 3);
            stop(parts[1].equals("all") ? null : RunId.parse(parts[1]), parts.length > 2 ? parts[2] : "unknown");
        }
        journal.clear();
    }

    private void stop(@Nullable RunId run, String by) {
        var pull = stops.pull(new StopOrder(run, null, by, "stop", "before a restart", null));
        desk.follow(pull, System.nanoTime(), null, false);
    }

    /** Takes up again what was let in before and not finished, STOPs first; then lets thinking go on. */
    public void resumeThinking(Inbox inbox) {
        List<InboundMessage> kept = runs.store().unhandled();
        kept.stream()
                .filter(message -> !inbox.hear(new InboundEvent.Posted(message)))
                .toList()
                .forEach(router::route);
        for (Run run : runs.store().live()) {
            deliveries.confirm(run);
            driver.wake(run.id());
        }
    }
}
