package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.CannotThink;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Budget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what models read and write, per run and within it per account: what is thought before a yes, and each plan.
 *
 * <p>Each call is reserved before it is made; what has no room is not made, so a limit is passed by one call at most. In
 * memory, as permits are: after a restart nothing acts, and the next plan has a budget of its own.
 */
final class Meter {
    private final ModelSetting setting;
    private final Map<RunId, Map<String, Use>> runs = new HashMap<>(); // guarded by this

    Meter(ModelSetting setting) {
        this.setting = setting;
    }

    /** Throws {@link CannotThink} where the account has no room left. */
    synchronized void reserve(RunId run, String account, long tokens, Budget limit) {
        Use used = of(run).getOrDefault(account, Use.NONE);
        if (used.tokens() + tokens > limit.tokens()) {
            throw new CannotThink(
                    "The model tokens of %s are spent: %,d of %,d.".formatted(account, used.tokens(), limit.tokens())
                            + RAISE);
        }
        BigDecimal most = limit.cost();
        if (most == null) {
            return;
        }
        BigDecimal cost = setting.cost(used.input(), used.output())
                .orElseThrow(() -> new CannotThink("A limit of money is set and the model's price is not known."
                        + " Set saywhen.model.input-price and .output-price."));
        BigDecimal next = setting.cost(tokens, 0).orElseThrow();
        if (cost.add(next).compareTo(most) > 0) {
            throw new CannotThink(
                    "The money for %s is spent: %s of $%s.".formatted(account, dollars(cost), most) + RAISE);
        }
    }

    private static final String RAISE = " The next plan asks for as much again.";

    synchronized void used(RunId run, String account, long input, long output) {
        of(run).merge(account, new Use(input, output), Use::plus);
    }

    /** All that was used for a run, for people; blank where nothing was. */
    synchronized String spent(RunId run) {
        Use all = of(run).values().stream().reduce(Use.NONE, Use::plus);
        if (all.tokens() == 0) {
            return "";
        }
        return "%,d tokens".formatted(all.tokens())
                + setting.cost(all.input(), all.output())
                        .map(cost -> ", " + dollars(cost))
                        .orElse("");
    }

    private Map<String, Use> of(RunId run) {
        return runs.computeIfAbsent(run, _ -> new HashMap<>());
    }

    static String dollars(BigDecimal cost) {
        return "$" + cost.setScale(2, RoundingMode.UP);
    }

    private record Use(long input, long output) {
        static final Use NONE = new Use(0, 0);

        long tokens() {
            return input + output;
        }

        Use plus(Use more) {
            return new Use(input + more.input, output + more.output);
        }
    }
}
