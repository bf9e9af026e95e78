package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans of the run of a setting. */
final class Plans {
    private Plans() {}

    /** One whose single step writes a file and its test; besides, it documents, and may write below {@code scope/}. */
    static PlanRevision plan(CommitId base, String file) {
        Step step = new Step(
                1, "Do it", List.of("test/" + file), List.of(file), CommandScope.offline("true"), "revert the commit");
        Outline outline = new Outline(
                "a plan",
                List.of("one step"),
                Stream.of(PlanPart.Kind.values())
                        .map(kind -> new PlanPart(kind, List.of("as it is")))
                        .toList(),
                List.of(step),
                new Verification.Suite(CommandScope.offline("true")),
                List.of("docs/api.md"),
                new Scopes(
                        List.of(new PathScope("scope/**"), new PathScope("single")),
                        List.of(),
                        List.of(Setting.RUN.branch())),
                new Budget(Duration.ofHours(2), 0),
                List.of(),
                List.of(),
                "delete the branch",
                AuthorizationRequest.OTHERWISE);
        return revision(base, null, outline);
    }

    /** One that takes back a commit, on top of the branch as it stands. */
    static PlanRevision wayBack(CommitId base, CommitId tip) {
        return revision(base, tip, PlanSample.wayBack(Setting.RUN, 2, tip).outline());
    }

    private static PlanRevision revision(CommitId base, @Nullable CommitId head, Outline outline) {
        return new PlanRevision(
                Setting.RUN,
                new RevisionNumber(2),
                Setting.PROJECT,
                Brief.of("a task"),
                new Base("main", base),
                0,
                head,
                "none",
                outline,
                List.of());
    }
}
