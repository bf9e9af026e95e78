package dev.saywhen.flow;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.RunId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.util.List;

/** What a start does before anything is let in: restart never clears a halt, and nothing acts by itself. */
public final class Recovery {
    private static final int LOOKED_AT = 100;

    private final Runs runs;
    private final StopSwitch stops;
    private final StopDesk desk;
    private final StopJournal journal;
    private final AuditTrail trail;
    private final AuditLog log;
    private final RunDriver driver;
    private final Deliveries deliveries;
    private final Router router;
    private List<InboundMessage> kept = List.of(); // used by the one thread that starts the service

    public Recovery(
            Runs runs,
            StopSwitch stops,
            StopDesk desk,
            StopJournal journal,
            AuditTrail trail,
            AuditLog log,
            RunDriver driver,
            Deliveries deliveries,
            Router router) {
        this.runs = runs;
        this.stops = stops;
        this.desk = desk;
        this.journal = journal;
        this.trail = trail;
        this.log = log;
        this.driver = driver;
        this.deliveries = deliveries;
        this.router = router;
    }

    /**
     * Loads the index, carries out STOPs that were not finished, and holds what was acting. In this order: what was a STOP
     * because a run acted is one still.
     */
    public void load(Inbox inbox) {
        List<Run> live = runs.store().live();
        for (Run run : live) {
            stops.track(run.id(), run.state() instanceof RunState.Held);
            runs.known(run);
        }
        kept = runs.store().unhandled().stream()
                .filter(message -> !inbox.hear(new InboundEvent.Posted(message)))
                .toList();
        for (Run run : live) {
            if (run.state() instanceof RunState.Acting) {
                driver.hold(run.id(), "the service ended while it worked" + begun(run.id()));
            }
        }
        desk.followJournaled(journal.lines().stream().map(this::pull).toList());
    }

    /** What was let through and may have happened: nobody recorded how it ended, and nothing does it again by itself. */
    private String begun(RunId run) {
        AuditChain chain = AuditChain.of(run);
        long newest = trail.head(chain).sequence();
        String open = "";
        for (AuditRecord one : log.records(chain, Math.max(0, newest - LOOKED_AT), LOOKED_AT)) {
            if (one.type().equals("effect-begun")) {
                open = one.facts().get("effect") + " " + one.facts().get("what");
            } else if (one.type().equals("effect-ended")
                    && !String.valueOf(one.facts().get("outcome")).endsWith(ToolAnswer.UNKNOWN)) {
                open = "";
            }
        }
        return open.isEmpty() ? "" : ". Begun, and what came of it is not recorded: " + open;
    }

    /** A line that is torn or foreign may have been any STOP, so it is one for every run. */
    private StopPull pull(String line) {
        String[] parts = line.split(" ", 3);
        boolean isWhole = parts.length == 3 && parts[1].matches("[1-9][0-9]{0,17}");
        RunId run = isWhole ? RunId.parse(parts[1]) : null;
        String by = parts.length == 3 ? parts[2] : "unknown";
        return stops.pull(new StopOrder(run, null, by, "stop", "before a restart", null));
    }

    /** Takes up again what was let in before and not finished; then lets thinking go on. */
    public void resumeThinking() {
        kept.forEach(router::route);
        kept = List.of();
        for (Run run : runs.store().live()) {
            deliveries.confirm(run);
            driver.wake(run.id());
        }
    }
}
