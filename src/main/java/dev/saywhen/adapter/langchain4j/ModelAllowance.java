package dev.saywhen.adapter.langchain4j;

import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Raise;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator lets models use for a project, besides what each plan says of itself.
 *
 * @param planning for each run before a yes
 * @param step for each step of a plan; absent where only the plan's limit counts
 * @param day for all runs together, its time the window that ends now; absent where they are not limited
 * @param mostTimes how many times the last two a yes may raise them to, for one run; 1: to nothing more
 */
public record ModelAllowance(
        Budget planning, @Nullable Budget step, @Nullable Budget day, int mostTimes) {
    public static final Duration WINDOW = Duration.ofHours(24);

    private static final String OF_DAY =
            "There is room again as calls grow older, or when the operator raises max-day-tokens or max-day-cost.";

    /** One that no yes raises. */
    public ModelAllowance(Budget planning, @Nullable Budget step, @Nullable Budget day) {
        this(planning, step, day, 1);
    }

    /** An allowance for thinking alone. */
    public static ModelAllowance of(Budget planning) {
        return new ModelAllowance(planning, null, null);
    }

    List<Limit> beforeAYes(String project) {
        List<Limit> limits = new ArrayList<>();
        limits.add(new Limit(
                Limit.Over.RUN,
                "planning",
                planning,
                "The operator of the project can raise max-tokens or planning-cost."));
        addDay(limits, project, List.of());
        return limits;
    }

    /**
     * The limits of what is done after a yes.
     *
     * @param raises those that the yes raised
     * @param part of the account, such as {@code r1 step 2}; the account itself outside of steps
     */
    List<Limit> of(Budget plan, List<Raise> raises, String account, String part, String project) {
        List<Limit> limits = new ArrayList<>();
        String again = "The next plan asks for as much again.";
        limits.add(new Limit(Limit.Over.RUN, account, plan, again));
        if (step != null && !part.equals(account)) {
            limits.add(raisable(Limit.Over.RUN, part, step, Raise.Limit.STEP, raises, again));
        }
        addDay(limits, project, raises);
        return limits;
    }

    /** Whether a raise is still of what the operator set, and within what a yes may raise it to. */
    boolean covers(Raise raise) {
        Budget usual = switch (raise.limit()) {
            case STEP -> step;
            case DAY -> day;
        };
        BigDecimal set = usual == null
                ? null
                : switch (raise.unit()) {
                    case TOKENS -> BigDecimal.valueOf(usual.tokens());
                    case DOLLARS -> usual.cost();
                };
        return set != null
                && set.compareTo(raise.from()) == 0
                && raise.to().compareTo(set.multiply(BigDecimal.valueOf(mostTimes))) <= 0;
    }

    private void addDay(List<Limit> limits, String project, List<Raise> raises) {
        if (day != null) {
            String name = "all runs of " + project + " within 24 hours";
            limits.add(raisable(Limit.Over.PROJECT, name, day, Raise.Limit.DAY, raises, OF_DAY));
        }
    }

    private Limit raisable(
            Limit.Over over, String name, Budget usual, Raise.Limit limit, List<Raise> raises, String todo) {
        BigDecimal usualCost = usual.cost();
        BigDecimal ceilingCost = usualCost == null ? null : usualCost.multiply(BigDecimal.valueOf(mostTimes));
        Budget ceiling = new Budget(usual.time(), times(usual.tokens()), ceilingCost);
        long tokens = raised(raises, limit, Raise.Unit.TOKENS)
                .map(BigDecimal::longValueExact)
                .map(to -> Math.min(to, ceiling.tokens()))
                .orElse(usual.tokens());
        BigDecimal cost = ceilingCost == null
                ? null
                : raised(raises, limit, Raise.Unit.DOLLARS)
                        .map(ceilingCost::min)
                        .orElse(usualCost);
        return new Limit(
                over, name, new Budget(usual.time(), tokens, cost), todo, new Limit.Raisable(limit, usual, ceiling));
    }

    private static Optional<BigDecimal> raised(List<Raise> raises, Raise.Limit limit, Raise.Unit unit) {
        return raises.stream()
                .filter(raise -> raise.limit() == limit && raise.unit() == unit)
                .map(Raise::to)
                .findFirst();
    }

    private long times(long tokens) {
        return tokens > Long.MAX_VALUE / mostTimes ? Long.MAX_VALUE : tokens * mostTimes;
    }
}
