package dev.saywhen.adapter.langchain4j;

import dev.saywhen.plan.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator lets models use for a project, besides what each plan says of itself.
 *
 * @param planning for each run before a yes
 * @param step for each step of a plan; absent where only the plan's limit counts
 * @param day for all runs together, its time the window that ends now; absent where they are not limited
 */
public record Allowance(
        Budget planning, @Nullable Budget step, @Nullable Budget day) {
    public static final Duration WINDOW = Duration.ofHours(24);

    /** An allowance for thinking alone. */
    public static Allowance of(Budget planning) {
        return new Allowance(planning, null, null);
    }

    List<Limit> beforeAYes(String project) {
        List<Limit> limits = new ArrayList<>();
        limits.add(new Limit(
                Limit.Over.RUN,
                "planning",
                planning,
                "The operator of the project can raise max-tokens or planning-cost."));
        addDay(limits, project);
        return limits;
    }

    /** @param part of the account, such as {@code r1 step 2}; the account itself outside of steps */
    List<Limit> of(Budget plan, String account, String part, String project) {
        List<Limit> limits = new ArrayList<>();
        limits.add(new Limit(Limit.Over.RUN, account, plan, "The next plan asks for as much again."));
        if (step != null && !part.equals(account)) {
            limits.add(new Limit(Limit.Over.RUN, part, step, "The next plan asks for as much again."));
        }
        addDay(limits, project);
        return limits;
    }

    private void addDay(List<Limit> limits, String project) {
        if (day != null) {
            limits.add(
                    new Limit(
                            Limit.Over.PROJECT,
                            "all runs of " + project + " within 24 hours",
                            day,
                            "There is room again as calls grow older, or when the operator raises max-day-tokens or max-day-cost."));
        }
    }
}
