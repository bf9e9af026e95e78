package dev.saywhen.adapter.console;

import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan revision as the HTTP API shows it. {@code text} is the canonical text, of which the digest is taken. */
record PlanView(
        String run,
        int revision,
        String digest,
        String request,
        String title,
        List<String> summary,
        List<Part> parts,
        List<StepView> steps,
        int stepsDone,
        Scope scopes,
        Budget budget,
        String verify,
        List<String> documents,
        List<String> notTouched,
        List<String> risks,
        String wayBack,
        Base base,
        String isolation,
        List<String> news,
        String text) {
    /** One of the parts that every plan has. */
    record Part(String heading, List<String> lines) {}

    /** A step: one that builds has a check, one that takes back names the commit that it reverts. */
    record StepView(
            int number,
            String title,
            List<String> tests,
            List<String> files,
            @Nullable String check,
            @Nullable String reverts,
            String wayBack) {}

    /** Everything that it may touch. */
    record Scope(List<String> paths, List<String> commands, List<String> branches, List<String> tools) {}

    /** The most that it may use. {@code time} is an ISO-8601 duration. */
    record Budget(String time, long tokens, @Nullable BigDecimal cost) {}

    /** What it was made against. */
    record Base(String branch, String commit) {}

    static PlanView of(PlanRevision plan) {
        Outline outline = plan.outline();
        return new PlanView(
                plan.run().toString(),
                plan.number().value(),
                plan.digest().hex(),
                outline.request().sentence(),
                outline.title(),
                outline.summary(),
                outline.parts().stream().map(PlanView::part).toList(),
                outline.steps().stream().map(PlanView::step).toList(),
                plan.stepsDone(),
                new Scope(
                        outline.scopes().paths().stream()
                                .map(PathScope::toString)
                                .toList(),
                        outline.scopes().commands().stream()
                                .map(CommandScope::toString)
                                .toList(),
                        outline.scopes().branches(),
                        outline.scopes().tools().stream()
                                .map(ToolScope::toString)
                                .toList()),
                new Budget(
                        outline.budget().time().toString(),
                        outline.budget().tokens(),
                        outline.budget().cost()),
                outline.verify().toString(),
                outline.documents(),
                outline.notTouched(),
                outline.risks(),
                outline.wayBack(),
                new Base(plan.base().branch(), plan.base().commit().hash()),
                plan.isolation(),
                plan.news(),
                PlanText.canonical(plan));
    }

    private static Part part(PlanPart part) {
        return new Part(part.kind().heading(), part.lines());
    }

    private static StepView step(Step step) {
        return new StepView(
                step.number(),
                step.title(),
                step.tests(),
                step.files(),
                step.check().map(CommandScope::toString).orElse(null),
                switch (step.work()) {
                    case Step.Revert revert -> revert.commit().hash();
                    case Step.RollBack back -> back.commit().hash();
                    case Step.Build _, Step.Migrate _ -> null;
                },
                step.wayBack());
    }
}
