package dev.saywhen.adapter.console;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.flow.RunStore;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.SchemaPicture;
import dev.saywhen.run.Run;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of every platform, for reading. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class RunResource {
    private final RunStore runs;
    private final AuditLog audit;
    private final RunViews views;

    RunResource(RunStore runs, AuditLog audit, RunViews views) {
        this.runs = runs;
        this.audit = audit;
        this.views = views;
    }

    /** The newest first. */
    @GET
    public List<RunView> newest(@QueryParam("limit") @Nullable String limit) {
        return runs.newest(Limits.limit(limit, 100)).stream().map(views::of).toList();
    }

    @GET
    @Path("/{id}")
    public RunView one(@PathParam("id") String id) {
        return views.of(run(id));
    }

    /** The newest revision, or the one that is asked for by its number. */
    @GET
    @Path("/{id}/plan")
    public PlanView plan(@PathParam("id") String id, @QueryParam("revision") @Nullable String revision) {
        return PlanView.of(revision(id, revision));
    }

    /** Every revision in a few words, the newest first. */
    @GET
    @Path("/{id}/plans")
    public List<RevisionView> plans(@PathParam("id") String id, @QueryParam("limit") @Nullable String limit) {
        return views.plans(run(id), Limits.limit(limit, 100)).stream()
                .map(RevisionView::of)
                .toList();
    }

    @GET
    @Path("/{id}/plan.md")
    @Produces("text/markdown;charset=UTF-8")
    public String planText(@PathParam("id") String id, @QueryParam("revision") @Nullable String revision) {
        return PlanText.canonical(revision(id, revision));
    }

    /** The schema before and after, where the plan changes one. */
    @GET
    @Path("/{id}/plan.svg")
    @Produces("image/svg+xml;charset=UTF-8")
    public String planPicture(@PathParam("id") String id, @QueryParam("revision") @Nullable String revision) {
        PlanRevision plan = revision(id, revision);
        return SchemaPicture.of(plan)
                .orElseThrow(() -> new NotFoundException(
                        "Plan " + plan.number() + " of run " + plan.run() + " changes no table of a database."));
    }

    @GET
    @Path("/{id}/report")
    public ReportView report(@PathParam("id") String id) {
        Run run = run(id);
        String report = run.report();
        if (report == null) {
            throw new NotFoundException("Run " + run.id() + " has no report yet: it was not reviewed.");
        }
        return new ReportView(run.id().toString(), report);
    }

    /** The trail, the oldest record first; without a limit the first 1,000 after {@code after}. */
    @GET
    @Path("/{id}/audit")
    public List<AuditView> trail(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return audit
                .records(AuditChain.of(run(id).id()), Limits.after(after), Limits.limit(limit, Limits.MOST))
                .stream()
                .map(AuditView::of)
                .toList();
    }

    private PlanRevision revision(String id, @Nullable String revision) {
        Run run = run(id);
        if (revision == null) {
            return views.newestPlan(run)
                    .orElseThrow(() -> new NotFoundException("Run " + run.id() + " has no plan yet."));
        }
        return views.plan(run, Limits.revision(revision))
                .orElseThrow(() -> new NotFoundException("Run " + run.id() + " has no such plan revision."));
    }

    private Run run(String id) {
        return id.matches("[1-9][0-9]{0,17}") ? runs.find(RunId.parse(id)).orElseThrow(RunResource::noRun) : none();
    }

    private static Run none() {
        throw noRun();
    }

    private static NotFoundException noRun() {
        return new NotFoundException("There is no such run. GET /api/runs lists them.");
    }
}
