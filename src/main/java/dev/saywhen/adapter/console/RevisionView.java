package dev.saywhen.adapter.console;

import dev.saywhen.plan.PlanRevision;
import java.util.List;

/** A plan revision in a few words. The whole of it is at {@code /api/runs/{id}/plan?revision=}. */
record RevisionView(int revision, String digest, String title, String request, int stepsDone, List<String> news) {
    static RevisionView of(PlanRevision plan) {
        return new RevisionView(
                plan.number().value(),
                plan.digest().hex(),
                plan.outline().title(),
                plan.outline().request().sentence(),
                plan.stepsDone(),
                plan.news());
    }
}
