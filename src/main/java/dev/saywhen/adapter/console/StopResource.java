package dev.saywhen.adapter.console;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Receipt;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.flow.RunStore;
import dev.saywhen.http.PromptThreads;
import dev.saywhen.id.RunId;
import dev.saywhen.run.Run;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The operator's STOP, and whether one would be heard.
 *
 * <p>A STOP to a run that may exist is carried out first and looked up afterwards: the database is never in its way.
 */
@Path("/api/stop")
@Produces(MediaType.APPLICATION_JSON)
public final class StopResource {
    private static final Logger LOG = Logger.getLogger(StopResource.class);
    private static final String PLACE = "the console";

    private final Inbox inbox;
    private final RunStore runs;
    private final Readiness readiness;
    private final AtomicLong highestRun;

    StopResource(Inbox inbox, RunStore runs, RunFeed feed, Readiness readiness) {
        this.inbox = inbox;
        this.runs = runs;
        this.readiness = readiness;
        this.highestRun = new AtomicLong(highest(runs));
        feed.onChange(run -> highestRun.accumulateAndGet(run.id().number(), Math::max));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<ReceiptView> stop(byte @Nullable [] json) {
        return Uni.createFrom().item(() -> stopped(json)).runSubscriptionOn(PromptThreads.all());
    }

    private ReceiptView stopped(byte @Nullable [] json) {
        StopRequest request = StopRequest.read(json);
        RunId run = request.run();
        if (run != null && run.number() > highestRun.get() && !mayExist(run)) {
            throw noRun(run);
        }
        Receipt receipt = inbox.stop(request.by(), run, PLACE);
        if (run != null && receipt.runs().isEmpty() && !mayExist(run)) {
            throw noRun(run);
        }
        return ReceiptView.of(receipt);
    }

    @GET
    @Path("/readiness")
    @RunOnVirtualThread
    public ReadinessView readiness() {
        return ReadinessView.of(readiness.now());
    }

    private boolean mayExist(RunId run) {
        try {
            return runs.find(run).isPresent();
        } catch (RuntimeException unreadable) {
            LOG.warnf(unreadable, "stop without a look-up run=%s", run);
            return true;
        }
    }

    private static long highest(RunStore runs) {
        List<Run> newest = runs.newest(1);
        return newest.isEmpty() ? 0 : newest.getFirst().id().number();
    }

    private static NotFoundException noRun(RunId run) {
        return new NotFoundException(
                "There is no run " + run + "; nothing was stopped. To stop all of them, leave run out.");
    }
}
